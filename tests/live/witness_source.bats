#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# What the kernel says of its sockets (capture/witness.h), told by tests/tools/testify.c while
# kernel sockets and crafted packets meet in private namespaces.
# shellcheck disable=SC2016,SC2030,SC2031,SC2153,SC2154 # tests are subshells; BATS_* are bats', STATUS finish's

setup_file() {
	export TESTIFY=$BATS_FILE_TMPDIR/testify
	${CC:-gcc} -std=gnu17 -D_GNU_SOURCE -O1 ${SAN:+-fsanitize=address,undefined} -I"$ROOT" \
		-o "$TESTIFY" "$ROOT/tests/tools/testify.c" "$BUILD/libsynfin.a" -lcap-ng
	chmod 755 "$BATS_RUN_TMPDIR" "$BATS_FILE_TMPDIR" # nobody runs it, too
}

setup() {
	load capture.bash
	load busy
	OUT=$BATS_TEST_TMPDIR/out ERR=$BATS_TEST_TMPDIR/err
	PORT=$((20000 + $$ % 5000 * 2 + BATS_TEST_NUMBER)) # nobody else's: all namespaces are heard
	mkfifo "$BATS_TEST_TMPDIR/never"
	BUSY=()
}

teardown() {
	[ -z "${PID:-}" ] || kill -KILL "$PID"
	[ "${#BUSY[@]}" = 0 ] || kill "${BUSY[@]}"
	remove_namespace
}

is_ready() {
	grep -q '^ready' "$ERR" || ! kill -0 "$PID" 2>/dev/null
}

# listen COMMAND...: what it says goes to OUT and ERR, in the background.
listen() {
	: >"$OUT"
	: >"$ERR"
	"$@" >"$OUT" 2>"$ERR" 3>&- &
	PID=$!
	await is_ready
	grep '^ready' "$ERR"
}

listen_as_root() {
	need_root
	keep_busy
	listen "$TESTIFY" "$@"
	grep '^sources: states drops resets repeats numbers sockets$' "$ERR"
}

# What each end of PORT went through: "client SYN-SENT ESTABLISHED ...", "server ...".
ends() {
	awk -v port=":$PORT" '
	function at(end) { return substr(end, length(end) - length(port) + 1) == port }
	!at($4) && !at($5) || $3 ~ /^(gone|numbers|arrival)$/ { next }
	{
		who = at($5) ? "client" : $5 == "-" ? "listener" : "server"
		what = $3 == "state" ? $7 : $3 == "again" ? "again:" $7 : $3 ($8 == "-" ? "" : ":" $8)
		if ($3 == "state" && is[who, $2] != "" && is[who, $2] != $6)
			what = "(" is[who, $2] "?)" $6 ">" what
		if ($3 == "state")
			is[who, $2] = $7
		said[who] = said[who] " " what
	}
	END { for (who in said) print who said[who] }' "$OUT" | sort
}

# conclude: until testify has told all.
conclude() {
	stop INT
	[ "$STATUS" = 0 ]
	cat "$ERR"
	grep '^lost 0$' "$ERR"
}

