#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# share/demo.sh on the real lo: what it shows, and that it leaves nothing behind.

bats_require_minimum_version 1.5.0

ROOT=${ROOT:-$(cd "$BATS_TEST_DIRNAME/../.." && pwd)}
export SYNFIN=${SYNFIN:-$ROOT/synfin} ACTOR=${ACTOR:-$ROOT/build/gcc/tests/live/actor}

setup() {
	[ "$(id -u)" = 0 ] || skip "needs root"
	cd "$BATS_TEST_TMPDIR" || return
	OTHER='' DEMO=''
	mkdir tmp
	export TMPDIR=$PWD/tmp
	mkfifo never
}

teardown() {
	# shellcheck disable=SC2086 # process ids
	[ -z "$OTHER" ] || kill $OTHER 2>/dev/null || true
	[ -z "$DEMO" ] || kill -KILL -- "-$DEMO" 2>/dev/null || true
}

await() { # await COMMAND...: until it succeeds, ten seconds at most
	local i
	for ((i = 0; i < 1000; i++)); do
		"$@" && return
		read -r -t 0.01 <>never || true
	done
	echo "waited in vain: $*"
	return 1
}

# The command lines of the processes of session $1: the demo gets one of its own. (proc(5): state,
# parent, group and session follow the name in brackets.)
left() {
	local pid
	cat /proc/[0-9]*/stat 2>/dev/null | # not awk itself: it stops at the first that has just gone
		awk -v session="$1" '{ pid = $1; sub(/.*\) /, "") } $4 == session && $1 != "Z" { print pid }' |
		while read -r pid; do tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null && echo; done
	true
}

none_left() {
	[ -z "$(left "$1")" ]
}

listens() {
	ss -Htln "sport = :$1" | grep -q .
}

# start_demo [PREFIX...]: in a session of its own, DEMO, with SIGINT not ignored.
start_demo() {
	setsid "$@" env --default-signal=INT "${DEMO_SH:-$ROOT/share/demo.sh}" </dev/null >out 2>err 3>&- &
	DEMO=$!
}

finish_demo() {
	STATUS=0
	wait "$DEMO" || STATUS=$?
	cat out err
	await none_left "$DEMO"
	DEMO=
	[ -z "$(ls -A tmp)" ]
}

two_ladders() { # two_ladders PORT: nothing else is in the output
	[ "$(grep -c '^#1  127.0.0.1:[0-9]* -> 127.0.0.1:'"$1 " out)" = 2 ]
	[ "$(grep -c '^#' out)" = 2 ]
	[ "$(grep -c 'SYN-SENT |.* SYN seq=x .*| SYN-RECEIVED' out)" = 2 ]
	[ "$(grep -c 'ack x+7 = x+6 + 1 FIN' out)" = 2 ]
	[ "$(grep -c '^closed by client in 4 segments; 5 bytes from client, 0 from server$' out)" = 1 ]
	[ "$(grep -c '^closed by client in 3 segments; 5 bytes from client, 0 from server$' out)" = 1 ]
	[ "$(grep -n '4 segments' out | tail -n 1 | cut -d: -f1)" -lt "$(grep -n '^closed by.* 3 ' out | cut -d: -f1)" ]
	run -1 grep -nE '^.{81}' out
	# A part fits a terminal of 24 rows.
	[ "$(awk -v RS= 'NF { n = gsub(/\n/, "\n") + 1; if (n > most) most = n } END { print most }' out)" -le 24 ]
}

@test "two ladders, four segments and three, no colour in a pipe, nothing left" {
	local before=$EPOCHSECONDS
	start_demo
	finish_demo
	[ "$STATUS" = 0 ]
	[ $((EPOCHSECONDS - before)) -le 5 ]
	[ ! -s err ]
	two_ladders "80[0-9][0-9]"
	run -1 grep -q $'\033' out
}

@test "behind sudo: the same" {
	SUDO_UID=65534 SUDO_GID=65534 start_demo
	finish_demo
	[ "$STATUS" = 0 ]
	two_ladders "80[0-9][0-9]"
}

