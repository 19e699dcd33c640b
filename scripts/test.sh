#!/usr/bin/env bash
# Builds and runs every test; installs what it needs first.
# Usage: scripts/test.sh [--fast]
#   --fast   only the dev build and its tests, without sanitizers, clang and release.
# Every step runs even if one before it failed. At the end: a table of the steps, then one line
# "N passed, N failed, N skipped". It counts single test cases, once per build they ran in; a step
# that failed without naming a case counts as one failure, a step without its tool as one skip.
# Exits 0 only if nothing failed.
set -euo pipefail
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"

fast=no
case ${1-} in
"") ;;
--fast) fast=yes ;;
*) die "unknown option $1; see scripts/test.sh --help" ;;
esac

table=()
passed=0 failed=0 skipped=0

# row NAME SECONDS RESULT
row() { table+=("$(printf '%-24s %7s  %s' "$@")"); }

# step NAME COMMAND...: runs one step that is not a run of ctest.
step() {
    local began=$SECONDS result=ok
    printf '\n== %s\n' "$1"
    "${@:2}" || result=FAILED
    [ $result = ok ] || failed=$((failed + 1))
    row "$1" $((SECONDS - began)) $result
    [ $result = ok ]
}

# skip NAME REASON
skip() {
    skipped=$((skipped + 1))
    row "$1" 0 "skipped: $2"
}

# The simdjson of Ubuntu 24.04 is not for clang 19.
clang_works() {
    echo '#include <simdjson.h>' | clang++-19 -std=c++20 -fsyntax-only -x c++ - 2>/dev/null
}

# run_tests PRESET [ctest option...]: runs ctest in an up-to-date build and adds up its cases.
run_tests() {
    local began=$SECONDS report="$PWD/build/$1/junit.xml" status=0 p f s
    printf '\n== %s: tests\n' "$1"
    rm -f "$report"
    ctest --preset "$@" --output-junit "$report" || status=$?
    read -r p f s < <(scripts/count_tests.py "$report") || { p=0 f=0 s=0; }
    [ $status = 0 ] || [ "$f" -gt 0 ] || f=1
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
    row "$1: tests" $((SECONDS - began)) "$p passed, $f failed, $s skipped"
}

# build_and_test PRESET TARGETS [ctest option...]
build_and_test() {
    local targets
    read -ra targets <<<"$2"
    if step "$1: build" scripts/build.sh "$1" "${targets[@]}"; then
        run_tests "$1" "${@:3}"
    else
        row "$1: tests" 0 "not run"
    fi
}

step "setup" scripts/setup.sh --test || exit 1
build_and_test dev "all all_verify_interface_header_sets"
if [ $fast = no ]; then
    if command -v clang-tidy-19 >/dev/null; then
        step "dev: clang-tidy" scripts/clang_tidy.sh || true
    else
        skip "dev: clang-tidy" "clang-tidy-19 is not installed"
    fi
    # g++ miscompiles some coroutines in ways that only its own sanitizer build shows: here what
    # has coroutines is tested, by clang below everything.
    build_and_test asan "cpestorm http_test" --tests-regex '^(unit\.http|cli\.)'
    if clang_works; then
        build_and_test clang19 all --label-exclude tidy
    else
        skip "clang19: build and tests" "no clang++-19 that compiles the simdjson here"
    fi
    build_and_test release all --label-regex cli
fi

printf '\n%-24s %7s  %s\n' step seconds result
printf '%s\n' "${table[@]}"
echo "$passed passed, $failed failed, $skipped skipped"
[ $failed = 0 ]
