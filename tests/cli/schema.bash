# SPDX-License-Identifier: MIT
# For the tests of JSON: each line against share/schema. Needs ROOT.
# shellcheck shell=bash

# check: what is wrong with the lines on standard input. The part of JSON Schema that the file uses,
# as a jq function.
check() {
	jq -r --slurpfile schema "$ROOT/share/schema/synfin-1.schema.json" '
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
