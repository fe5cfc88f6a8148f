#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# --witness: the kernel's word beside ours, of kernel sockets and of crafted ones.
# shellcheck disable=SC2016,SC2030,SC2031,SC2034,SC2153,SC2154 # perl; shared with the others

load capture
load inject
load busy

setup() {
	enter_namespace
	BUSY=()
	keep_busy
}

teardown() {
	[ "${#BUSY[@]}" = 0 ] || kill "${BUSY[@]}"
	remove_namespace
}

has_ended() { # has_ended COUNT: so many connections are over
	[ "$(grep -c '"type":"connection"' "$OUT")" -ge "$1" ]
}

shows() { # shows PATTERN
	grep -q "$1" "$OUT"
}

agreed() { # agreed: on everything, in a file of standard error; says how much
	cat "$ERR"
	grep -qE 'kernel agreed on ([1-9][0-9]*) of \1 transitions' "$ERR"
}

# Python, where there is one, is a client like these.
@test "nc, curl and perl talk: the kernel agrees on all that both ends go through" {
	start -i lo --witness --as jsonl -c 300
	serve 8080 echo
	inside timeout 5 nc -N 127.0.0.1 8080 <<<hello
	inside timeout 5 curl -s --max-time 1 http://127.0.0.1:8080/ || true
	inside perl -MIO::Socket::IP -e 'my $s = IO::Socket::IP->new("[::1]:8080") or die $@;
		print $s "hello\n"; $s->flush; shutdown $s, 1; print while <$s>'
	inside perl -MIO::Socket::IP -e 'exit !!IO::Socket::IP->new("127.0.0.1:9")' # nobody listens
	await has_ended 1
	stop INT
	[ "$STATUS" = 0 ]
	agreed
	run -1 grep -E '"verdict":"(kernel-only|ours-only|other-[a-z]+)"' "$OUT"
	[ "$(grep -c '"verdict":"agreed"' "$OUT")" -ge 20 ]
	grep -q '"verdict":"same-verdict".*"reason":"NO_SOCKET"' "$OUT"
	grep -q '"verdict":"same-numbers"' "$OUT"
	grep -qE 'SND.UNA and SND.NXT at ([1-9][0-9]+) of \1 segments$' "$ERR"
}

# All that is told is compared, but for what came too close to another.
@test "a megabyte, there and back: SND.UNA and SND.NXT are the kernel's at every segment, over IPv6 too" {
	local to
	start -i lo --witness --as jsonl:witness
	serve 8080 echo
	for to in 127.0.0.1 ::1; do
		inside perl -MIO::Socket::IP -e 'my $s = IO::Socket::IP->new(PeerHost => shift, PeerPort => 8080) or die $@;
			for (1 .. 256) { print $s "x" x 4096; $s->flush; read $s, my $back, 4096 } shutdown $s, 1; print while <$s>' "$to"
	done
	stop INT
	agreed
	[ "$(sed -nE 's/.*SND.NXT at ([0-9]+) of \1 segments$/\1/p' "$ERR")" -ge 1000 ]
	run -1 grep -E '"verdict":"other-numbers"' "$OUT"
}

ladder() { # ladder WIDTH CASE: what --witness draws of it
	OUT=$BATS_TEST_TMPDIR/drawn ERR=$BATS_TEST_TMPDIR/said
	"$ACTOR" --netns --with "'$SYNFIN' capture --witness --style ascii --width $1 >'$OUT' 2>'$ERR'" "$2"
	cat "$OUT"
	agreed
}

@test "the ladder has the kernel's columns from 120 on" {
	local width
	for width in 120 140; do
		ladder $width four-close
		grep -qE '^ *1 .* SYN-SENT +SYN-SENT ' "$OUT"
		[ "$(grep -c 'FIN-WAIT-2.*FIN-WAIT-2' "$OUT")" -ge 1 ]
		run -1 grep -nE "^.{$((width + 1))}" "$OUT"
	done
	ladder 100 four-close
	run -1 grep -E 'SYN-SENT +SYN-SENT' "$OUT"
}

