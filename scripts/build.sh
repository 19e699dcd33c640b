#!/usr/bin/env bash
# Builds a preset of CMakePresets.json into build/<preset>; installs what it needs first.
# Usage: scripts/build.sh [preset=release] [target...]
# As many jobs run at once as there are processors and memory for (1.7 GB each: the largest file
# with sanitizers).
set -euo pipefail
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"

preset=${1:-release}
targets=("${@:2}")
scripts/setup.sh

# Megabytes this process may still use: the machine's, or its container's if that is less.
memory_mb() {
    local available limit
    available=$(awk '/^MemAvailable/ {print int($2 / 1024)}' /proc/meminfo)
    limit=$(cat /sys/fs/cgroup/memory.max 2>/dev/null || echo max)
    [ "$limit" = max ] || limit=$((limit / 1048576))
    [ "$limit" = max ] || [ "$limit" -gt "$available" ] || available=$limit
    echo "$available"
}

jobs=$(($(memory_mb) / 1700))
[ "$jobs" -le "$(nproc)" ] || jobs=$(nproc)
[ "$jobs" -ge 1 ] || jobs=1
cmake --preset "$preset"
cmake --build --preset "$preset" --parallel "$jobs" ${targets[@]:+--target "${targets[@]}"}
