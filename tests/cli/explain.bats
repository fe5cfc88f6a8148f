#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# synfin explain: pages of names, stories of connections, and what it says when asked for neither.

load examples

setup() {
	enter_checkout
}

# refused STATUS FIRST LAST ARGUMENT...: the exit status, nothing on standard output, the first and
# the last line on standard error (patterns).
refused() {
	local status_wanted=$1 first=$2 last=$3
	shift 3
	run --separate-stderr synfin explain "$@"
	echo "explain $*: exit $status"
	printf '%s\n' "$stderr"
	[ "$status" = "$status_wanted" ]
	[ -z "$output" ]
	# shellcheck disable=SC2053 # patterns
	[[ ${stderr_lines[0]-} == $first && ${stderr_lines[-1]-} == $last ]]
}

@test "without arguments: how to ask, then every name once with its title, in 80 columns" {
	synfin explain >contents
	run -1 grep -nE '^.{81}|	' contents
	[ "$(head -n 1 contents)" = "  synfin explain close-three      a diagnosis" ]
	for title in Opening 'While established' Closing Reset TIME-WAIT 'Capture artefacts' States Flags Options; do
		[ "$(grep -cx "$title" contents)" = 1 ]
	done
	synfin explain --list >names
	[ "$(wc -l <names)" -ge 110 ]
	[ "$(sort names | uniq -d)" = "" ]
	awk 'NR > 3 && /^  / { print $1 }' contents | diff - names
	run -1 grep -nE '^  [^ ]+ *$' contents
}

@test "every name has a page of 80 columns with an example, and nothing is said beside it" {
	local name
	while read -r name; do
		synfin explain "$name" >page 2>err
		[ ! -s err ] || { cat err; false; }
		[ "$(head -n 1 page | cut -d : -f 1)" = "$name" ]
		grep -qx Example page || { echo "$name: no example"; false; }
		[[ $(<page) != *$'\n\n\n'* ]] || { echo "$name: two empty lines"; false; }
		run -1 grep -nE '^.{81}' page
	done < <(synfin explain --list)
}

@test "every diagnosis that the schema and the catalogue know is explained" {
	grep -hoE '\{"[a-z]+(-[a-z]+)*", *(INFO|WARNING|ERROR)' "$ROOT"/analysis/model/catalogue*.c |
		cut -d '"' -f 2 | sort >diagnoses
	[ "$(wc -l <diagnoses)" -ge 80 ]
	synfin explain --list | sort | comm -23 diagnoses - >missing
	[ ! -s missing ] || { cat missing; false; }
}

@test "a page: severity, phase, RFC, meaning, rule, example, causes, what to try" {
	run -0 synfin explain refused
	[ "${lines[0]}" = "refused: RST,ACK in answer to the SYN: nobody listens" ]
	[ "${lines[1]}" = "error, opening; RFC 9293, section 3.5.2" ]
	[[ $output == *$'\n\nRule\n  A RST,ACK'* ]]
	[[ $output == *$'\n\nExample\n#1  192.0.2.1:40000 -> 192.0.2.2:80'* ]]
	[[ $output == *'!! refused #1 #2: The server refused the connection'* ]]
	[[ $output == *$'\n\nUsual causes\n  '*$'\n\nWhat to try\n  ss -ltn'* ]]
}

@test "the sentence of an info, and what else the example shows" {
	run -0 synfin explain close-three
	[[ $output == *$'\n  . close-three #4 #5 #6\n'* ]]
	[[ $output == *$'\n\n  The client closed first, in three segments'* ]]
	[[ $output == *$'Also named in this example: handshake-complete,'* ]]
	[[ $output != *'. handshake-complete'* ]]
}

@test "a state in any case, with its arrows; the diagnosis of the same name is another page" {
	synfin explain FIN-WAIT-2 >upper
	synfin explain fin-wait-2 | diff upper -
	grep -qx '  FIN-WAIT-1   -> FIN-WAIT-2    receives the ACK of its FIN' upper
	grep -qx '  FIN-WAIT-2   -> TIME-WAIT     receives a FIN' upper
	run -0 synfin explain time-wait
	[[ ${lines[-1]} == "TIME-WAIT is another page: "* ]]
	run -0 synfin explain TIME-WAIT
	[[ ${lines[-1]} == "time-wait is another page: "* ]]
}

@test "the looks of analyze hold for the example" {
	run -0 synfin explain refused --seq abs
	[[ $output == *'seq=1000 '* ]]
	run -0 synfin explain refused --style unicode
	[[ $output == *'▶'* ]]
	run -0 synfin explain refused --color always
	[[ $output == *$'\033[38;5;160mRST'* ]]
	run -0 synfin explain refused --color never
	[[ $output != *$'\033'* ]]
	run -0 synfin explain refused --as words
	[[ $output == *'#1.2 at 0.010000 s: server sends RST,ACK'* ]]
	run -0 synfin explain refused --as jsonl:connection
	[[ $output == *'"diagnoses":["refused"]'* ]]
	synfin explain close-four --width 40 >narrow
	run -1 grep -nE '^.{41}' narrow
	synfin explain close-four --width 130 >wide
	grep -qE '^.{90}' wide
	sed '/^Example$/,/^Usual causes$/d' wide >text
	run -1 grep -nE '^.{81}' text
}