synchronized='SYN-RECEIVED ESTABLISHED'
# case | what the client's socket goes through | the server's | the listener's
table="four-close|SYN-SENT ESTABLISHED FIN-WAIT-1 FIN-WAIT-2 CLOSED|$synchronized CLOSE-WAIT LAST-ACK CLOSED|LISTEN CLOSED
three-close|SYN-SENT ESTABLISHED FIN-WAIT-1 FIN-WAIT-2 CLOSED|$synchronized CLOSE-WAIT LAST-ACK CLOSED|LISTEN CLOSED
server-first|SYN-SENT ESTABLISHED CLOSE-WAIT LAST-ACK CLOSED|$synchronized FIN-WAIT-1 FIN-WAIT-2 CLOSED|LISTEN CLOSED
simultaneous-close|SYN-SENT ESTABLISHED FIN-WAIT-1 CLOSING CLOSED|$synchronized FIN-WAIT-1 CLOSING CLOSED|LISTEN CLOSED
reset|SYN-SENT ESTABLISHED CLOSED reset-sent:TCP_STATE|$synchronized reset-heard CLOSED|LISTEN CLOSED
unread-data|SYN-SENT ESTABLISHED reset-heard CLOSED|$synchronized CLOSED reset-sent:TCP_ABORT_ON_CLOSE|LISTEN CLOSED
refused|SYN-SENT reset-heard CLOSED|reset-sent:NO_SOCKET dropped:NO_SOCKET|
simultaneous-open|SYN-SENT $synchronized dropped:TCP_OLD_DATA FIN-WAIT-1 FIN-WAIT-2 CLOSED|SYN-SENT $synchronized dropped:TCP_OLD_DATA CLOSE-WAIT LAST-ACK CLOSED|
self-connect|SYN-SENT $synchronized dropped:TCP_OLD_DATA FIN-WAIT-1 CLOSING CLOSED||
lost-syn|SYN-SENT again:SYN-SENT ESTABLISHED FIN-WAIT-1 FIN-WAIT-2 CLOSED|$synchronized CLOSE-WAIT LAST-ACK CLOSED|LISTEN dropped:SOCKET_FILTER CLOSED
lost-third-ack|SYN-SENT ESTABLISHED dropped:TCP_INVALID_SYN FIN-WAIT-1 FIN-WAIT-2 CLOSED|again:SYN-RECEIVED $synchronized CLOSE-WAIT LAST-ACK CLOSED|LISTEN dropped:SOCKET_FILTER CLOSED
lost-last-ack|SYN-SENT ESTABLISHED FIN-WAIT-1 FIN-WAIT-2 CLOSED|$synchronized CLOSE-WAIT LAST-ACK dropped:SOCKET_FILTER again:LAST-ACK CLOSED|LISTEN CLOSED
keepalive|SYN-SENT ESTABLISHED FIN-WAIT-1 FIN-WAIT-2 CLOSED|$synchronized dropped:TCP_OLD_SEQUENCE dropped:TCP_OLD_SEQUENCE CLOSE-WAIT LAST-ACK CLOSED|LISTEN CLOSED"

each_case() { # each_case ACTOR-OPTION...
	local name client server listener first=$PORT
	listen_as_root
	while IFS='|' read -r name client server listener; do
		"$ACTOR" --netns "$@" --port "$PORT" "$name"
		((PORT += 20))
	done <<<"$table"
	conclude
	PORT=$first
	while IFS='|' read -r name client server listener; do
		echo "case $name $*, port $PORT"
		diff <(ends) - <<<"client $client${listener:+$'\n'listener $listener}${server:+$'\n'server $server}"
		((PORT += 20))
	done <<<"$table"
}

@test "the states of every socket, of both ends, over IPv4" {
	each_case
}

@test "and over IPv6" {
	each_case -6
}

# scenario | what the kernel's end goes through at least
crafted="rst-exact|$synchronized reset-heard CLOSED
rst-in-window|$synchronized dropped:TCP_RESET reset-heard CLOSED
rst-outside-window|$synchronized dropped:TCP_OLD_SEQUENCE dropped:TCP_INVALID_SEQUENCE
duplicate-syn|$synchronized dropped:TCP_INVALID_SYN
ack-of-unsent|$synchronized dropped:TCP_ACK_UNSENT_DATA
ack-too-old|$synchronized dropped:TCP_TOO_OLD_ACK
no-flags|$synchronized dropped:TCP_FLAGS dropped:TCP_FLAGS dropped:TCP_FLAGS
bad-checksum|dropped:TCP_CSUM $synchronized dropped:TCP_CSUM dropped:TCP_CSUM
timestamps-paws|$synchronized dropped:TCP_RFC7323_PAWS
data-after-close|$synchronized FIN-WAIT-1 FIN-WAIT-2 CLOSED reset-sent:TCP_TIMEWAIT_SOCKET"

@test "why the kernel refuses a crafted segment" {
	listen_as_root
	local name said
	while IFS='|' read -r name said; do
		"$SYNFIN" inject run "$name" --netns -q --as jsonl:connection \
			>"$BATS_TEST_TMPDIR/$name" </dev/null
	done <<<"$crafted"
	conclude
	while IFS='|' read -r name said; do
		PORT=$(jq -r 'select(.client) | .client | split(":")[-1]' "$BATS_TEST_TMPDIR/$name")
		run -0 ends
		echo "scenario $name, port $PORT: $output"
		[[ $output == *"client $said"* ]]
	done <<<"$crafted"
}

@test "whose a SYN with a bad checksum was" {
	listen_as_root
	make_namespace
	inside "$SYNFIN" inject syn "127.0.0.1:$PORT" --bad-sum -q --as list
	conclude
	[[ $(ends) == "server dropped:TCP_CSUM"* ]]
}

