#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# The table of pcaps/README.md: a line for each capture, with the names of what happens in it.
# shellcheck disable=SC2016 # backticks of Markdown

bats_require_minimum_version 1.5.0

# names CAPTURE: of its connections in their order, each set of names once.
names() {
	"$SYNFIN" analyze "$1" --as jsonl:connection | jq -rs 'sort_by(.conn) | map(.diagnoses | join(" ")) |
		reduce .[] as $set ([]; if IN(.[]; $set) then . else . + [$set] end) |
		map("`\(.)`") | join("; ")'
}

# table README: the file and the names of each line.
table() {
	awk -F ' *\\| *' '$2 ~ /^`.*\.pcap`$/ { gsub("`", "", $2); print $2 "\t" $(NF - 1) }' "$1"
}

# compare README DIRECTORY: what differs, and how many captures there are.
compare() {
	local f
	{
		table "$1" | sed 's/^/- /'
		for f in "$2"/*.pcap; do
			printf '+ %s\t%s\n' "$(basename "$f")" "$(names "$f")"
		done
	} | sort -s -k 2,2 | awk '
		{ kind = $1; sub(/^. /, "") }
		kind == "-" { if ($0 in written) print "twice: " $0; written[$0] }
		kind == "+" { found[$0]; n++ }
		END {
			for (line in found) if (!(line in written)) print "is: " line
			for (line in written) if (!(line in found)) print "stands there: " line
			print n " captures"
		}'
}

@test "each capture shows what its line says" {
	run -0 compare "$ROOT/pcaps/README.md" "$ROOT/pcaps"
	[ "$output" = "$(find "$ROOT/pcaps" -name '*.pcap' | wc -l) captures" ]
	[ "$(find "$ROOT/pcaps" -name '*.pcap' | wc -l)" -ge 18 ]
}

@test "a wrong name, a missing line, a line without a file and one that stands twice are seen" {
	local here=$BATS_TEST_TMPDIR
	cp "$ROOT"/pcaps/close-*.pcap "$ROOT/pcaps/half-close.pcap" "$ROOT/pcaps/refused.pcap" "$here"
	grep -E '`(close-.*|half-close|ipv6)\.pcap`' "$ROOT/pcaps/README.md" |
		sed '/`half-close.pcap`/s/close-four/close-three/' >"$here/README.md"
	grep '`close-three.pcap`' "$ROOT/pcaps/README.md" >>"$here/README.md"
	run -0 compare "$here/README.md" "$here"
	[ "${#lines[@]}" = 6 ]
	[[ $output == *$'is: half-close.pcap\t'*" close-four "* ]]
	[[ $output == *$'stands there: half-close.pcap\t'*" close-three "* ]]
	[[ $output == *$'is: refused.pcap\t`'*"refused\`"* ]]
	[[ $output == *$'stands there: ipv6.pcap\t'* ]]
	[[ $output == *$'twice: close-three.pcap\t'* ]]
	[[ $output == *"5 captures" ]]
}
