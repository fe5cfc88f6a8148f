#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# Kernel sockets open and close in a private namespace while capture watches. No root needed.

watch() { # watch VIEW ACTOR-ARGUMENT...
	local view=$1
	shift
	run -0 --separate-stderr "$ACTOR" --netns --with "$SYNFIN capture --as $view" "$@"
	echo "$output"
	echo "$stderr"
}

bats_require_minimum_version 1.5.0

# case | shape | end
table='four-close|S sa A \| [0-9]+ \| F a f A|time-wait:client
three-close|S sa A \| [0-9]+ \| F f A|time-wait:client
server-first|S sa A \| [0-9]+ \| f [^ ]+.*|time-wait:server
half-close|S sa A \| [0-9]+ \| F a [0-9]+ f A|time-wait:client
refused|S \| r|refused
reset|S sa A \| [0-9]+ \| R|reset:client
unread-data|S sa A \| [0-9]+ \| r|reset:server'

each_case() { # each_case ACTOR-OPTION ADDRESS
	while IFS='|' read -r name row; do
		shape=${row%|*} end=${row##*|}
		watch list ${1:+"$1"} "$name"
		echo "case $name $1"
		[[ ${#lines[@]} = 2 ]]
		[[ ${lines[1]} =~ ^"#1 $2:"[0-9]+\ +"$2:"[0-9]+\ +$shape\ +[0-9]+/[0-9]+\ +$end$ ]]
		[[ $stderr == *" 0 dropped by the kernel, 1 connection"* ]]
	done <<<"$table"
}

@test "each way to open and close, over IPv4" {
	each_case "" 127.0.0.1
}

@test "each way to open and close, over IPv6" {
	each_case -6 "[::1]"
}

@test "the ladder of a close in four, in three and of a refusal" {
	watch ladder four-close three-close refused
	[[ $output == *"#1  127.0.0.1"*"closed by client in 4 segments"*"#2  127.0.0.1"* ]]
	[[ $output == *"closed by client in 3 segments"*"#3  127.0.0.1"*"refused by server"* ]]
}

@test "two hundred connections at once: each complete, nothing dropped" {
	watch jsonl:connection,end many
	local all
	all=$(jq -s '[.[] | select(.type == "connection")] | length' <<<"$output")
	[ "$all" = 200 ]
	all=$(jq -s '[.[] | select(.type == "connection" and .handshake.complete and .close.kind != null)]
		| length' <<<"$output")
	[ "$all" = 200 ]
	[ "$(jq -s '[.[] | .conn // empty] | unique | length' <<<"$output")" = 200 ]
	[ "$(jq 'select(.type == "end") | .kernel_dropped' <<<"$output")" = 0 ]
}

@test "every packet on lo is seen once" {
	watch jsonl:segment four-close
	[ "$(jq -s 'map([.dir, .flags, .seq, .ack, .len]) | length == (unique | length)' <<<"$output")" = true ]
	[ "$(jq -s 'map(select(.again)) | length' <<<"$output")" = 0 ]
	[ "${#lines[@]}" = 11 ]
}

@test "and with -i any" {
	run -0 --separate-stderr "$ACTOR" --netns --with "$SYNFIN capture -i any --as jsonl:segment" four-close
	[ "${#lines[@]}" = 11 ]
}

@test "-p shows that port only, and a FILTER narrows it" {
	run -0 --separate-stderr "$ACTOR" --netns --port 8081 \
		--with "$SYNFIN capture -p 8082 --as list" four-close
	[ "$output" = "" ]
	run -0 --separate-stderr "$ACTOR" --netns --port 8081 \
		--with "$SYNFIN capture -p 8081 --as jsonl:segment 'tcp[tcpflags] & tcp-syn != 0'" four-close
	[ "${#lines[@]}" = 2 ]
	[[ $stderr == *"listening on lo (filter: port 8081 and (tcp[tcpflags] & tcp-syn != 0))"* ]]
}

@test "-s cuts packets, and their headers are still read" {
	run -0 --separate-stderr "$ACTOR" --netns --with "$SYNFIN capture -s 96 -B 512 --as list" data
	[[ ${lines[1]} == *"F a f A"*"time-wait:client" ]]
}