@test "the story of the only connection, and of one of many" {
	run -0 --separate-stderr synfin explain pcaps/close-three.pcap
	[ -z "$stderr" ]
	[[ ${lines[0]} == 'Connection #1: on 2026-'*' UTC, client 127.0.0.1:40002' ]]
	[[ $output == *'takes three segments'* ]]
	[[ $output == *'holds TIME-WAIT from'* ]]
	[ "${lines[-1]}" = "Nothing in it calls for a warning." ]
	run -0 synfin explain --id 3 pcaps/two-hundred.pcap
	[[ ${lines[0]} == 'Connection #3: on '* ]]
	[ "$(grep -c '^Connection #' <<<"$output")" = 1 ]
	run -0 synfin explain --id '#1' - <pcaps/refused.pcap
	[[ $output == *$'\n\nError: refused (#1.1, #1.2). '* ]]
}

@test "every capture has a story of whole sentences in 80 columns" {
	local file
	for file in pcaps/*.pcap; do
		synfin explain "$file" --id 1 >story 2>err
		[ ! -s err ] || { cat err; false; }
		run -1 grep -nE '^.{81}|\.[A-Z]|  |\(null\)|[{}]' story
		[ "$(tail -c 2 story)" = . ]
	done
}

@test "a file is a file, though it has the name of something" {
	cp pcaps/close-four.pcap refused
	cp pcaps/close-four.pcap some-file
	run -0 synfin explain refused
	[[ ${lines[0]} == refused:* ]]
	run -0 synfin explain ./refused
	[[ ${lines[0]} == 'Connection #1'* ]]
	run -0 synfin explain refused --id 1
	[[ ${lines[0]} == 'Connection #1'* ]]
	run -0 synfin explain some-file
	[[ ${lines[0]} == 'Connection #1'* ]]
}

@test "what cannot be explained: the cause, and what to do" {
	printf 'no capture' >text.txt
	head -c 200 pcaps/close-four.pcap >cut.pcap
	refused 2 "synfin: there is nothing to explain by the name of 'clse-three': did you mean 'close-three'?" \
		'synfin explain lists all names.' clse-three
	refused 2 "*'FINWAIT2': did you mean 'FIN-WAIT-2'?" 'synfin explain lists all names.' FINWAIT2
	refused 2 "*by the name of 'xyzzy'" 'synfin explain lists all names.' xyzzy
	refused 2 "*name of '?x1b'" 'synfin explain lists all names.' $'\033'
	refused 2 'synfin: pcaps/two-hundred.pcap holds 200 connections: which one?' \
		'Choose with --id N; synfin analyze FILE lists them.' pcaps/two-hundred.pcap
	refused 1 'synfin: there is no connection #7: there are 1' 'synfin analyze FILE lists them.' \
		pcaps/refused.pcap --id 7
	refused 1 'synfin: nosuch.pcap: No such file*' 'Check the name*' nosuch.pcap
	refused 1 'synfin: text.txt: not a capture file*' 'synfin reads pcap*' text.txt
	refused 1 'synfin: refused: No such file*' 'Check the name*' refused --id 1
	refused 2 '*--as is for the examples of names*' 'synfin analyze FILE --id N*' pcaps/refused.pcap --as list
	refused 2 "*--id is a connection's number, 3, not '0'" 'Try*' pcaps/refused.pcap --id 0
	refused 2 '*--id is of a connection: name a capture file too' 'Try*' --id 3
	refused 2 '*one name or one file at a time' 'Try*' SYN FIN
	refused 2 "*unrecognized option '--lst': did you mean '--list'?" 'Try*' --lst
	run -1 --separate-stderr synfin explain cut.pcap
	[[ ${lines[0]} == 'Connection #1'* && $stderr == *'reading stopped'* ]]
	run -1 --separate-stderr bash -c 'synfin explain refused >/dev/full'
	[[ $stderr == 'synfin: cannot write to standard output'* ]]
}

@test "the manual page: its options are those of --help, its examples run" {
	local line
	groff -man -Tascii -wall -wmac -rLL=80n -P-c -P-b -P-u "$ROOT/share/man/synfin-explain.1" >page 2>err
	[ ! -s err ] || { cat err; false; }
	run -1 grep -nE '^.{81}' page
	options='s/^ +((-[^ ,]), +)?(--[a-z-]+).*/\2 \3/p'
	synfin explain --help | sed -En "$options" | sort -u >there
	awk '/^[A-Z]/ { here = $0 == "OPTIONS"; next } here' page | sed -En "$options" | sort -u >written
	[ "$(wc -l <there)" -ge 13 ]
	diff -u there written
	man_examples "$ROOT/share/man/synfin-explain.1" >examples
	[ "$(wc -l <examples)" -ge 9 ]
	while read -r line; do
		bash -o pipefail -c "$line" >out 2>err </dev/null
		[ -s out ] && [ ! -s err ] || { echo "$line"; cat err; false; }
	done <examples
}

@test "names are completed, and files where none fits" {
	source "$ROOT/share/completions/synfin.bash"
	completed() {
		COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
		_synfin synfin
		printf '%s\n' "${COMPREPLY[@]}" | sort | paste -sd' '
	}
	[ "$(completed synfin ex)" = explain ]
	[ "$(completed synfin explain close-f)" = close-four ]
	[ "$(completed synfin explain FIN-)" = 'FIN-WAIT-1 FIN-WAIT-2' ]
	[ "$(completed synfin explain pcaps/re)" = '' ]
	[ "$(completed synfin explain --li)" = --list ]
	[ "$(completed synfin explain --style u)" = unicode ]
	[ "$(completed synfin explain '' | wc -w)" = "$(synfin explain --list | wc -l)" ]
}
