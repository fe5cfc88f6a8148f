#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# The examples of README.md: what they print is what stands there. Those that capture are run by
# tests/live/readme.bats.

load examples

setup() {
	enter_checkout
}

# Split console blocks into NUMBER.command and NUMBER.output; prints how many there are.
split() {
	awk '
		/^\$ / { close(out); n++; sub(/^\$ /, ""); print >(n ".command"); out = n ".output"
			printf "" >out; next }
		/^> / && n { sub(/^> /, ""); print >>(n ".command"); next }
		{ print >out }
		END { print n + 0 }'
}

@test "every console example prints what stands below it" {
	local count i
	count=$(blocks "$ROOT/README.md" console | split)
	[ "$count" -ge 9 ]
	for ((i = 1; i <= count; i++)); do
		echo "example: $(cat "$i.command")"
		bash -o pipefail "$i.command" >"$i.real" 2>"$i.error"
		[ ! -s "$i.error" ] || { cat "$i.error"; false; }
		diff -u "$i.output" "$i.real"
	done
}

@test "the test sees an output that is not so" {
	printf '$ echo a |\n> cat\na\n$ echo b\nc\n' | split
	[ "$(cat 1.command)" = $'echo a |\ncat' ]
	[ "$(cat 1.output)" = a ]
	[ "$(bash 2.command)" != "$(cat 2.output)" ]
}

@test "every other command line can be run: apt's, make's, or a capture" {
	local line target
	blocks "$ROOT/README.md" sh >lines
	[ "$(wc -l <lines)" -ge 6 ]
	while read -r line; do
		echo "line: $line"
		case $line in
		'sudo apt-get install make git') ;;
		'sudo make '*)
			target=${line##* }
			grep -qE "^$target:.*##" "$ROOT/Makefile"
			;;
		*) [[ $line == 'sudo ./synfin capture '* ]] ;;
		esac
	done <lines
}

@test "every option in its tables is one of --help, and the other way round" {
	local command option short
	for command in analyze capture; do
		synfin $command --help
	done | grep -oE '^ +(-[A-Za-z], +)?--[a-z-]+' | grep -vE -- '--(help|usage|quiet|read)$' |
		sort -u >there
	[ "$(wc -l <there)" -ge 18 ]
	# shellcheck disable=SC2016 # backticks of Markdown
	grep -oE '`-[^`]+`' "$ROOT/README.md" | tr -d '`' | grep -oE '^--?[A-Za-z][a-z-]*' >written
	while read -r option; do
		grep -qE -- "(^| )$option(,|$)" there || [ "$option" = -q ] ||
			{ echo "not in --help: $option"; false; }
	done <written
	while IFS=' ,' read -r short option; do
		grep -qxF -e "$short" -e "${option:-$short}" written ||
			{ echo "not in README: $short $option"; false; }
	done <there
}

@test "the files it points to exist" {
	local file
	grep -oE '\]\([^)#]+\)' "$ROOT/README.md" | tr -d ']()' >links
	[ -s links ]
	while read -r file; do
		[ -e "$ROOT/$file" ] || { echo "$file"; false; }
	done <links
}

@test "its ladders fit into 80 columns" {
	blocks "$ROOT/README.md" console | grep -E ' (\||time\(s\))' | grep -v '^[$>#]' >all
	[ "$(wc -l <all)" -gt 60 ]
	run -1 grep -nE '^.{81}' all
}
