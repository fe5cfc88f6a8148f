#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# What synfin inject does and says without any right, and without a packet on any wire.
# shellcheck disable=SC2154 # bats sets stderr and its lines

bats_require_minimum_version 1.5.0

inject() { # without any right, also where the tests are run as root
	local as=()
	[ "$(id -u)" != 0 ] || as=(setpriv --reuid 65534 --regid 65534 --clear-groups --inh-caps -all --)
	"${as[@]}" "$SYNFIN" inject "$@"
}

# arguments | a pattern of what is said first | ... and, of more than that, what else
misuse='|say what to inject: syn, ack, fin, rst, data, session, listen, into, adopt, run or list|
nothing|unknown injection ?nothing?: choose from syn, ack, *|
sesion 8080|unknown injection ?sesion?: did you mean ?session?*|
session|inject session wants to know whom to: [[]ADDR:]PORT, or --netns|
listen|inject listen [[]ADDR:]PORT|
into 8080|inject into CONN SEGMENT|
run|inject run SCENARIO|
list all|inject list does not want ?all?|
session 80 81|inject session does not want ?81?|
syn http|?http? is no port from 1 to 65535|Right are 127.0.0.1:8080,
syn 0|?0? is no port*|Right are
syn 65536|?65536? is no port*|Right are
syn 127.0.0.1|?127.0.0.1? has no port|Right are
syn ::1|?::1? is an IPv6 address: it stands in [[] ], a port behind it|Right are
syn example.org:80|?example.org? is no IP address (names are not looked up)|Right are
syn 8080 --close four|inject syn takes no --close|
listen 8080 --netns --off 1|inject listen takes no --off|
into 8080 rst --dry-run|inject into takes no --dry-run|
session 8080 --flags SA|inject session takes no --flags|
run three-way --data x|inject run takes no --data|
session 8080 --seq 3|inject session takes no number with --seq|
session --netns --close fo|unknown --close ?fo?: did you mean ?four??*|
session 8080 --with echo|--with is the server of --netns: on this host, start one|
session --netns --with echoo|unknown --with ?echoo?: did you mean ?echo??*|
session --netns --with linger:x|--with linger:MS is a number from 0 to 60000, not ?x?|
session --netns --with linger:60001|--with linger:MS is a number from 0 to 60000, not ?60001?|
session --netns --dry-run|--dry-run sends nothing: leave out --netns|
syn 8080 --sport 0|--sport is a number from 1 to 65535, not ?0?|
syn 8080 --isn 4294967296|--isn is a number from 0 to 4294967295, not ?4294967296?|
syn 8080 --isn -1|--isn is a number from 0 to 4294967295, not ?-1?|
syn 8080 --win 65536|--win is a number from 0 to 65535, not ?65536?|
listen 8080 --conns 0|--conns is a number from 1 to *, not ?0?|
listen 8080 --seconds 3601|--seconds is a number from 1 to 3600, not ?3601?|
into 8080 rst --off x|--off is a number from 0 to 4294967295, not ?x?|
syn 8080 --flags SNY|--flags: ?SNY? is no TCP flag: did you mean SYN?|Right are SA,
syn 8080 --flags X|--flags: ?X? is no TCP flag|Right are SA,
syn 8080 --opt mms=3|--opt: ?mms? is no TCP option: did you mean mss?|Right are mss=1460,
syn 8080 --opt mss|--opt: ?mss? has a value that cannot be, or none|Right is mss=1460
syn 8080 --opt ts=1,ts=1,ts=1,ts=1,ts=1|--opt: * takes more octets than a TCP header has for options|Right are at most 40
syn 8080 --data \q|--data: ?\\q? is no escape|Right are \r \n
session 8080 -w - --as list|-w - and --as would both write to standard output: leave one out|
syn 8080 --as lader|unknown view ?lader?*|
syn 8080 --nosuch|*nosuch*|'

