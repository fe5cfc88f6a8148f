#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# The examples of README.md: what they print is what stands there. Those that capture are run by
# tests/live/readme.bats; those that inject are tried here as far as their options go.

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

# A table of README.md says which commands its options belong to: in its head, before the first bar.
tables() { # tables COMMAND: the options in those that name it
	awk -v name="\`$1" '/^\| / && !inside { here = index($0, name) } { inside = /^\|/ } here && inside' \
		"$ROOT/README.md" | grep -oE '`--?[A-Za-z][a-z-]*' | tr -d '`' | sort -u
}

@test "every other command line can be run: apt's, make's, nc's, a capture, an injection" {
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
		'nc '* | 'curl '* | 'ss '*) [[ $line == *8080* ]] ;;
		'./synfin lab next'*) bash -c "$line --help" | grep -q '^Usage: synfin lab' ;;
		'sudo ./synfin inject '* | './synfin inject '*' --netns'*)
			bash -c "${line#sudo } --help" | grep -q '^Usage: synfin inject'
			;;
		*'./synfin doctor') bash -c "${line#sudo }" | grep -q '^  ok   capture files ' ;;
		*) [[ $line == 'sudo ./synfin capture '* ]] ;;
		esac
	done <lines
}

@test "every option in a command's tables is one of its --help, and the other way round" {
	local command option short
	for command in analyze capture inject lab; do
		synfin $command --help | grep -oE '^ +(-[A-Za-z], +)?--[a-z-]+' |
			grep -vE -- '--(help|usage|quiet|read)$' | sort -u >there
		tables $command >written
		[ "$(wc -l <there)" -ge 14 ]
		while read -r option; do
			grep -qE -- "(^| )$option(,|$)" there || [ "$option" = -q ] ||
				{ echo "not in $command --help: $option"; false; }
		done <written
		while IFS=' ,' read -r short option; do
			grep -qxF -e "$short" -e "${option:-$short}" written ||
				{ echo "not in README for $command: $short $option"; false; }
		done <there
	done
}

@test "every option that it names anywhere is one of some command" {
	local option
	for option in analyze capture inject explain doctor lab; do
		synfin $option --help
	done >there
	# shellcheck disable=SC2016 # backticks of Markdown
	grep -oE '`-[^`]+`' "$ROOT/README.md" | tr -d '`' | grep -oE '^--?[A-Za-z][a-z-]*' | sort -u >written
	[ "$(wc -l <written)" -ge 30 ]
	while read -r option; do
		grep -qE -- "^ .*$option([,= ]|$)" there || { echo "$option"; false; }
	done <written
}

@test "the kinds of injection in its table are those of the command" {
	run -2 synfin inject nosuch
	sed -n 's/.*choose from //p' <<<"${lines[0]}" | tr -d , | tr ' ' '\n' | sort >there
	# shellcheck disable=SC2016 # backticks of Markdown
	awk '/^\| what \| \|/ { here = 1 } /^$/ { here = 0 } here' "$ROOT/README.md" |
		grep -oE '`[a-z]+' | tr -d '`' | sort -u >written
	run -0 comm -23 there written
	[ -z "$output" ] || { echo "not in README: $output"; false; }
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
