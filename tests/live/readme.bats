#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# The live examples of README.md and the manual pages, in a private network namespace: each draws a
# connection that is opened and closed meanwhile; and what README.md tells a class to type.
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

line_of() { # line_of PATTERN: the one command line of README.md's that matches, without sudo
	LINE=$(grep -E "$1" lines)
	[ "$(wc -l <<<"$LINE")" = 1 ]
	LINE=${LINE#sudo }
}

has_socket() { # has_socket STATE: at port 8080
	[ -n "$(inside ss -Htn state "$1" 'sport = :8080')" ]
}

prompts() { # prompts N: --step has asked so often
	[ "$(grep -c 'Enter sends it' "$ERR")" -ge "$1" ]
}

serve() {
	line_of '^nc -dl'
	inside bash -c "exec ${LINE% &}" >heard 3>&- &
	await has_socket listening
}

# What "Live in class" says to type: the words are the document's, the terminals are two processes.
@test "what README.md says to do in class" {
	local i
	blocks "$ROOT/README.md" sh | grep -E '8080' | sort -u >lines
	mkfifo typed "$BATS_TEST_TMPDIR/never"
	exec 9<>typed

	line_of 'inject listen'
	: >"$ERR"
	inside bash -c "exec $LINE" >"$OUT" 2>"$ERR" 3>&- 9<&- &
	PID=$!
	await listens
	line_of '^curl'
	[ "$(inside bash -c "$LINE")" = hello ]
	wait "$PID"
	grep -q 'closed by client in 4 segments' "$OUT"

	serve
	line_of '^nc 127'
	inside bash -c "exec $LINE" <&9 >said 3>&- 9<&- &
	PID=$!
	await has_socket established
	line_of 'into 8080 rst --off 1$'
	inside bash -c "$LINE" >"$OUT" 2>&1 9<&-
	grep -q 'a challenge ACK' "$OUT"
	echo 'still there' >&9
	await grep -q 'still there' heard
	line_of 'into 8080 rst$'
	inside bash -c "$LINE" >"$OUT" 2>&1 9<&-
	grep -q '127.0.0.1:8080 is CLOSED, .* is ESTABLISHED' "$OUT"
	echo 'and now?' >&9
	wait "$PID" || true # it has ended: its word was answered with a RST

	serve
	line_of '^ss '
	inside bash -c "$LINE" | grep -q LISTEN
	line_of 'inject session 8080 --step'
	: >"$ERR"
	inside bash -c "exec $LINE" <&9 >"$OUT" 2>"$ERR" 3>&- &
	PID=$!
	for i in {1..5}; do
		await prompts "$i"
		echo >&9
	done
	wait "$PID"
	exec 9>&-
	grep -q 'closed by client in [34] segments' "$OUT"
	[ "$(cat heard)" = hello ]
}

# What is said, without the ladder: numbers differ from run to run, and with them where lines break.
said() {
	grep -vE '[|]|^#' | sed -E 's/[0-9]+(\.[0-9]+)?/N/g; s/"[^"]*"(\.\.\.)?/TEXT/' | tr -s ' \n' ' '
}

@test "the piece of an exercise that README.md shows" {
	local there here
	there=$(blocks "$ROOT/README.md" text | sed -n "/client's SYN will have/,/= [0-9]* + 7 data\$/p" | said)
	[ "${#there}" -ge 250 ]
	here=$(printf 'x+1\nx+1\n' | XDG_STATE_HOME=$PWD/state timeout 60 "$SYNFIN" lab run 3 --lang en | said)
	printf '%s\n' "$there" "$here"
	[[ $here == *"${there% }"* ]]
}
