#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# The examples of README.md: what they print is what stands there. Those that capture are run by
# tests/live/readme.bats.

load examples

setup() {
	enter_checkout
}

@test "every console example prints what stands below it" {
	[ "$(blocks "$ROOT/README.md" console | grep -c '^\$ ')" -ge 9 ]
	"$ROOT/tests/tools/readme.sh" "$ROOT/README.md" >today
	diff -u "$ROOT/README.md" today
}

@test "the test sees an output that is not so, a complaint and a failure" {
	printf '%s\n' '```console' '$ echo a |' '>   cat' 'a' '$ echo b' 'c' 'd' '```' '$ echo e' \
		'```console' '$ echo f >&2; false' '```' >made
	"$ROOT/tests/tools/readme.sh" made >today
	run -1 diff made today
	[ "$output" = $'6,7c6\n< c\n< d\n---\n> b\n11a11,12\n> f\n> exit status 1' ]
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

@test "what the examples print fits into 80 columns" {
	blocks "$ROOT/README.md" console | grep -v '^[$>] ' >all
	[ "$(wc -l <all)" -gt 70 ]
	run -1 grep -nE '^.{81}' all
}