@test "a third ACK that the kernel has not taken is a row of its own" {
	ladder 120 lost-third-ack
	grep -qE 'kernel: server .*not ESTABLISHED: #3 has not moved it' "$OUT"
}

@test "it says why a crafted segment was refused, as we had said" {
	inject run bad-checksum --netns --witness -q --as jsonl </dev/null >"$BATS_TEST_TMPDIR/lines"
	jq -es 'any(.type == "witness" and .reason == "TCP_CSUM" and .verdict == "same-verdict")' \
		"$BATS_TEST_TMPDIR/lines"
	run -1 grep -E '"verdict":"other-verdict"' "$BATS_TEST_TMPDIR/lines"
}

@test "the kernel ignores a third ACK when the queue is full, and only it says so at once" {
	inject run accept-queue-full --netns --witness -q --as jsonl </dev/null >"$BATS_TEST_TMPDIR/lines"
	jq -es 'any(.verdict == "ours-only" and .ours == "ESTABLISHED" and .end == "server")' \
		"$BATS_TEST_TMPDIR/lines"
}

@test "without rights it says what is lacking, and goes on with what there is" {
	as_nobody "$BATS_FILE_TMPDIR/nobody/synfin" inject session --netns --witness --as list </dev/null \
		>out 2>err
	cat out err
	grep -q 'witness: no tracepoints (they need root, .*): states are asked for, not told' err
	grep -q '^Run it with sudo to be told.$' err
	grep -q '#1 ' out
	grep -qE 'kernel, asked [1-9][0-9]* times, agreed on ([1-9]) of \1 states, and on the numbers of 1 of 1 ends$' err
	run -1 grep -E '(kernel|ours)-only|transitions' err
}

@test "without rights there is no false row, and nothing is said with -q" {
	local name
	for name in three-way duplicate-syn rst-exact half-close simultaneous-close; do
		as_nobody "$BATS_FILE_TMPDIR/nobody/synfin" inject run "$name" --netns --witness -q \
			--as jsonl:witness </dev/null >>out 2>err
		[ ! -s err ]
	done
	grep -c '"verdict":"same-state"' out
	run -1 grep -E '"verdict":"(kernel-only|ours-only|unsaid|other-[a-z]+)"' out
}

@test "an end that another program crafts is none of the kernel's" {
	start -i lo --witness --as jsonl -p 8080
	serve 8080 echo
	inside "$SYNFIN" inject session 127.0.0.1:8080 -q --as list </dev/null
	await has_ended 1
	stop INT
	cat "$ERR"
	grep -q '"verdict":"by-design".*another program crafts' "$OUT"
	grep -q '"end":"server","verdict":"agreed"' "$OUT"
	run -1 grep -E '"verdict":"(kernel-only|ours-only|other-[a-z]+)"' "$OUT"
}

@test "where tracefs is not mounted it is mounted for us alone, and nobody sees it" {
	local mounts
	mounts=$(cat /proc/mounts)
	unshare --mount bash -c 'umount -q /sys/kernel/tracing; umount -q /sys/kernel/debug/tracing
		umount -q -l /sys/kernel/debug; ! [ -e /sys/kernel/tracing/events ] || exit 9
		exec "$@"' - "$SYNFIN" inject session --netns --witness --as list </dev/null >out 2>err
	cat out err
	grep -qE 'kernel agreed on ([1-9]+) of \1 transitions' err
	[ "$(cat /proc/mounts)" = "$mounts" ]
}

@test "a thousand connections in short: check-witness.sh" {
	run "$ROOT/tests/tools/check-witness.sh" --short
	echo "$output"
	[ "$status" = 0 ]
	[[ ${lines[0]} == SEED=* ]]
	[ "$(grep -cE ': agreed ([0-9]+) of \1 transitions, ([0-9]+) of \2 refused, ([0-9]+) of \3 ends, ([0-9]+) of \4 numbers$' <<<"$output")" -ge 25 ]
}

