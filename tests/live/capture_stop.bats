#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# How a capture comes to its end, and that nothing is lost then.

load capture

setup() {
	need_root
	make_namespace
}

teardown() {
	remove_namespace
}

packets_in() {
	tcpdump -nr "$1" 2>/dev/null | wc -l
}

many_then() { # many_then SIGNAL: traffic of 600 connections, the signal right after it
	start --as jsonl:end -w "$BATS_TEST_TMPDIR/kept.pcap"
	play many many many
	stop "$1"
	cat "$ERR" "$OUT"
	[ "$STATUS" = 0 ]
	[ "$(total connections)" = 600 ]
	[ "$(total kernel_dropped)" = 0 ]
	[ "$(total frames)" -ge 4000 ]
	[ "$(packets_in "$BATS_TEST_TMPDIR/kept.pcap")" = "$(total frames)" ]
	run -0 "$SYNFIN" analyze --as jsonl:connection "$BATS_TEST_TMPDIR/kept.pcap"
	[ "$(jq -s 'map(select(.close.kind != null)) | length' <<<"$output")" = 600 ]
}

@test "SIGTERM drains what the kernel holds" {
	many_then TERM
}

@test "SIGHUP does too" {
	many_then HUP
}

@test "-c stops at exactly so many packets" {
	start -c 5 --as jsonl -w "$BATS_TEST_TMPDIR/kept.pcap"
	play four-close
	finish
	[ "$STATUS" = 0 ]
	[ "$(total frames)" = 5 ]
	[ "$(packets_in "$BATS_TEST_TMPDIR/kept.pcap")" = 5 ]
}

@test "--conns stops once so many connections are over" {
	start --conns 3 --as jsonl:connection,end
	play four-close reset refused
	finish
	[ "$STATUS" = 0 ]
	[ "$(total connections)" = 3 ]
	[ "$(total frames)" = 21 ] # 11 and 8 and 2: a close in four has its last ACK
}

@test "--conns counts a connection once, however long it stays" {
	start --conns 2 --as list
	play refused
	run -1 await_end
	play refused
	finish
	[ "$STATUS" = 0 ]
}

@test "--conns: at least so many, and none of them half" {
	start --conns 3 --as jsonl:connection,end
	play many
	finish
	[ "$STATUS" = 0 ]
	[ "$(total connections)" -ge 3 ]
	[ "$(jq -s 'map(select(.type == "connection" and .close.kind)) | length' "$OUT")" -ge 3 ]
}

await_end() { # half a second
	local i
	for ((i = 0; i < 50; i++)); do
		kill -0 "$PID" 2>/dev/null || return 0
		read -r -t 0.01 <>"$BATS_TEST_TMPDIR/never" || true
	done
	return 1
}

@test "-t stops after so many seconds" {
	local before=$EPOCHSECONDS
	start -t 1 --as jsonl
	finish
	[ "$STATUS" = 0 ]
	[ $((EPOCHSECONDS - before)) -le 5 ]
	[ "$(total frames)" = 0 ]
}

@test "a reader that goes away ends a silent capture at once, quietly" {
	mkfifo "$BATS_TEST_TMPDIR/pipe" "$BATS_TEST_TMPDIR/never"
	ERR=$BATS_TEST_TMPDIR/err
	: >"$ERR"
	exec 5<>"$BATS_TEST_TMPDIR/pipe"
	ip netns exec "$NS" "$SYNFIN" capture --as list >"$BATS_TEST_TMPDIR/pipe" 2>"$ERR" 3>&- 5>&- &
	PID=$!
	await listens
	exec 5>&-
	finish
	[ "$STATUS" = 0 ]
	[ "$(grep -c cannot "$ERR")" = 0 ]
}

@test "a connection that is over is in the list while the capture goes on" {
	start --as list
	play four-close
	await grep -q 'F a f A.*time-wait:client' "$OUT"
	kill -0 "$PID"
	play refused
	await grep -q refused "$OUT"
	stop TERM
	[ "$STATUS" = 0 ]
	[ "$(wc -l <"$OUT")" = 3 ] # the title and each of them once
}

@test "and the ladder is drawn while the segments arrive" {
	start -p 8081
	play --port 8081 four-close
	await grep -q 'closed by client in 4 segments' "$OUT"
	kill -0 "$PID"
	stop TERM
	[ "$(grep -c 'closed by' "$OUT")" = 1 ]
}

@test "silence: a command that makes traffic, said once, and it works" {
	start --as list -p 8099
	await grep -q 'nothing on lo for 3 s' "$ERR"
	local hint
	hint=$(sed -n '/perl/,/accept/p' "$ERR")
	inside bash -c "$hint"
	await grep -q 'S sa A' "$OUT"
	stop TERM
	[ "$(grep -c 'nothing on' "$ERR")" = 1 ]
	[[ "$(tail -n 1 "$ERR")" =~ ^"synfin: "[0-9]+" packets captured, 0 dropped by the kernel, 1 connection"$ ]]
}

@test "-q says nothing" {
	: >"$BATS_TEST_TMPDIR/err"
	run -0 --separate-stderr inside "$SYNFIN" capture -q -t 4
	[ "$stderr" = "" ]
}

@test "a reader that does not read cannot keep a signal away" {
	mkfifo "$BATS_TEST_TMPDIR/pipe" "$BATS_TEST_TMPDIR/never"
	ERR=$BATS_TEST_TMPDIR/err
	: >"$ERR"
	exec 5<>"$BATS_TEST_TMPDIR/pipe"
	ip netns exec "$NS" "$SYNFIN" capture --as jsonl >"$BATS_TEST_TMPDIR/pipe" 2>"$ERR" 3>&- 5>&- &
	PID=$!
	await listens
	play many # more than a pipe holds
	stop TERM
	exec 5>&-
	[ "$STATUS" = 1 ]
	[[ $(tail -n 2 "$ERR") == *"cannot write standard output: nobody reads it"*"start both again." ]]
}
