#!/usr/bin/env bash
# Runs a command in a clean system that has nothing installed but the base of Debian 12, in a clean
# clone of what is committed here: proves that the scripts install everything they need.
# Usage: scripts/fresh_debian.sh [--suite SUITE] COMMAND...
#   --suite   bookworm (default) or noble, for Ubuntu 24.04 (which debootstrap cannot verify
#             unless Ubuntu's keyring is installed)
#   e.g.      scripts/fresh_debian.sh scripts/test.sh --fast
# Needs root, debootstrap, and room for 4 GB below TMPDIR (/tmp). Leaves nothing behind: the mounts
# and processes live in namespaces of their own, which end with the command.
set -euo pipefail
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"

suite=bookworm
if [ "${1-}" = --suite ]; then
    suite=${2-}
    shift 2
fi
[ $# -gt 0 ] || die "which command? See scripts/fresh_debian.sh --help"
[ "$(id -u)" = 0 ] || die "must be run as root"
command -v debootstrap >/dev/null || die "needs the package debootstrap"
case $suite in
bookworm)
    mirror=$(awk '$1 == "URIs:" && $2 ~ /debian\/?$/ {print $2; exit}' \
        /etc/apt/sources.list.d/*.sources 2>/dev/null || true)
    mirror=${mirror:-http://deb.debian.org/debian}
    security="deb ${mirror%/}-security $suite-security main"
    components=main
    recipe=sid ;;
noble)
    mirror=http://archive.ubuntu.com/ubuntu
    security="deb $mirror $suite-security main universe"
    components="main universe"
    recipe=jammy ;; # the debootstrap of Debian 12 does not know noble
*) die "knows the suites bookworm and noble, not '$suite'" ;;
esac

work=$(mktemp -d "${TMPDIR:-/tmp}/cpestorm-fresh.XXXXXX")
trap 'rm -rf --one-file-system "$work"' EXIT
root=$work/root

say "installing $suite from $mirror"
debootstrap --variant=minbase --include=ca-certificates --components="${components// /,}" \
    "$suite" "$root" "$mirror" "/usr/share/debootstrap/scripts/$recipe" \
    >"$work/debootstrap.log" 2>&1 ||
    { tail -n 20 "$work/debootstrap.log"; die "debootstrap failed"; }
printf '%s\n' "deb $mirror $suite $components" "deb $mirror $suite-updates $components" \
    "$security" >"$root/etc/apt/sources.list"
# What this host needs to reach its mirror, the new one needs too.
apt-config dump | grep -E '^Acquire::(https?::|Check-)' >"$root/etc/apt/apt.conf.d/99host" || true
cp /etc/resolv.conf "$root/etc/resolv.conf"
git clone -q . "$root/cpestorm"

say "running $* in it"
# shellcheck disable=SC2016 # the inner shell expands
unshare --mount --pid --fork --kill-child --propagation private bash -euc '
    root=$1
    shift
    mount -t proc proc "$root/proc"
    mount --rbind --make-rslave /dev "$root/dev"
    mount --rbind --make-rslave /sys "$root/sys"
    exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM="${TERM:-dumb}" LANG=C.UTF-8 \
        ${http_proxy:+http_proxy="$http_proxy"} ${https_proxy:+https_proxy="$https_proxy"} \
        chroot "$root" sh -c "cd /cpestorm && exec \"\$@\"" sh "$@"
' bash "$root" "$@"
