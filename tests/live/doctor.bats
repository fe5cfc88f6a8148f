#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# synfin doctor with rights, with some of them, and what it leaves behind.
# shellcheck disable=SC2016,SC2154 # $0 is for the shell inside; BATS_* are bats'

load capture
load inject

setup() {
	enter_namespace
}

teardown() {
	remove_namespace
}

of() { # of ID FILTER: of that check, in the file found
	jq -r --arg id "$1" ".checks[] | select(.id == \$id) | $2" found
}

not_ok() { # the ids of those that do not work, in the file found
	jq -r '.checks[] | select(.status != "ok") | .id' found | paste -sd' '
}

@test "root: everything works, all sources of the kernel as witness too" {
	inside "$SYNFIN" doctor --json >found
	[ "$(not_ok)" = "" ] || { jq .checks found; false; }
	[ "$(jq '.checks | length' found)" = 14 ]
	[[ $(of drop-rights .text) == *'as user '[1-9]* ]]
	inside "$SYNFIN" doctor >text
	cat text
	[ "$(grep -c '^  ok ' text)" = 14 ]
	[ "$(tail -n 1 text)" = "14 of 14 work." ]
}

@test "behind sudo, rights are given up to become who asked" {
	SUDO_UID=1234 SUDO_GID=1234 inside "$SYNFIN" doctor >text
	grep -q '^  ok   giving up rights .*as user 1234$' text
	head -n 1 text | grep -q ', as root by sudo$'
}

@test "root without CAP_NET_RAW is told that root is not enough" {
	inside setpriv --bounding-set=-net_raw "$SYNFIN" doctor --json >found
	local id
	for id in capture raw-sockets; do
		[ "$(of $id .status)" = no ]
		[[ $(of $id '.cures[0]') == 'Even root has no CAP_NET_RAW here'* ]]
	done
	[ "$(of files .status)" = ok ]
}

@test "what was promised for setcap is so" {
	local nobody=$BATS_FILE_TMPDIR/nobody/synfin cure
	as_nobody "$nobody" doctor --json >found
	[ "$(not_ok)" = "capture witness-states witness-drops witness-resets witness-repeats witness-numbers raw-sockets" ]
	cure=$(of capture '.cures[1]')
	bash -c "${cure#sudo }"
	as_nobody "$nobody" doctor --json >found
	as_nobody "$nobody" inject session --netns -q --as list >lines
	setcap -r "$nobody"
	[ "$(not_ok)" = "witness-states witness-drops witness-resets witness-repeats witness-numbers" ]
	[[ $(of drop-rights .text) == *', as user 65534' ]]
	grep -q 'F a f A' lines
}

@test "a setting is no verdict: what works is not forbidden" {
	unshare --mount sh -c 'echo 0 >zero && mount --bind zero /proc/sys/user/max_net_namespaces &&
		exec "$@"' - ip netns exec "$NS" "$SYNFIN" doctor --json >found
	[ "$(of netns .status)$(of netns-root .status)" = okok ]
}

@test "tracefs that is not mounted is no obstacle, and no mount or namespace stays" {
	local before
	before=$(cat /proc/mounts; lsns -n -o NS -t net | sort)
	unshare --mount bash -c 'umount -q /sys/kernel/tracing; umount -q /sys/kernel/debug/tracing
		umount -q -l /sys/kernel/debug; exec "$@"' - "$SYNFIN" doctor --json >found
	[ "$(of witness-states .status)" = ok ]
	[ "$(cat /proc/mounts; lsns -n -o NS -t net | sort)" = "$before" ]
}

@test "a capture beside it sees only what the page says" {
	start -i lo --as jsonl:segment
	inside "$SYNFIN" doctor >text
	stop INT
	[ "$(jq -r '.flags | join(",")' "$OUT" | sort | uniq -c | awk '{ print $2, $1 }' | paste -sd' ')" = "RST 2 SYN 2" ]
}
