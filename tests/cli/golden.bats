#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# Every capture in every view, as tests/golden has it (tests/tools/golden.sh --update writes it), and
# what must hold of each drawing whatever it shows.

setup_file() {
	ROOT=${ROOT:-$(cd "$BATS_TEST_DIRNAME/../.." && pwd)}
	export ROOT SYNFIN=${SYNFIN:-$ROOT/synfin} LC_ALL=C.UTF-8
}

@test "every drawing is the expected one" {
	run "$ROOT/tests/tools/golden.sh"
	[ "$status" = 0 ] || { echo "$output"; false; }
	[[ ${lines[-1]} =~ ^([0-9]+)\ compared,\ 0\ differ$ ]]
	[ "${BASH_REMATCH[1]}" -gt 200 ]
}

@test "every capture has its drawings, and every drawing its capture" {
	[ "$(cd "$ROOT/pcaps" && ls ./*.pcap)" = "$(cd "$ROOT/tests/golden" && ls -d ./* | sed 's/$/.pcap/')" ]
}

@test "the comparison can fail" {
	cp -r "$ROOT/tests/golden" "$BATS_TEST_TMPDIR/golden"
	cd "$BATS_TEST_TMPDIR/golden/refused"
	sed -i 's/seq=0 /seq=1 /' ladder-80.txt
	touch extra.txt
	rm figure.txt
	GOLDEN=$BATS_TEST_TMPDIR/golden run "$ROOT/tests/tools/golden.sh" refused
	[ "$status" = 1 ]
	[ "${lines[-1]}" = "11 compared, 3 differ" ]
	[[ $output == *"not as expected: synfin analyze pcaps/refused.pcap --as ladder --width 80"* ]]
	[[ $output == *"nothing draws"*"/refused/extra.txt"* ]]
}

# cells: the most columns that a line of standard input takes.
cells() {
	sed 's/\x1b\[[0-9;]*m//g' | wc -L
}

@test "cells are counted, not octets or colours" {
	[ "$(printf 'abc\n' | cells)" = 3 ]
	[ "$(printf '│─▶\n' | cells)" = 3 ]
	[ "$(printf '\e[1;32mab\e[0m\n' | cells)" = 2 ]
}

# widest VIEW WIDTH FILE...: the most cells of all their lines.
widest() {
	local view=$1 width=$2 f
	shift 2
	for f; do
		"$SYNFIN" analyze "$f" --as "$view" --width "$width" --style unicode
	done | cells
}

@test "no line passes the width" {
	for view in ladder list words figure; do
		for width in 40 59 60 119; do
			# The list has columns as wide as they must be; below 60 it has cards.
			[ "$view:$((width >= 60))" != list:1 ] || continue
			[ "$(widest $view $width "$ROOT"/pcaps/*.pcap)" -le "$width" ] || {
				for f in "$ROOT"/pcaps/*.pcap; do
					echo "${f##*/} --as $view --width $width: $(widest $view $width "$f")"
				done
				false
			}
		done
	done
}

@test "colour changes nothing but colour" {
	for f in close-four refused lost-last-ack; do
		for view in ladder list words; do
			"$SYNFIN" analyze "$ROOT/pcaps/$f.pcap" --as $view --width 80 \
				--color always >"$BATS_TEST_TMPDIR/color"
			[ "$view" != ladder ] || grep -q $'\e\\[' "$BATS_TEST_TMPDIR/color"
			sed 's/\x1b\[[0-9;]*m//g' "$BATS_TEST_TMPDIR/color" |
				diff - "$ROOT/tests/golden/$f/$view-80.txt"
		done
	done
}

@test "a figure read back is the same connection: its numbers are the capture's" {
	for f in "$ROOT"/pcaps/*.pcap; do
		name=${f##*/} name=${name%.pcap}
		[ "$name" != two-hundred ] || continue
		"$SYNFIN" analyze "$f" --as jsonl:segment | jq -r 'select(.retold | not) |
			"<SEQ=\(.seq)>" + (if .ack then "<ACK=\(.ack)>" else "" end) + "<CTL=\(.flags | join(","))>" +
			(if .len == 10 then "<DATA>" elif .len > 0 then "<DATA=\(.len)>" else "" end)' \
			>"$BATS_TEST_TMPDIR/json"
		"$SYNFIN" analyze "$f" --as figure | grep -o '<SEQ=[^ ]*>' | diff - "$BATS_TEST_TMPDIR/json"
	done
}

@test "all styles draw the same but for glyphs" {
	for style in unicode cjk; do
		for width in 40 80 120; do
			diff <(tr -cd 'A-Za-z0-9=,.:\n' <"$ROOT/tests/golden/close-four/ladder-$width.txt") \
				<(tr -cd 'A-Za-z0-9=,.:\n' <"$ROOT/tests/golden/close-four/ladder-$width-$style.txt")
		done
	done
}
