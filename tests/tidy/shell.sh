#!/usr/bin/env bash
# Every shell script parses, passes shellcheck (if installed), and answers --help.
set -euo pipefail
cd "$(dirname "$0")/../.."

mapfile -t scripts < <(find scripts tests packaging bench .ci -name '*.sh' -o -path .ci/run | sort)
failed=0
for script in "${scripts[@]}"; do
    bash -n "$script" || failed=1
    case $script in
    scripts/common.sh | tests/*) ;;
    scripts/*) [ -n "$("$script" --help)" ] || { echo "$script: --help says nothing"; failed=1; } ;;
    esac
done
if command -v shellcheck >/dev/null; then
    shellcheck -x "${scripts[@]}" || failed=1
else
    echo "shellcheck is not installed: checked the syntax only"
fi
exit $failed
