#!/usr/bin/env bash
# The first run: builds cpestorm and lets 10,000 virtual CPEs talk to the embedded ACS for a minute
# and a half. The summary goes to the terminal, the whole result to out/demo/.
# Usage: scripts/demo.sh     Exits as cpestorm does: 0 if the run passed.
set -euo pipefail
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"

scripts/build.sh release
rm -rf out/demo
mkdir -p out
status=0
build/release/bin/cpestorm run scenarios/first-light.json \
    --out out/demo || status=$?
case $status in
0) say "done: see out/demo/summary.txt and out/demo/summary.json" ;;
3) say "this host does not allow the run as it is; the line above says what to change" ;;
11) say "INVALID: this machine was too busy to produce the load, so the figures say nothing" ;;
*) say "cpestorm ended with exit code $status" ;;
esac
exit $status