@test "its times are the capture's" {
	listen_as_root
	"$SYNFIN" inject run rst-exact --netns -q --as jsonl >"$BATS_TEST_TMPDIR/seen" </dev/null
	conclude
	PORT=$(jq -r 'select(.client) | .client | split(":")[-1]' "$BATS_TEST_TMPDIR/seen")
	local start third heard apart
	start=$(jq 'select(.start) | .start * 1e6 | round' "$BATS_TEST_TMPDIR/seen")
	third=$(jq 'select(.type == "segment" and .n == 3) | .t * 1e6 | round' "$BATS_TEST_TMPDIR/seen")
	heard=$(awk -v port=":$PORT$" '$5 ~ port && $7 == "ESTABLISHED" { print substr($1, 1, length($1) - 3) }' "$OUT")
	apart=$((heard - start - third))
	echo "ESTABLISHED $apart microseconds after the third segment"
	[ "$apart" -gt -50 ]
	[ "$apart" -lt 1000 ]
}

# Handshakes and all that comes after ESTABLISHED are not among them.
@test "SND.UNA and SND.NXT whenever a segment comes for an end in ESTABLISHED, over IPv4 and IPv6" {
	listen_as_root
	"$ACTOR" --netns --port "$PORT" four-close
	"$ACTOR" --netns -6 --port "$((PORT + 20))" four-close
	conclude
	grep '^lost numbers 0$' "$ERR"
	local port
	for port in "$PORT" "$((PORT + 20))"; do
		run -0 awk -v port=":$port\$" '$3 == "arrival" { print $4 ~ port ? "server" : $5 ~ port ? "client" : "-", $10 % 2^32 - $12 % 2^32, $14 }' "$OUT"
		diff <(grep -v '^-' <<<"$output") - <<-END
			server 0 5
			client -5 0
			client 0 5
			server -5 0
			server 0 0
		END
	done
}

@test "everything comes in order of time, without rights, and leaves nothing" {
	local mounts
	mounts=$(cat /proc/mounts)
	listen_as_root 50
	"$ACTOR" --netns --port "$PORT" --times 20 four-close three-close reset
	grep -E '^CapEff:[[:space:]]+0+$' "/proc/$PID/status"
	grep -E '^Uid:[[:space:]]+[1-9]' "/proc/$PID/status"
	[ "$(readlink "/proc/$PID/ns/mnt")" = "$(readlink /proc/self/ns/mnt)" ]
	[ "$(cat /proc/mounts)" = "$mounts" ]
	conclude
	grep -c " numbers " "$OUT"
	grep -vE ' (numbers|gone|all) ' "$OUT" | sort -c -n -s -k 1,1
}

@test "an ordinary user asks, hears of ends, and is told what is lacking" {
	need_root
	make_namespace
	listen ip netns exec "$NS" setpriv --reuid=65534 --regid=65534 --clear-groups "$TESTIFY" 20
	grep '^sources: sockets$' "$ERR"
	grep 'no tracepoints (they need root, .*): states are asked for, not told' "$ERR"
	grep '^Run it with sudo to be told.$' "$ERR"
	play --port "$PORT" keepalive
	play --port "$((PORT + 20))" -6 three-close
	conclude
	grep -Eq " numbers 127.0.0.1:$PORT 127.0.0.1:[0-9]+ UNKNOWN ESTABLISHED - acked 5 received 5$" "$OUT"
	grep -Eq " numbers 127.0.0.1:$PORT - UNKNOWN LISTEN " "$OUT"
	grep -E " gone 127.0.0.1:$PORT 127.0.0.1:[0-9]+ .* acked 6 received 6$" "$OUT"
	grep -E " gone \[::1\]:$((PORT + 20)) \[::1\]:[0-9]+ .* acked [1-9][0-9]* received" "$OUT"
	[ "$(grep -c ' state ' "$OUT")" = 0 ]
}

@test "who may not lock memory for SND.UNA and SND.NXT is told all else" {
	need_root
	keep_busy
	listen unshare --mount bash -c 'umount -q -l /sys/kernel/tracing
		mount -t tracefs -o mode=755 none /sys/kernel/tracing && ulimit -l 64 &&
		exec setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=+perfmon,+dac_read_search \
			--ambient-caps=+perfmon,+dac_read_search "$1"' - "$TESTIFY"
	cat "$ERR"
	grep '^sources: states drops resets repeats sockets$' "$ERR"
	grep '^no memory may be locked for SND.UNA and SND.NXT.$' "$ERR"
	"$ACTOR" --netns --port "$PORT" four-close
	conclude
	run -0 ends
	[[ $output == *ESTABLISHED* ]]
	run -1 grep ' arrival ' "$OUT"
}
