#!/usr/bin/env bash
# Formats every C++ file of the project in place, as .clang-format says.
# Usage: scripts/format.sh [--check]
#   --check   changes nothing; prints what is not formatted and exits 1 if something is not.
#             Exits 77 if clang-format-19 is not installed.
set -euo pipefail
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"

mode=(-i)
[ "${1-}" != --check ] || mode=(--dry-run -Werror)
if ! command -v clang-format-19 >/dev/null; then
    say "skipped: clang-format-19 is not installed (scripts/setup.sh --test)"
    exit 77
fi
find src tests bench -name '*.[ch]pp' -print0 | xargs -0 -r clang-format-19 "${mode[@]}"
