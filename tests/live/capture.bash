# SPDX-License-Identifier: MIT
# For the tests of capture: a private network namespace, and a capture in it that is ready.
# shellcheck shell=bash disable=SC2154 # BATS_* are bats'

bats_require_minimum_version 1.5.0

need_root() {
	[ "$(id -u)" = 0 ] || skip "needs root"
}

make_namespace() {
	NS=synfin-$$-$BATS_TEST_NUMBER
	ip netns add "$NS"
	ip netns exec "$NS" ip link set lo up
}

remove_namespace() {
	[ -n "${NS:-}" ] || return 0
	local left
	left=$(ip netns pids "$NS")
	# shellcheck disable=SC2086 # process ids
	[ -z "$left" ] || kill -KILL $left 2>/dev/null || true
	[ -z "${PID:-}" ] || wait "$PID" 2>/dev/null || true
	ip netns del "$NS"
}

inside() {
	ip netns exec "$NS" "$@"
}

# await COMMAND...: until it succeeds, ten seconds at most.
await() {
	local i
	for ((i = 0; i < 1000; i++)); do
		"$@" && return
		read -r -t 0.01 <>"$BATS_TEST_TMPDIR/never" || true
	done
	echo "waited in vain: $*"
	return 1
}

listens() {
	grep -q 'listening on' "$ERR" || ! kill -0 "$PID" 2>/dev/null
}

# start OPTION...: capture in the background, PID, writing to the files OUT and ERR.
start() {
	OUT=$BATS_TEST_TMPDIR/out ERR=$BATS_TEST_TMPDIR/err
	[ -e "$BATS_TEST_TMPDIR/never" ] || mkfifo "$BATS_TEST_TMPDIR/never"
	: >"$OUT"
	: >"$ERR"
	ip netns exec "$NS" "$SYNFIN" capture "$@" >"$OUT" 2>"$ERR" 3>&- &
	PID=$!
	await listens
	kill -0 "$PID" || { cat "$ERR"; return 1; }
}

play() {
	ip netns exec "$NS" "$ACTOR" "$@"
}

# finish: its exit status becomes STATUS.
finish() {
	STATUS=0
	wait "$PID" || STATUS=$?
	PID=
}

stop() {
	kill -"$1" "$PID"
	finish
}

# The number that field $1 of the jsonl line of type "end" has.
total() {
	jq "select(.type == \"end\") | .$1" "$OUT"
}
