#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# synfin lab claims without an experiment: the list, misuse, texts that belong together, the page.
# shellcheck disable=SC2154 # bats sets stderr

bats_require_minimum_version 1.5.0

setup() {
	cd "$ROOT/labs/claims" || return
	page=$ROOT/share/man/synfin-claims.7
}

claims() {
	"$SYNFIN" lab claims "$@"
}

ids() {
	basename -s .lua C*.lua
}

# entries FILE: "ID|heading below it", of a page of texts.
headings() {
	awk '/^## / { id = $2; print id } /^### / { print id "|" $2 }' "$1"
}

# The expressions of a page: "ID EXPRESSION".
expressions() {
	awk '/^## / { id = $2 } { while (match($0, /\$\{[^}]*\}/)) {
		print id, substr($0, RSTART, RLENGTH); $0 = substr($0, RSTART + RLENGTH) } }' "$1" | sort
}

@test "all are listed, in both languages, in 80 columns" {
	local lang
	[ "$(ids | wc -l)" -ge 57 ]
	for lang in en zh_CN; do
		claims --lang $lang >"$BATS_TEST_TMPDIR/list"
		diff <(ids) <(grep -oE '^C[0-9]+' "$BATS_TEST_TMPDIR/list")
		[ "$(grep -cE '^C[0-9]+ +[^ ]' "$BATS_TEST_TMPDIR/list")" = "$(ids | wc -l)" ]
		# a character of three octets takes two columns
		LC_ALL=C awk '{ wide = gsub(/[\344-\357][\200-\277][\200-\277]/, "ww") } length($0) > 80 { print; bad = 1 }
			END { exit bad }' "$BATS_TEST_TMPDIR/list"
	done
	claims --lang zh_CN | grep -q 握手
	claims -o "$BATS_TEST_TMPDIR/file"
	claims | diff - "$BATS_TEST_TMPDIR/file"
}

@test "each script has its verdict and its texts, in both languages" {
	local lang
	for lang in en zh_CN; do
		diff <(ids) <(headings $lang.md | grep -v '|')
		diff <(ids) <(headings $lang.md | sed -n 's/|because$//p')
	done
	diff <(headings en.md) <(headings zh_CN.md)
	for id in $(ids); do
		[ "$(grep -cE '^documented "(true|partly|false)"$' "$id.lua")" = 1 ] || { echo "$id"; false; }
		head -n 1 "$id.lua" | grep -q '^-- .*[.?]$' || { echo "$id"; false; }
	done
}

@test "both languages work out the same numbers" {
	[ "$(expressions en.md | wc -l)" -gt 100 ]
	diff <(expressions en.md) <(expressions zh_CN.md)
}

@test "the manual page has all of them, with their verdicts and words" {
	local id wrong=0
	run -0 --separate-stderr groff -man -Tutf8 -wall -wmac -rLL=80n "$page"
	[ "$stderr" = "" ]
	groff -man -Tascii -rLL=9999n -rHY=0 -P-c -P-b -P-u "$page" >"$BATS_TEST_TMPDIR/page"
	for id in $(ids); do
		echo "$id $(sed -n 's/^documented "\(.*\)"$/\1/p' "$id.lua")"
	done | diff - <(sed -nE 's/^\.BR (C[0-9]+) " \((.*)\)"$/\1 \2/p' "$page") || wrong=1
	for id in $(ids); do
		awk -v id="$id" '/^## / { here = $2 == id; next } /^#/ { here = 0 } here && NF' en.md |
			tr '\n' ' ' | sed 's/ $//' >"$BATS_TEST_TMPDIR/words"
		tr -s ' ' <"$BATS_TEST_TMPDIR/page" | grep -qF -f "$BATS_TEST_TMPDIR/words" ||
			{ echo "$id: $(<"$BATS_TEST_TMPDIR/words")"; wrong=1; }
	done
	[ "$wrong" = 0 ]
}

@test "the functions that a script may call stand in the page" {
	local name
	for name in $(sed -n '/claim_functions\[\] = {/,/};/p' "$ROOT/labs/claim_play.c" |
		grep -oE '\{"[a-z]+"' | tr -d '{"'); do
		grep -qE "\\\\fB$name\(|^\.B $name|, \\\\fB$name\(" "$page" || { echo "$name"; false; }
	done
}

# arguments | a pattern of what is said first | ... and then
misuse="C99|synfin: there is no claim 'C99': did you mean 'C09'?|synfin lab claims shows them all.
C25 nonsense|synfin: there is no claim 'nonsense'|synfin lab claims shows them all.
C25 --student me|synfin lab: lab claims takes no --student|
C25 --format csv|synfin lab: lab claims takes no --format|"

@test "misuse: exit status 2, and what is meant" {
	local arguments first second
	while IFS='|' read -r arguments first second; do
		# shellcheck disable=SC2086 # words
		run -2 --separate-stderr "$SYNFIN" lab claims $arguments
		# shellcheck disable=SC2154 # bats sets it
		[[ ${stderr_lines[0]} == $first* ]] || { echo "$arguments: $stderr"; false; }
		[ -z "$second" ] || [ "${stderr_lines[1]}" = "$second" ]
		[ -z "$output" ]
	done <<<"$misuse"
}

@test "a file that cannot be written: exit status 1, nothing is tried" {
	run -1 --separate-stderr "$SYNFIN" lab claims C01 -o "$BATS_TEST_TMPDIR/none/file"
	[[ $stderr == 'synfin: cannot write '* ]]
}
