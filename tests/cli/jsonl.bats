#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# Every line of every capture in pcaps/, against share/schema: types, required members, their types.

load schema

setup_file() {
	ROOT=${ROOT:-$(cd "$BATS_TEST_DIRNAME/../.." && pwd)}
	SYNFIN=${SYNFIN:-$ROOT/synfin}
	export ROOT SYNFIN LINES_FILE=$BATS_FILE_TMPDIR/all.jsonl
	for f in "$ROOT"/pcaps/*.pcap; do
		"$SYNFIN" analyze "$f" --as jsonl || return 1
	done >"$LINES_FILE"
}

@test "every line is what the schema says" {
	[ "$(wc -l <"$LINES_FILE")" -gt 100 ]
	run check <"$LINES_FILE"
	[ "$status" = 0 ]
	[ -z "$output" ] || { echo "$output" | sort | uniq -c; false; }
}

@test "the check can fail" {
	line='{"type":"end","v":1,"frames":1,"connections":1,"kernel_dropped":0}'
	[ -z "$(check <<<"$line")" ]
	[ -n "$(check <<<"${line/\"v\":1/\"v\":2}")" ]
	[ -n "$(check <<<"${line/\"frames\":1,/}")" ]
	[ -n "$(check <<<"${line/\"frames\":1/\"frames\":\"1\"}")" ]
	[ -n "$(check <<<"${line/\"frames\":1/\"frames\":-1}")" ]
	[ -n "$(check <<<"${line/\"frames\"/\"frame\"}")" ]
	[ -n "$(check <<<'{"type":"ends"}')" ]
}

@test "a segment that synfin sent says so; no capture file holds one" {
	run grep -c crafted "$LINES_FILE"
	[ "$output" = 0 ]
	line=$(grep -m1 '"type":"segment"' "$LINES_FILE")
	[ -z "$(check <<<"${line%?},\"crafted\":true}")" ]
	[ -n "$(check <<<"${line%?},\"crafted\":1}")" ]
}

@test "the schema's types are those that the command takes" {
	for type in $(jq -r '."$defs" | keys[] | select(IN("state", "states", "doctor") | not)' \
		"$ROOT/share/schema/synfin-1.schema.json"); do
		"$SYNFIN" analyze "$ROOT/pcaps/close-four.pcap" --as "jsonl:$type" >/dev/null
	done
}

@test "a type named alone comes alone" {
	run "$SYNFIN" analyze "$ROOT/pcaps/close-four.pcap" --as jsonl:connection
	[ "$status" = 0 ]
	[ "$(jq -r .type <<<"$output")" = connection ]
}

@test "the arithmetic adds up on every segment" {
	run jq -r 'select(.type == "segment" and .arith) | .arith |
		select((.from + .syn + .data + .fin) % 4294967296 != .ack)' "$LINES_FILE"
	[ "$status" = 0 ]
	[ -z "$output" ]
}

@test "capture comes first, end last, and end counts the connections" {
	for f in "$ROOT"/pcaps/*.pcap; do
		run bash -c "'$SYNFIN' analyze '$f' --as jsonl | jq -rs '
			.[0].type, .[-1].type,
			(map(select(.type == \"connection\")) | length) - .[-1].connections'"
		[ "$output" = $'capture\nend\n0' ] || { echo "$f: $output"; false; }
	done
}

@test "packets of a connection are its segment lines" {
	run jq -rs '[.[] | select(.type == "connection")] | map(.packets.c2s + .packets.s2c) | add' \
		"$LINES_FILE"
	packets=$output
	run jq -rs '[.[] | select(.type == "segment" and (.retold | not))] | length' "$LINES_FILE"
	[ "$packets" = "$output" ]
}
