#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# Rights given up, files kept, and what the environment can do to a capture.

load capture

setup() {
	need_root
	make_namespace
}

teardown() {
	remove_namespace
}

status_is() { # status_is FIELD VALUE
	[ "$(awk -v f="$1:" '$1 == f { $1 = ""; sub(/^[ \t]+/, ""); print }' "/proc/$PID/status")" = "$2" ]
}

no_rights_left() {
	local set
	for set in CapInh CapPrm CapEff CapBnd CapAmb; do
		status_is $set 0000000000000000
	done
	status_is NoNewPrivs 1
	status_is Groups ""
}

@test "plain root becomes nobody, without a capability" {
	unset SUDO_UID SUDO_GID
	start
	status_is Uid "65534 65534 65534 65534"
	status_is Gid "65534 65534 65534 65534"
	no_rights_left
}

@test "root by sudo becomes who called it" {
	export SUDO_UID=12345 SUDO_GID=23456
	start
	status_is Uid "12345 12345 12345 12345"
	status_is Gid "23456 23456 23456 23456"
	no_rights_left
}

@test "CAP_NET_RAW alone is enough, and is dropped" {
	OUT=$BATS_TEST_TMPDIR/out ERR=$BATS_TEST_TMPDIR/err
	mkfifo "$BATS_TEST_TMPDIR/never"
	: >"$ERR"
	ip netns exec "$NS" setpriv --reuid 12345 --regid 12345 --clear-groups --inh-caps +net_raw \
		--ambient-caps +net_raw "$SYNFIN" capture >"$OUT" 2>"$ERR" 3>&- &
	PID=$!
	await listens
	status_is Uid "12345 12345 12345 12345"
	status_is CapEff 0000000000000000
	status_is CapPrm 0000000000000000
	status_is NoNewPrivs 1
}

@test "-w behind sudo: the file is the user's, and only where he may write" {
	export SUDO_UID=12345 SUDO_GID=23456
	mkdir "$BATS_TEST_TMPDIR/his" "$BATS_TEST_TMPDIR/roots"
	open_path "$BATS_TEST_TMPDIR"
	chown 12345 "$BATS_TEST_TMPDIR/his"
	start -w "$BATS_TEST_TMPDIR/his/f.pcap"
	stop TERM
	[ "$(stat -c %u:%g "$BATS_TEST_TMPDIR/his/f.pcap")" = 12345:23456 ]
	ln -s "$BATS_TEST_TMPDIR/roots/f.pcap" "$BATS_TEST_TMPDIR/his/link"
	run -1 inside "$SYNFIN" capture -t 1 -w "$BATS_TEST_TMPDIR/his/link"
	[[ ${lines[0]} == *"cannot write"*"Permission denied" ]]
	[ ! -e "$BATS_TEST_TMPDIR/roots/f.pcap" ]
}

open_path() { # let others pass through
	local dir=$1
	while [ "$dir" != / ] && [ "$dir" != /tmp ]; do
		chmod go+x "$dir"
		dir=$(dirname "$dir")
	done
}

@test "-w by plain root: the file is root's, where he may write" {
	unset SUDO_UID SUDO_GID
	mkdir -m 700 "$BATS_TEST_TMPDIR/roots"
	start -w "$BATS_TEST_TMPDIR/roots/f.pcap" --conns 1
	play four-close
	finish
	[ "$STATUS" = 0 ]
	[ "$(stat -c %u "$BATS_TEST_TMPDIR/roots/f.pcap")" = 0 ]
}

@test "-w keeps what tcpdump keeps, with nanoseconds" {
	ip netns exec "$NS" tcpdump -i lo -U --immediate-mode --nano -Z root -w "$BATS_TEST_TMPDIR/theirs.pcap" \
		2>"$BATS_TEST_TMPDIR/tcpdump.err" 3>&- &
	local tcpdump=$!
	start --conns 1 -w "$BATS_TEST_TMPDIR/ours.pcap"
	await grep -q 'listening on' "$BATS_TEST_TMPDIR/tcpdump.err"
	play four-close
	finish
	await grew "$BATS_TEST_TMPDIR/theirs.pcap" "$BATS_TEST_TMPDIR/ours.pcap"
	kill -TERM $tcpdump
	wait $tcpdump
	[ "$(od -An -tx1 -N4 "$BATS_TEST_TMPDIR/ours.pcap" | tr -d ' \n')" = 4d3cb2a1 ]
	# Each packet socket has its own clock reading: everything but the times is the same.
	tcpdump -tnxxr "$BATS_TEST_TMPDIR/ours.pcap" >"$BATS_TEST_TMPDIR/ours.txt"
	tcpdump -tnxxr "$BATS_TEST_TMPDIR/theirs.pcap" >"$BATS_TEST_TMPDIR/theirs.txt"
	[ -s "$BATS_TEST_TMPDIR/ours.txt" ]
	cmp "$BATS_TEST_TMPDIR/ours.txt" "$BATS_TEST_TMPDIR/theirs.txt"
}

