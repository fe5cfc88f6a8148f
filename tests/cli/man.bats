#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# The manual pages: well-formed, their options are those of --help, their examples run.

load examples

setup() {
	enter_checkout
}

# names FILE: the option names that begin its lines, "-c --count" as one word each, sorted.
names() {
	grep -oE '^ +(-[^ ,]([ ,]|$).*|--[a-z-]+.*)' "$1" | sed -E 's/  +[^- ].*//' |
		grep -oE -- '(^|[ ,])(--[a-z-]+|-[A-Za-z?])' | tr -d ' ,' | sort -u
}

# page NAME [DEVICE]: as it is read, in 80 columns.
page() {
	groff -man -T"${2:-ascii}" -wall -wmac -rLL=80n -P-c -P-b -P-u "$ROOT/share/man/$1.1"
}

section() { # section NAME: of a page on standard input
	awk -v name="$1" '/^[A-Z]/ { here = $0 == name; next } here'
}

@test "groff has nothing to complain of, and no line is longer than 80" {
	local name
	for name in synfin synfin-analyze synfin-capture synfin-doctor synfin-inject synfin-lab; do
		run -0 --separate-stderr page $name utf8
		[ -z "$stderr" ] || { echo "$name: $stderr"; false; }
		[ "${#lines[@]}" -gt 40 ]
		page $name >text
		run -1 grep -nE '^.{81}' text
	done
}

@test "the options of --help stand in the page, and those of the page in --help" {
	local command
	for command in analyze capture doctor inject lab; do
		synfin $command --help >help.text
		page synfin-$command | section OPTIONS >page.text
		names help.text >help.names
		names page.text >page.names
		[ "$(wc -l <help.names)" -ge $([ $command = doctor ] && echo 4 || echo 17) ]
		diff -u help.names page.names || { echo "synfin-$command"; false; }
	done
}

@test "the page of inject tells of every kind that there is, in its SYNOPSIS and below" {
	local kind kinds
	run -2 synfin inject nosuch
	kinds=$(sed -n 's/.*choose from //p' <<<"${lines[0]}" | tr -d ,)
	[ "$(wc -w <<<"$kinds")" -ge 11 ]
	for kind in $kinds; do
		page synfin-inject | section SYNOPSIS | grep -qwF "$kind" || { echo "SYNOPSIS: $kind"; false; }
		page synfin-inject | section DESCRIPTION | grep -qE "^ {2,3}([^ ].*)?\b$kind\b" ||
			{ echo "no heading: $kind"; false; }
		man_examples "$ROOT/share/man/synfin-inject.1" | grep -qE "inject $kind\b" ||
			{ echo "no example: $kind"; false; }
	done
}

@test "the page knows the same views and jsonl types as the command" {
	local word
	run -2 synfin analyze --as nosuch x
	for word in $(sed -n 's/.*choose from //p' <<<"${lines[0]}" | tr -d ,); do
		page synfin | section VIEWS | grep -qE "^ +$word( |$)" || { echo "$word"; false; }
	done
	run -2 synfin analyze --as jsonl:nosuch x
	for word in $(sed -n 's/.*choose from //p' <<<"${lines[0]}" | tr -d ,); do
		[ "$word" != diagnosis ] || continue # taken, but no such line is written yet
		page synfin | section 'JSON LINES' | grep -qwE "^ +(datagram, )?$word" || { echo "$word"; false; }
	done
}

@test "the examples without sudo run" {
	local name line ran=0
	for name in synfin synfin-analyze synfin-capture synfin-doctor synfin-inject synfin-lab; do
		man_examples "$ROOT/share/man/$name.1" >examples
		[ -s examples ]
		while read -r line; do
			[[ $line != sudo* ]] || continue
			has_namespaces || [[ $line != *--netns* && $line != *'lab run'* ]] || continue
			echo "$name: $line"
			XDG_STATE_HOME=$PWD/state bash -o pipefail -c "$line" >out 2>err </dev/null ||
				{ [ $? = 3 ] && [[ $line == 'synfin lab run '* ]]; } # all was skipped
			[ -s out ]
			[[ $line == *'synfin inject '* ]] || [ ! -s err ] || { cat err; false; }
			run -1 grep -E '^synfin: .*(cannot|needs rights)' err
			ran=$((ran + 1))
		done <examples
	done
	[ "$ran" -ge 12 ]
}

@test "every page is in NAME form, and points to pages that exist" {
	local file name
	for file in "$ROOT"/share/man/*.1; do
		name=$(basename "$file" .1)
		grep -q "^${name/-/\\\\-} \\\\- " "$file" || { echo "$file: NAME"; false; }
		grep -oE 'synfin(\\-[a-z]+)? \([17]\)' "$file" | tr -d '\\()' | tr ' ' . >others
		[ -s others ]
		while read -r name; do
			[ -e "$ROOT/share/man/$name" ] || { echo "$file: $name"; false; }
		done <others
	done
}

@test "the page lists every difference between the kernel's word and ours that is by design" {
	local why
	sed -n '/designs\[\] = {/,/^};/p' "$ROOT/analysis/model/agree_table.c" | grep -oE '"[^"]+"' | tr -d '"' |
		sort -u >rows
	[ "$(wc -l <rows)" -ge 18 ]
	while read -r why; do
		grep -qixF "$why." "$ROOT/share/man/synfin.1" || { echo "$why"; false; }
	done <rows
	[ "$(wc -l <rows)" = "$(sed -n "/^.SH THE KERNEL'S WORD/,/^.SH EXIT/p" "$ROOT/share/man/synfin.1" | grep -c '^.TP')" ]
}

@test "the page of lab tells of every command that there is" {
	local act
	run -2 synfin lab nosuch
	for act in $(sed -n 's/.*choose from //p' <<<"${lines[0]}" | tr -d ,); do
		page synfin-lab | section SYNOPSIS | tr '|' ' ' | grep -qwF -- "$act" || { echo "SYNOPSIS: $act"; false; }
		page synfin-lab | section DESCRIPTION | grep -qE -- "^ +$act( |$)" || { echo "$act"; false; }
	done
	run -0 --separate-stderr groff -man -Tutf8 -wall -wmac -rLL=80n "$ROOT/share/man/synfin-exercises.7"
	[ -z "$stderr" ]
	groff -man -Tascii -rLL=80n -P-c -P-b -P-u "$ROOT/share/man/synfin-exercises.7" >text
	run -1 grep -nE '^.{81}' text
	for act in $(sed -n 's/^function \([a-z_]*\)(.*/\1/p' "$ROOT/labs/prelude.lua"); do
		grep -qE "^ +$act\(" text || { echo "$act"; false; }
	done
}
