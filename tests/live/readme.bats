#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# The live examples of README.md and the manual pages, in a private network namespace: each draws a
# connection that is opened and closed meanwhile.
# shellcheck disable=SC2034,SC2153 # PID, OUT, ERR and STATUS are shared with capture.bash

load capture
load ../cli/examples

ACTOR=${ACTOR:-$ROOT/build/gcc/tests/live/actor}

setup() {
	need_root
	make_namespace
	enter_checkout
	OUT=$PWD/out ERR=$PWD/err
}

teardown() {
	remove_namespace
}

# It is stopped by --conns; -t only bounds what goes wrong.
try() { # try COMMAND-LINE
	local line=${1#sudo }
	echo "example: $line"
	: >"$OUT"
	: >"$ERR"
	ip netns exec "$NS" bash -o pipefail -c "${line/capture /capture -t 9 --conns 1 }" \
		>"$OUT" 2>"$ERR" 3>&- &
	PID=$!
	await listens
	play --port 8080 three-close
	finish
	cat "$OUT" "$ERR"
	[ "$STATUS" = 0 ]
	grep -qE '3 segments|F f A|Flags \[F\.\]' "$OUT"
	grep -q ' 0 dropped by the kernel, 1 connection' "$ERR"
}

@test "what README.md says to capture" {
	local line ran=0
	blocks "$ROOT/README.md" sh | grep 'synfin capture' | sort -u >lines
	while read -r line; do
		try "$line"
		ran=$((ran + 1))
	done <lines
	[ "$ran" -ge 4 ]
	synfin analyze 8080.pcap | grep -q 'F f A'
}

@test "what the manual page says to capture" {
	local line ran=0
	man_examples "$ROOT/share/man/synfin-capture.1" | grep '^sudo' >lines
	while read -r line; do
		try "$line"
		ran=$((ran + 1))
	done <lines
	[ "$ran" -ge 6 ]
}