grew() {
	[ "$(stat -c %s "$1")" -ge "$(stat -c %s "$2")" ]
}

@test "-w - is a pcap for the next program, and nothing else" {
	start -w - --conns 1
	play four-close
	finish
	[ "$STATUS" = 0 ]
	run -0 "$SYNFIN" analyze --as list "$OUT"
	[[ $output == *"F a f A"* ]]
}

tunnel() { # a SYN to port 8080 in IP in IP
	inside perl -MSocket -e 'socket S, AF_INET, SOCK_RAW, 4 or die;
		$tcp = pack "nnNNCCnnn", 40000, 8080, 1, 0, 0x50, 2, 1024, 0, 0;
		$ip = pack "CCnnnCCna4a4", 0x45, 0, 40, 1, 0, 64, 6, 0, (inet_aton "10.0.0.1") x 2;
		send S, $ip.$tcp, 0, sockaddr_in 0, inet_aton "127.0.0.1" or die'
}

@test "-p does not look into a tunnel; analyze -p does" {
	start -w "$BATS_TEST_TMPDIR/all.pcap" -c 1 --as jsonl:end
	tunnel
	finish
	[ "$(total connections)" = 1 ]
	run -0 "$SYNFIN" analyze -p 8080 --as jsonl:connection "$BATS_TEST_TMPDIR/all.pcap"
	[[ $output == *'"server":"10.0.0.1:8080"'* ]]
	start -p 8080 --conns 1 --as jsonl:connection,end
	tunnel
	play --port 8080 refused
	finish
	[ "$(total connections)" = 1 ]
	[ "$(jq -r 'select(.type == "connection") | .server' "$OUT")" = 127.0.0.1:8080 ]
}

@test "a full disk is reported, and what was written before can be read" {
	mkdir "$BATS_TEST_TMPDIR/small"
	mount -t tmpfs -o size=16k tmpfs "$BATS_TEST_TMPDIR/small"
	start --as jsonl:end -w "$BATS_TEST_TMPDIR/small/f.pcap"
	play many
	finish
	local size
	size=$(stat -c %s "$BATS_TEST_TMPDIR/small/f.pcap")
	run -0 --separate-stderr "$SYNFIN" analyze --as list "$BATS_TEST_TMPDIR/small/f.pcap"
	umount "$BATS_TEST_TMPDIR/small"
	[ "$STATUS" = 1 ]
	[ "$size" -gt 15000 ]
	[ "${#lines[@]}" -gt 2 ]
	[[ "$(tail -n 2 "$ERR")" == *"cannot write"*"No space left"*"Make room"* ]]
}

@test "standard output on a full disk" {
	run -1 inside bash -c '"$0" capture -t 1 --as jsonl -q >/dev/full' "$SYNFIN"
	[[ ${lines[0]} == *"cannot write standard output: No space left"* ]]
	[[ ${lines[-1]} == *"Make room"* ]]
}

@test "-w to a reader that has gone, and to a full disk: what to do is not the same" {
	run -1 inside bash -c 'exec 5> >(:); wait $!; "$0" capture -q -w - >&5' "$SYNFIN"
	[ "${lines[0]}" = "synfin: cannot write standard output: Broken pipe" ]
	[[ ${lines[-1]} == *"must read on"* ]]
	run -1 inside "$SYNFIN" capture -q -w /dev/full
	[ "${lines[0]}" = "synfin: cannot write /dev/full: No space left on device" ]
	[[ ${lines[-1]} == *"Make room"* ]]
	run -1 inside "$SYNFIN" capture -q -w $'/nosuch/\e[2J'
	[ "${lines[0]}" = 'synfin: cannot write /nosuch/\x1b[2J: No such file or directory' ]
}

@test "an interface that is down, and one that vanishes" {
	inside ip link add v0 type veth peer name v1
	run -1 inside "$SYNFIN" capture -i v0
	[[ ${lines[0]} == *"v0: the interface is down" ]]
	[[ ${lines[-1]} == *"sudo ip link set v0 up" ]]
	inside ip link set v0 up
	start -i v0 --as jsonl
	inside ip link del v0
	finish
	[ "$STATUS" = 1 ]
	[ "$(total frames)" != "" ]
	grep -q "v0: capturing stopped" "$ERR"
}

@test "a link type that cannot be decoded" {
	# TUNSETIFF, then TUNSETLINK to ARPHRD_CAN.
	inside perl -e 'open T, "+<", "/dev/net/tun" or die; $r = pack "a16 s x22", "odd0", 0x1001;
		ioctl T, 0x400454ca, $r or die; ioctl T, 0x400454cd, 280 or die; system "ip link set odd0 up";
		exit system(@ARGV) >> 8' "$SYNFIN" capture -i odd0 >"$BATS_TEST_TMPDIR/out" 2>&1 && false
	grep -q "odd0: its link type, .*, is none that synfin can decode" "$BATS_TEST_TMPDIR/out"
}