@test "what it says to try next can be done" {
	local line ran=0
	ln -s "$SYNFIN" synfin
	ln -s "$ROOT/pcaps" .
	start_demo
	finish_demo
	sed '1,/^Now try:$/d; s/^  //; s/  .*//' out >commands
	[ "$(wc -l <commands)" = 3 ]
	while read -r line; do
		echo "command: $line"
		case $line in
		'sudo '*) run -0 bash -c "${line#sudo } -t 1" ;;
		*) run -0 bash -c "$line" ;;
		esac
		ran=$((ran + 1))
	done <commands
	[ "$ran" = 3 ]
}

hold() { # hold ADDRESS PORT: listen there, and say so when somebody connects
	nc -lkv "$1" "$2" >>heard 2>&1 3>&- &
	OTHER+=" $!"
	await listens "$2"
}

first_free() { # first_free PORT: it, or the next one that no socket uses
	local port=$1
	while ss -Htan "( sport = :$port or dport = :$port )" | grep -qv TIME-WAIT; do
		port=$((port + 1))
	done
	echo "$port"
}

@test "a port in use is left alone: it takes the next" {
	local taken other
	taken=$(first_free 8081)
	hold 127.0.0.1 "$taken"
	# It could be listened on at 127.0.0.1 too, but the capture would show what is said there.
	other=$(first_free 8081)
	hold 127.0.0.9 "$other"
	start_demo
	finish_demo
	[ "$STATUS" = 0 ]
	two_ladders "$(first_free 8081)"
	run -1 grep -i 'connect\(ion\|ed\)' heard
}

@test "connections of others on lo are not shown" {
	while :; do "$ACTOR" connect-close || true; done >/dev/null 2>&1 3>&- &
	OTHER=$!
	start_demo
	finish_demo
	kill "$OTHER"
	[ "$STATUS" = 0 ]
	two_ladders "80[0-9][0-9]"
}

@test "Ctrl-C while it captures: it ends, and nothing is left" {
	# An actor that plays nothing: the capture waits for a connection.
	mkfifo stuck
	cat >actor <<-ACTOR
		#!/bin/sh
		case "\$*" in
		*connect-close) exit 0 ;;
		*) : >playing; read -r nothing <stuck ;;
		esac
	ACTOR
	chmod 755 actor
	ACTOR=$PWD/actor start_demo
	await test -e playing
	left "$DEMO" | grep -q 'capture -p'
	kill -INT -- "-$DEMO"
	finish_demo
	[ "$STATUS" = 130 ]
}

@test "killed alone (SIGTERM), it takes its capture along" {
	printf '#!/bin/sh\ncase "$*" in *connect-close) exit 0;; esac\n: >playing\n' >actor
	chmod 755 actor
	ACTOR=$PWD/actor start_demo
	await test -e playing
	kill -TERM "$DEMO"
	finish_demo
	[ "$STATUS" = 143 ]
}

@test "when a connection cannot be played it says so and fails" {
	printf '#!/bin/sh\ncase "$*" in *connect-close) exit 0;; esac\necho sorry >&2; exit 1\n' >actor
	chmod 755 actor
	ACTOR=$PWD/actor start_demo
	finish_demo
	[ "$STATUS" = 1 ]
	grep -q sorry err
}

@test "without rights it says what to do" {
	# As the user of the checkout, or as nobody: then what is run must not lie below a closed home.
	local nobody="setpriv --reuid=65534 --regid=65534 --clear-groups --"
	if [ -z "${AS_USER:-}" ]; then
		cp "$ROOT/share/demo.sh" "$SYNFIN" "$ACTOR" .
		chmod 755 . .. ../.. demo.sh synfin actor
		SYNFIN=$PWD/synfin ACTOR=$PWD/actor DEMO_SH=$PWD/demo.sh
	fi
	# shellcheck disable=SC2086 # a command and its options
	start_demo ${AS_USER:-$nobody}
	finish_demo
	[ "$STATUS" = 1 ]
	grep -q 'capturing needs rights' err
	[ "$(tail -n 1 err)" = "The demo captures, and that needs root: sudo make demo" ]
}