no_disagreement() { # in the file OUT, which has COUNT words of agreement at least
	run -1 grep -E '"verdict":"(kernel-only|ours-only|other-[a-z]+)"' "$OUT"
	[ "$(grep -c '"verdict":"agreed"' "$OUT")" -ge "$1" ]
}

@test "what comes behind the last frame that was taken is no disagreement" {
	local count
	for count in 5 9; do
		start -i lo --witness --as jsonl -c "$count"
		serve $((8080 + count)) echo
		inside timeout 5 nc -N 127.0.0.1 $((8080 + count)) <<<hello
		finish
		[ "$(grep -c '"type":"segment"' "$OUT")" = "$count" ]
		no_disagreement 2
		agreed
	done
}

@test "a filter that hides segments is spoken of, and no disagreement" {
	start -i lo --witness --as jsonl 'tcp[tcpflags] & tcp-fin == 0'
	serve 8080 echo
	inside timeout 5 nc -N 127.0.0.1 8080 <<<hello
	await shows '"verdict":"unsaid".*the filter may hide'
	stop INT
	grep -q 'witness: the filter may hide segments: ' "$ERR"
	no_disagreement 2
	start -i lo --witness --as jsonl 'port 8080'
	stop INT
	run -1 grep 'may hide' "$ERR"
}

@test "why it refused, or sent a RST: also what a listener says" {
	local name what
	while read -r name what; do
		inject run "$name" --netns --witness -q --as jsonl:witness </dev/null >"$BATS_TEST_TMPDIR/$name"
		grep -qE "$what" "$BATS_TEST_TMPDIR/$name" || { cat "$BATS_TEST_TMPDIR/$name"; return 1; }
		run -1 grep -E '"verdict":"(kernel-only|other-[a-z]+|unknown-reason)"' "$BATS_TEST_TMPDIR/$name"
	done <<-END
		timestamps-paws "n":4,.*"verdict":"by-design".*"TCP_RFC7323_PAWS"
		wrong-ack-in-syn-sent "n":2,.*"same-verdict".*"TCP_INVALID_ACK_SEQUENCE"
		wrong-ack-in-syn-sent "n":3,.*"verdict":"reset".*"TCP_INVALID_ACK_SEQUENCE"
		accept-queue-full "conn":3,"n":3,.*"by-design".*"TCP_LISTEN_OVERFLOW"
		rst-into-live-pair "n":6,.*"server","verdict":"reset".*"TCP_FLAGS"
		wrong-ack-in-syn-received "n":3,.*"same-verdict".*"TCP_FLAGS"
		unread-data "n":6,.*"verdict":"reset".*"TCP_ABORT_ON_CLOSE"
	END
}

@test "check-witness.sh fails when the kernel says nothing" {
	printf '#!/bin/bash\nfor a; do [ "$a" = --witness ] || b+=("$a"); done\nexec "%s" "${b[@]}"\n' \
		"$SYNFIN" >"$BATS_TEST_TMPDIR/deaf"
	chmod 755 "$BATS_TEST_TMPDIR/deaf"
	SYNFIN=$BATS_TEST_TMPDIR/deaf run -1 "$ROOT/tests/tools/check-witness.sh" --short
	[ "$(grep -c 'TOO LITTLE$' <<<"$output")" -ge 50 ]
}

@test "a view that shows nothing of it says so" {
	inject session --netns --witness --as list </dev/null >out 2>err
	grep -q 'witness: this view shows nothing of it' err
	inject session --netns --witness --as words </dev/null >out 2>err
	run -1 grep 'shows nothing' err
	inject session --netns --witness -q --as list </dev/null >out 2>err
	[ ! -s err ]
}
