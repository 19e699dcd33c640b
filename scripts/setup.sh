#!/usr/bin/env bash
# Installs the Debian packages that the build and the demo need; does nothing if all are there.
# Usage: scripts/setup.sh [--test] [--list]
#   --test   also what only the tests need: clang 19 and its tools, shellcheck. One that this
#            distribution lacks is named, and scripts/test.sh counts its step as skipped.
#   --list   prints the names of the packages and changes nothing.
# Works on Debian 12 and Ubuntu 24.04, as root or with sudo.
set -euo pipefail
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"

needed=(g++ cmake ninja-build pkg-config ccache mold libssl-dev libsimdjson-dev libpugixml-dev
    prometheus-cpp-dev libbenchmark-dev libgtest-dev libgmock-dev zlib1g-dev libcli11-dev
    libxml2-utils python3 curl iproute2 openssl tmux)
wanted=()
list=no
for option in "$@"; do
    case $option in
    --test) wanted=(clang-19 libclang-rt-19-dev clang-tidy-19 clang-format-19 shellcheck) ;;
    --list) list=yes ;;
    *) die "unknown option $option; see scripts/setup.sh --help" ;;
    esac
done

distribution=$(. /etc/os-release 2>/dev/null && echo "${ID-} ${VERSION_ID-}") || distribution=unknown
case $distribution in
"debian 12") needed+=(libboost1.81-dev) ;; # libboost-dev is 1.74 there
*) needed+=(libboost-dev) ;;
esac
if [ $list = yes ]; then
    printf '%s\n' "${needed[@]}" "${wanted[@]}"
    exit 0
fi

# Prints those of the given packages that are not installed.
missing() {
    local package
    for package in "$@"; do
        [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] ||
            echo "$package"
    done
}

case $distribution in
"debian 12" | "ubuntu 24.04") ;;
*) die "knows Debian 12 and Ubuntu 24.04, not '$distribution'. Install the likes of:" \
    "${needed[*]} ${wanted[*]} (Boost 1.81 or newer), then run cmake --preset release." ;;
esac
mapfile -t install < <(missing "${needed[@]}")
mapfile -t extra < <(missing "${wanted[@]}")
[ $((${#install[@]} + ${#extra[@]})) -gt 0 ] || exit 0

root=()
if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || die "run as root, or install: ${install[*]} ${extra[*]}"
    root=(sudo)
fi
"${root[@]}" apt-get update -qq || say "apt-get update failed; trying with the lists at hand"
for package in "${extra[@]}"; do
    if apt-cache show "$package" >/dev/null 2>&1; then
        install+=("$package")
    else
        say "$distribution has no package $package; the tests that use it will be skipped"
    fi
done
[ ${#install[@]} -gt 0 ] || exit 0
say "installing ${install[*]}"
"${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    "${install[@]}" >/dev/null ||
    die "could not install: ${install[*]} (is the package mirror reachable, is 'universe' enabled?)"
