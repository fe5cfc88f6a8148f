#!/bin/sh
# SPDX-License-Identifier: MIT
# deps.sh SET...: install the Debian packages of the sets (build, test, lint) that are missing.
# Silent, and apt is not called, when nothing is. A line of the table is: set, package, a check.
set -u
PATH=$PATH:/usr/sbin:/sbin

have() { command -v "$1" >/dev/null 2>&1; }
pkg() { pkg-config --exists "$1" 2>/dev/null; }
header() { [ -e "/usr/include/$1" ] || [ -e "/usr/local/include/$1" ]; }
fuzzer() { find /usr/lib/llvm-*/lib/clang /usr/lib/clang -name 'libclang_rt.fuzzer*' 2>/dev/null | grep -q .; }

table() {
	cat <<-'TABLE'
	build gcc               have gcc
	build make              have make
	build pkg-config        have pkg-config
	build libc6-dev         header stdio.h
	build libpcap-dev       pkg libpcap || have pcap-config
	build liblua5.4-dev     pkg lua5.4
	build libnet1-dev       pkg libnet || have libnet-config || header libnet.h
	build libcap-ng-dev     pkg libcap-ng
	build libmd-dev         header sha256.h
	test  libcmocka-dev     pkg cmocka
	test  bats              have bats
	test  groff-base        have groff
	test  jq                have jq
	test  iproute2          have ip
	test  netcat-openbsd    have nc
	test  tcpdump           have tcpdump
	test  curl              have curl
	test  python3           have python3
	lint  clang             have clang
	lint  libclang-rt-dev   fuzzer
	lint  clang-format      have clang-format
	lint  clang-tidy        have clang-tidy
	lint  cppcheck          have cppcheck
	TABLE
	case ${CC:-gcc} in *clang*) echo 'build clang have clang' ;; esac
}

missing() {
	table | while read -r set package check; do
		case " $sets " in *" $set "*) eval "$check" || printf '%s ' "$package" ;; esac
	done
}

sets=$*
packages=$(missing)
packages=${packages% }
[ -n "$packages" ] || exit 0

if ! have apt-get; then
	echo "missing, and there is no apt-get here to install it: $packages" >&2
	echo "(these are Debian's names; going on without)" >&2
	exit 0
fi
if [ "$(id -u)" != 0 ]; then
	echo "missing packages. Install them with:" >&2
	echo "  sudo apt-get install $packages" >&2
	exit 1
fi
echo "installing: $packages" >&2
apt-get -qq update || echo "apt-get update failed; trying with the package lists at hand" >&2
# shellcheck disable=SC2086 # a list of words
DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install $packages \
	>/dev/null || exit 1
packages=$(missing)
[ -z "$packages" ] && exit 0
echo "installed, but still not found: $packages" >&2
exit 1
