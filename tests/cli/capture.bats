#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# What synfin capture says when it cannot begin; none of it needs rights.

bats_require_minimum_version 1.5.0

capture() { # without any right, also where the tests are run as root
	local as=()
	[ "$(id -u)" != 0 ] || as=(setpriv --reuid 65534 --regid 65534 --clear-groups --inh-caps -all --)
	"${as[@]}" "$SYNFIN" capture "$@"
}

# arguments | exit status | first line | last line
table='-i nosuch0|1|synfin: nosuch0: no such interface; there are: *lo* any|synfin capture -D says more about them.
-i loo|1|synfin: loo: no such interface; there are: *lo* any|Did you mean -i lo?
-c 0|2|*-c is a number from 1 to *, not *0*|Try*
-c 5x|2|*-c is a number from 1 to *, not *5x*|Try*
-p 65536|2|*-p is a number from 1 to 65535, not *65536*|Try*
-p -1|2|*-p is a number from 1 to 65535, not *-1*|Try*
-s -1|2|*-s is a number from 0 to 262144, not *|Try*
-B 0|2|*-B is a number from 1 to *|Try*
-t 0|2|*-t is a number from 1 to *|Try*
--time soon|2|*--time*soon*since*|Try*
--conns 0|2|*--conns is a number from 1 to *|Try*
-r f.pcap|2|*capture is live*|synfin analyze f.pcap
--as laddr|2|*unknown view *laddr*: did you mean *ladder*|Try*
-w - --as list|2|*-w - and --as would both write to standard output*|Try*
--nosuch|2|*unrecognized option *--nosuch*|Try*
--widht 80|2|*unrecognized option *--widht*: did you mean *--width*|Try*
-q --snaplne=3|2|*unrecognized option *--snaplne=3*: did you mean *--snaplen*|Try*
--con 0|2|*--conns is a number from 1 to *|Try*
-i --widht|1|synfin: --widht: no such interface; *|*
--interface --widht|1|synfin: --widht: no such interface; *|*'

@test "misuse and wrong names: cause and cure" {
	while IFS='|' read -r arguments status first last; do
		echo "row: $arguments"
		# shellcheck disable=SC2086 # words
		run -"$status" --separate-stderr capture $arguments
		echo "$stderr"
		[ "$output" = "" ]
		# shellcheck disable=SC2053,SC2154 # patterns; run sets it
		[[ ${stderr_lines[0]} == $first && ${stderr_lines[-1]} == $last ]]
	done <<<"$table"
}

@test "no rights: sudo, with the caller's own words quoted" {
	run -1 --separate-stderr capture -p 8081 "tcp and not host ::1" --as list
	[[ ${stderr_lines[0]} == "synfin: lo: capturing needs rights"* ]]
	[ "${stderr_lines[-1]}" = "sudo $SYNFIN capture -p 8081 'tcp and not host ::1' --as list" ]
}

@test "the quoting is a shell's: the words come back" {
	run -1 --separate-stderr capture "it's" 'a "b" $c' '' '*'
	local words
	eval "words=(${stderr_lines[-1]})"
	[ "${#words[@]}" = 7 ]
	[ "${words[3]}" = "it's" ]
	[ "${words[4]}" = 'a "b" $c' ]
	[ "${words[5]}" = '' ]
	[ "${words[6]}" = '*' ]
}

@test "an empty name, and control characters" {
	run -2 --separate-stderr capture -w ''
	[ "${stderr_lines[0]}" = "synfin capture: -w wants a file's name, or - for standard output" ]
	run -1 --separate-stderr capture -i ''
	[[ ${stderr_lines[0]} == "synfin: '': no such interface; "* ]]
	local bad=$'\e[2Jlo\n\xc2\x9b' shown='\x1b[2Jlo\x0a'
	for option in -i -c --conns --seq --width -r --bad; do
		run ! --separate-stderr capture "$option" "$bad"
		[ "$option" != --bad ] || run -2 --separate-stderr capture "$option$bad"
		echo "row: $option: $stderr"
		[[ $stderr == *"$shown"*'\x9b'* && $stderr != *$'\e'* ]]
	done
}

@test "no rights: a filter with control characters comes back as it was" {
	run -1 --separate-stderr capture $'a\e[2J\'b\\n\nc'
	[[ $stderr != *$'\e'* ]]
	local words
	eval "words=(${stderr_lines[-1]})"
	[ "${#words[@]}" = 4 ]
	[ "${words[3]}" = $'a\e[2J\'b\\n\nc' ]
}

@test "-D lists the interfaces, lo and any among them" {
	run -0 capture -D
	[[ $output == *"lo "*"127.0.0.1"*"any "* ]]
}

@test "a bad filter is pointed at" {
	run unshare -rn sh -c 'ip link set lo up && exec "$@"' sh "$SYNFIN" capture -p 80 tcp prot 80
	[ "$status" = 1 ] || skip "no user namespaces: $output"
	[[ $output != *"unshare"* ]] || skip "no user namespaces"
	[[ ${lines[0]} == "synfin: bad filter: "* ]]
	[ "${lines[1]}" = "  tcp prot 80" ]
	[ "${lines[2]}" = "      ^" ]
	[[ ${lines[-1]} == *"pcap-filter(7)"* ]]
}

@test "the help begins with examples" {
	run -0 capture --help
	[ "$(head -n 8 <<<"$output" | grep -cE '^  sudo synfin capture ')" -ge 2 ]
}
