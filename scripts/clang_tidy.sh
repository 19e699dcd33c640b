#!/usr/bin/env bash
# Runs clang-tidy on the folders with coroutines, as the dev build compiles them.
# Usage: scripts/clang_tidy.sh [FILE...]     without files: src/http and src/run
# Needs build/dev (scripts/build.sh dev). The checks, and why these, are in .clang-tidy.
set -euo pipefail
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"

[ -f build/dev/compile_commands.json ] || die "no dev build; run scripts/build.sh dev"
files=("$@")
[ $# -gt 0 ] || mapfile -t files < <(find src/http src/run -name '*.cpp' | sort)
# clang's own warnings are the business of the clang19 build.
printf '%s\0' "${files[@]}" |
    xargs -0 -P "$(nproc)" -n 1 clang-tidy-19 -p build/dev --quiet --extra-arg=-Wno-error