@test "misuse: a sentence, and exit status 2" {
	local args first more
	while IFS='|' read -r args first more; do
		echo "inject $args"
		# shellcheck disable=SC2086 # arguments
		run -2 --separate-stderr inject $args
		echo "$output$stderr"
		[ "$output" = "" ]
		# shellcheck disable=SC2053 # a pattern
		[[ ${stderr_lines[0]#*: } == $first ]]
		[ "$more" = "" ] || [[ $stderr == *$'\n'"$more"* ]]
		[[ ${stderr_lines[-1]} == "Try \`synfin inject --help'"* ]]
		[ "${#stderr_lines[@]}" -le 4 ]
	done <<<"$misuse"
}

@test "the help begins with examples, and names every option once" {
	run -0 --separate-stderr inject --help
	[ "$stderr" = "" ]
	[[ $output == *"synfin inject session --netns"*"Exit status: 0 done, 1 "* ]]
	for option in netns with step dry-run write no-shield seconds sport isn win opt data ack flags \
		bad-sum close conns off as; do
		[ "$(grep -cE -- "^ .*--$option([= ]|\$)" <<<"$(sed '/^ *--\|^  -/!d' <<<"$output")")" -ge 1 ]
	done
	[ "$(awk 'length > 80' <<<"$output")" = "" ]
}

@test "list tells of each scenario in a line of at most a hundred and thirty columns" {
	run -0 --separate-stderr inject list
	[ "${#lines[@]}" -ge 36 ]
	[ "$(grep -cvE '^[a-z0-9-]+ +([A-Z]|close\(\)).*\.$' <<<"$output")" = 0 ]
	[ "$(awk '{ print $1 }' <<<"$output" | sort | uniq -d)" = "" ]
	[ "$(awk 'length > 130' <<<"$output")" = "" ]
}

@test "a scenario that there is not" {
	run -1 --separate-stderr inject run nosuch --netns
	[[ ${stderr_lines[0]} == "synfin: "*nosuch*": No such file or directory" ]]
	[ "${stderr_lines[1]}" = "synfin inject list shows those that are built in." ]
}

@test "adopt is for a namespace of its own" {
	run -1 --separate-stderr inject adopt 8080
	[ "${stderr_lines[-1]}" = "Add --netns." ]
}

@test "--dry-run shows what would be sent, with the numbers that were asked for" {
	run -0 --separate-stderr inject session 192.0.2.7:80 --dry-run --isn 1000 --sport 4000 --data abc \
		--as jsonl:segment,connection
	[ "$(jq -r 'select(.crafted) | "\(.flags | join(",")) \(.seq) \(.len)"' <<<"$output")" = \
'SYN 1000 0
ACK 1001 0
PSH,ACK 1001 3
ACK 1004 0
FIN,ACK 1004 0
ACK 1005 0' ]
	[ "$(jq -r 'select(.type == "connection") | .client + " " + .server' <<<"$output")" = \
		"192.0.2.7:4000 192.0.2.7:80" ]
	[[ $stderr == *"> SYN seq=x: the SYN takes x=1000; x+1 acknowledges it"*"6 segments would be sent, 11 seen" ]]
	run -0 --separate-stderr inject data '[2001:db8::1]:80' --dry-run --seq 5 --ack 6 \
		--flags FPU --data 'a\r\n' --win 9 --as jsonl:segment
	[ "$(jq -c '[.flags, .seq, .len]' <<<"$output")" = '[["FIN","PSH","URG"],5,3]' ]
}

@test "--dry-run -w makes a file that analyze reads, also on standard output" {
	inject session 8080 --dry-run --close half -q -w - >"$BATS_TEST_TMPDIR/f.pcap"
	run -0 "$SYNFIN" analyze --as list "$BATS_TEST_TMPDIR/f.pcap"
	[[ ${lines[1]} == *"S sa A | 0 | F a 1 f A"*"5/5"* ]]
	run -1 --separate-stderr inject session 8080 --dry-run -q -w /dev/full --as list
	[[ $stderr == "synfin: cannot write /dev/full: No space left on device"* ]]
	run -1 --separate-stderr bash -c "'$SYNFIN' inject session 8080 --dry-run -q --as list >/dev/full"
	[[ $stderr == "synfin: cannot write standard output: No space left on device"* ]]
}
