# shellcheck shell=bash
# Sourced by the scripts beside it: they run in the repository root, and `--help` prints the comment
# at their top.
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit

say() { printf '%s: %s\n' "$(basename "$0" .sh)" "$*" >&2; }
die() { say "$*"; exit 2; }

case ${1-} in
-h | --help)
    sed -n '2,/^[^#]/s/^# \{0,1\}//p' "scripts/$(basename "$0")"
    exit 0
    ;;
esac
