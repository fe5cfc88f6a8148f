#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# Every line of every capture in pcaps/, against share/schema: types, required members, their types.

setup_file() {
	ROOT=${ROOT:-$(cd "$BATS_TEST_DIRNAME/../.." && pwd)}
	SYNFIN=${SYNFIN:-$ROOT/synfin}
	export ROOT SYNFIN LINES_FILE=$BATS_FILE_TMPDIR/all.jsonl
	for f in "$ROOT"/pcaps/*.pcap; do
		"$SYNFIN" analyze "$f" --as jsonl || return 1
	done >"$LINES_FILE"
	# The part of JSON Schema that the file uses, as a jq function; prints what is wrong.
	export CHECK='
		def typed($t): . as $v | ($t | if type == "array" then . else [.] end) | any(
			. == ($v | type) or . == "integer" and ($v | type) == "number" and ($v | floor) == $v);
		def bad($s; $defs; $at): . as $v |
			if $s["$ref"] then bad($defs[$s["$ref"] | ltrimstr("#/$defs/")]; $defs; $at) else
				(if $s.type and (typed($s.type) | not) then "\($at): \($v) is no \($s.type)" else empty end),
				(if ($s | has("const")) and $s.const != $v then "\($at): \($v)" else empty end),
				(if $s.enum and ($s.enum | any(. == $v) | not) then "\($at): \($v)" else empty end),
				(if $s.minimum and ($v | type) == "number" and $v < $s.minimum then "\($at): \($v)" else empty end),
				(if $s.maximum and ($v | type) == "number" and $v > $s.maximum then "\($at): \($v)" else empty end),
				(if ($v | type) == "object" then
					(($s.required // [])[] | select(. as $k | $v | has($k) | not) | "\($at).\(.) is missing"),
					($v | keys[] | . as $k | ($s.properties // {})[$k] // $s.additionalProperties
						| if . then . as $sub | $v[$k] | bad($sub; $defs; "\($at).\($k)")
						else "\($at).\($k) is not in the schema" end) else empty end),
				(if ($v | type) == "array" and $s.items then
					$v[] | bad($s.items; $defs; "\($at)[]") else empty end) end;
		$schema[0]["$defs"] as $defs | $defs[.type] as $s |
		if $s then bad($s; $defs; .type) else "unknown type \(.type)" end'
}

check() {
	jq -r --slurpfile schema "$ROOT/share/schema/synfin-1.schema.json" "$CHECK"
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
	for type in $(jq -r '."$defs" | keys[] | select(. != "state" and . != "states")' \
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
