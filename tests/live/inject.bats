#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# Crafted sessions and crafted servers against the kernel's own sockets.
# shellcheck disable=SC2034,SC2154 # shared with inject.bash

load capture
load inject

setup() {
	enter_namespace
}

teardown() {
	remove_namespace
}

# --close | shape and end in a list
shapes='four|S sa A *\| [0-9]+ \| F a f A +5/5 +time-wait:client
three|S sa A \| [0-9]+ \| F f A +5/5 +time-wait:client
rst|S sa A \| [0-9]+ \| R +5/5 +reset:client
half|S sa A \| 0 \| F (a )?[1-9] (a )?f A +5/5 +time-wait:client
simultaneous|S sa A \| 0 \| f F a A +0/0 +time-wait:both'

each_in_netns() { # each_in_netns COMMAND...
	local kind shape to
	while IFS='|' read -r kind shape; do
		for to in 8080 '[::1]:8081'; do
			run -0 --separate-stderr "$@" inject session --netns "$to" --close "$kind" --as list
			echo "--close $kind $to: $output $stderr"
			[ "${#lines[@]}" = 2 ]
			[[ ${lines[1]} =~ $shape$ ]]
			[[ ${lines[1]} == *"${to/#8080/127.0.0.1:8080}"* ]]
			[[ $stderr == *"> SYN seq=x: the SYN takes x="* ]]
		done
	done <<<"$shapes"
}

@test "session --netns: each kind of close, IPv4 and IPv6" {
	each_in_netns timeout 30 "$SYNFIN"
}

@test "session --netns: the same for an ordinary user" {
	each_in_netns as_nobody ./synfin
}

# kind | shape, close, by whom, in how many segments | how the server closes
kinds='four|S sa A | N | F a f A | client fin 4|8001
three|S sa A | N | F f A | client fin 3|8002
rst|S sa A | N | R | client rst null|8002
half|S sa A | N | F N f A | client fin N|8002
simultaneous|S sa A | N | f F a A | both fin 4|8003'

# several KIND PORT: SESSIONS of it one after the other, over each family; the two side by side.
several() {
	local kind=$1 port=$2 to
	for to in "127.0.0.1:$port" "[::1]:$port"; do
		for ((i = 0; i < ${SESSIONS:-20}; i++)); do
			inject session "$to" --close "$kind" -q --as jsonl:connection || echo "exit $?"
		done >"$kind-${to%%:*}" 2>&1 3>&- &
	done
}

@test "sessions with a server of another process: two hundred, and no RST but those that were asked for" {
	serve 8001 echo 0.2
	serve 8002 echo
	serve 8003 now
	counters 'OutRsts|EstabResets|TCPAbort' >before
	while read -r line; do
		several "${line%%|*}" "${line##*|}"
		[[ $line != three* ]] || wait_for_sessions
	done <<<"$kinds"
	wait_for_sessions
	counters 'OutRsts|EstabResets|TCPAbort' >after
	while read -r line; do
		want=${line#*|} want=${want%|*}
		cat "${line%%|*}"-* | connections_in /dev/stdin | sed 's/[0-9][0-9]* |/N |/' | sort |
			uniq -c >seen
		cat "${line%%|*}"-* | grep -v '^{' || true
		sed -E 's/F (a )?([1-9N]) (a )?f ([1-9N] )?A \| client fin [34N]/F N f A | client fin N/' -i seen
		echo "wanted: $want; seen:"
		cat seen
		[ "$(awk '{ n += $1 } END { print n }' seen)" = $((2 * ${SESSIONS:-20})) ]
		[ "$(grep -cvF "$want" seen)" = 0 ]
	done <<<"$kinds"
	# The server's end of a connection that we have reset is all that the kernel counts.
	diff before after >changed || true
	cat changed
	[ "$(grep '^>' changed)" = "> EstabResets $((2 * ${SESSIONS:-20}))" ]
}

wait_for_sessions() {
	local job
	for job in $(jobs -p); do
		wait "$job"
	done
}


# --close | the shape at its end, as a pattern | by whom, how, in how many segments
served='four|F (3 )?a f A|client fin 4
three|F (3 )?f A|client fin 3
rst|F (3 )?r|server rst null
half|F (3 )?a 2 f A|client fin 4
simultaneous|F (3 )?f A a|both fin 4'

@test "listen serves nc, each kind of close, IPv4 and IPv6" {
	local kind shape close to
	counters OutRsts >before
	while IFS='|' read -r kind shape close; do
		for to in 127.0.0.1 ::1; do
			listener "${to/#::1/[::1]}:8080" --close "$kind" --as jsonl:connection
			run inside timeout 9 nc -N "$to" 8080 <<<"hi"
			echo "--close $kind $to: exit status $status: $output"
			# A RST may overtake what nc has not yet read.
			[ "$kind" = rst ] || [[ $status = 0 && $output == hi* ]]
			[ "$kind" != half ] || [ "$output" = $'hi\nhello' ]
			finished 0
			[[ $(connections_in out) =~ ^S\ sa\ A\ \|\ [14]\ \|\ $shape\ \|\ $close$ ]]
		done
	done <<<"$served"
	counters OutRsts >after
	diff before after # a crafted RST is not counted
}

@test "listen serves curl, five at once, and is done after --conns" {
	local to
	counters OutRsts >before
	for to in 127.0.0.1 '[::1]'; do
		listener "$to:8080" --conns 5 --data 'the body' --as jsonl:connection
		for i in 1 2 3 4 5; do
			inside curl -sS -m 9 "http://$to:8080/$i" >"curl-$i" 2>&1 3>&- &
		done
		finished 0
		wait_for_sessions
		[ "$(sort -u curl-?)" = "the body" ]
		[ "$(wc -l <out)" = 5 ]
		[ "$(jq -s 'map(select(.handshake.complete and .close.kind == "fin")) | length' out)" = 5 ]
	done
	counters OutRsts >after
	diff before after
	# Nobody is there any more.
	run -7 inside curl -sS -m 9 http://127.0.0.1:8080/
	[[ $output == *refused* || $output == *"connect to"* ]]
}

@test "listen says when its time is over, and Ctrl-C ends it" {
	run -1 --separate-stderr inject listen 8080 --seconds 1
	[[ $stderr == *"nobody has connected and closed within the time"$'\n'"In another terminal: nc -N 127.0.0.1 8080" ]]
	listener 8080
	interrupt
	finished 0
}

# What `timeout` runs; it would pass the signal on itself, but to all of its group.
interrupt() {
	kill -INT "$(cat "/proc/$PID/task/$PID/children")"
}

# segment | to | arguments | flags of what came, if anything | words
answers='syn|8080||SYN,ACK|SYN,ACK: somebody listens there
syn|9||RST,ACK|RST,ACK: nobody listens there
ack|8080||RST|RST: there is no such connection
ack|9||RST|RST: there is no such connection
fin|8080||RST|RST: there is no such connection
fin|9||RST|RST: there is no such connection
rst|8080||none|silence: a RST is never answered
rst|9||none|silence: a RST is never answered
data|8080||RST|RST: there is no such connection
data|9||RST|RST: there is no such connection
syn|8080|--bad-sum|none|silence: the checksum is wrong
syn|9|--bad-sum|none|silence: the checksum is wrong
syn|8080|--flags none|none|silence: without
syn|8080|--flags FIN|none|silence: a FIN without ACK
syn|9|--flags FIN|RST,ACK|RST,ACK: there is no such connection
syn|8080|--flags SYN,FIN|none|silence: SYN and FIN together
syn|8080|--flags SYN,ACK|RST|RST: there is no such connection
syn|8080|--flags SEW|SYN,ACK,ECE|SYN,ACK: somebody listens there'

@test "one segment: what the kernel answers, and what that means, IPv4 and IPv6" {
	local name to how flags words at
	serve 8080 echo
	while IFS='|' read -r name to how flags words; do
		for at in "127.0.0.1:$to" "[::1]:$to"; do
			# shellcheck disable=SC2086 # options are words
			run -0 --separate-stderr inject "$name" "$at" $how -q --as jsonl:segment
			echo "$name $at $how: $output $stderr"
			[ "$(jq -s 'map(select(.crafted)) | length' <<<"$output")" = 1 ]
			[ "$(jq -r 'select(.crafted | not).flags | join(",")' <<<"$output")" = "${flags#none}" ]
			[[ $(tr -s ' \n' ' ' <<<"$stderr") == "synfin: $words"* ]]
		done
	done <<<"$answers"
}

@test "one segment has the numbers, ports, options and data that were asked for" {
	serve 8080 echo
	run -0 --separate-stderr inject syn 8080 --sport 4321 --isn 1000 --win 77 --data abc \
		--opt mss=99,sackok,nop,ws=3 -q --as jsonl:segment,connection
	[ "$(jq -r 'select(.crafted) | "\(.seq) \(.len)"' <<<"$output")" = "1000 3" ]
	[ "$(jq 'select(.type == "segment" and (.crafted | not)).ack' <<<"$output")" = 1001 ]
	[ "$(jq -r 'select(.type == "connection") | "\(.client) \(.options.mss.client) \(.options.window_scale.client)"' \
		<<<"$output")" = "127.0.0.1:4321 99 3" ]
	run -0 --separate-stderr inject ack 9 --seq 5 --ack 77 -q --as jsonl:segment
	[ "$(jq -c '[.seq, .ack]' <<<"$output")" = $'[5,77]\n[77,null]' ]
}

@test "a SYN that nobody answers is no success" {
	deaf_server
	run -1 --separate-stderr inject syn 8080 -q --as list
	[[ $stderr == "synfin: silence: something dropped the SYN"* ]]
}

@test "adopt --netns: the kernel goes on with a crafted handshake" {
	run -0 --separate-stderr inject adopt --netns --as jsonl:segment,connection
	echo "$output" "$stderr"
	[ "$(jq -sc 'map(select(.crafted) | .flags)' <<<"$output")" = '[["SYN"],["ACK"]]' ]
	[ "$(jq -s 'map(select(.type == "segment" and (.crafted | not))) | length' <<<"$output")" = 9 ]
	[ "$(connections_in /dev/stdin <<<"$output")" = "S sa A | 4 | F a f A | client fin 4" ]
	[[ $stderr == *"> send() = 5"*"> recv() = 5"*"> shutdown() = 0"* ]]
	run -0 --separate-stderr as_nobody ./synfin inject adopt --netns '[::1]:8080' --data abc --as list
	[[ ${lines[1]} == *"S sa A | 4 | F a f A 3/3 "* ]]
	run -1 --separate-stderr inject adopt 8080
	[[ $stderr == *"in a namespace of its own only"*$'\n'"Add --netns." ]]
}

@test "--no-shield: the kernel's RST is shown, and why it came" {
	run -1 --separate-stderr inject session --netns --no-shield --as jsonl
	echo "$output" "$stderr"
	# The second segment of that end, and the first that is not crafted.
	[ "$(jq -sc 'map(select(.dir == "c2s")) | .[:2] | map([.flags, .crafted])' <<<"$output")" = \
		'[[["SYN"],true],[["RST"],null]]' ]
	[[ $stderr == *"the kernel has sent a RST for an end that only we speak for"* ]]
	listener 8080 --no-shield --as list
	run -1 inside nc -N -w 3 127.0.0.1 8080 <<<"hi"
	finished 1
	says err 'the kernel has sent a RST for an end that only we speak for'
}

@test "--dry-run sends nothing, needs nothing, and writes what would have been sent" {
	local counted='OutSegs|OutRsts|InSegs|OutRequests' kind to
	as_nobody true
	counters "$counted" >before
	for kind in four rst half; do
		for to in 8080 '[::1]:8080' 192.0.2.1:80; do
			as_nobody ./synfin inject session "$to" --dry-run --close "$kind" -w "$kind.pcap" \
				--as list >said
			run -0 as_nobody ./synfin analyze --as list "$kind.pcap"
			diff said - <<<"$output"
			[[ ${lines[1]} =~ S\ sa\ A.*5/5\ +(time-wait|reset):client ]]
		done
	done
	as_nobody ./synfin inject syn 8080 --dry-run --isn 7 -q -w - >syn.pcap
	run -0 "$SYNFIN" analyze --as jsonl:segment syn.pcap
	[ "$(jq -c '[.seq, .flags]' <<<"$output")" = '[7,["SYN"]]' ]
	run -0 as_nobody ./synfin inject syn 8080 --dry-run --isn 7 -q --as jsonl:segment
	[ "$(jq -c '[.seq, .flags, .crafted]' <<<"$output")" = '[7,["SYN"],true]' ]
	counters "$counted" >after
	[ -s before ]
	diff before after
}

@test "-w keeps what was drawn, in a namespace of its own and on the host" {
	serve 8080 echo
	for where in --netns --sport=40100; do
		rm -f f.pcap
		run -0 --separate-stderr inject session "$where" 8080 --close three -w f.pcap --as list
		drawn=$output
		run -0 "$SYNFIN" analyze --as list f.pcap
		[ "$output" = "$drawn" ]
		[[ $drawn == *"F f A"* ]]
		[ "$(tcpdump -nr f.pcap 2>said | wc -l)" = 10 ]
	done
	# On standard output, where nothing else goes then.
	inject session 8080 -w - >f.pcap 2>err || { cat err; return 1; }
	[ "$(tcpdump -nr f.pcap 2>said | wc -l)" -ge 10 ]
}

@test "each view draws the session; crafted segments are marked, and the kernel's are not" {
	while IFS='|' read -r view words; do
		run -0 --separate-stderr inject session --netns --close three --data abc --as "$view"
		echo "$view: $output"
		[[ $output == *$words* ]]
	done <<-'END'
		ladder|closed by client in 3 segments
		list|F f A
		words|FIN
		figure|<CTL=
		jsonl|"shape":"S sa A | 4 | F f A"
		zeek|SF
		zeek:json|"conn_state":"SF"
	END
	run -0 --separate-stderr inject session --netns --close three --as ladder --width 80
	[ "$(grep -cE '\|=+ .* =+>\|' <<<"$output")" = 6 ]
	[ "$(grep -cE '\|<-+ .* -+\|' <<<"$output")" = 4 ]
	[ "$(grep -cE '\|-+ |<=' <<<"$output" || true)" = 0 ]
	run -0 --separate-stderr inject session --netns --close three --as jsonl:segment
	[ "$(jq -s 'map(select((.dir == "c2s") != (.crafted == true))) | length' <<<"$output")" = 0 ]
	[ "${#lines[@]}" = 10 ]
}

@test "--step waits for Enter before each segment" {
	mkfifo enter
	serve 8080 echo
	exec 9<>enter
	launch_step session 8080 --close three --step --as jsonl:segment,connection
	for n in 1 2 3 4 5 6; do
		await asks "$n"
		[ "$(crafted_so_far)" = $((n - 1)) ]
		echo >&9
	done
	finished 0
	exec 9>&-
	[ "$(connections_in out)" = "S sa A | 4 | F f A | client fin 3" ]
	run -1 --separate-stderr inject session 8080 --step </dev/null
	[[ $stderr == *"standard input ended: nobody says Enter"* ]]
}

crafted_so_far() {
	grep -c '"crafted":true' out || true
}

launch_step() {
	ip netns exec "$NS" timeout -k 1 40 "$SYNFIN" inject "$@" <enter >out 2>err 3>&- &
	PID=$!
}

asks() {
	[ "$(grep -o 'Enter sends it' err | wc -l)" = "$1" ]
}

# ---- what goes wrong

# user | arguments | first line | last line
faults='root|session 8.8.8.8:80|8.8.8.8 is no address of this host: crafted packets go from this host to this host only*|Use 127.0.0.1, ::1 or another*
root|listen 10.1.2.3:80|10.1.2.3 is no address of this host*|Use 127.0.0.1, ::1 or another*
root|syn 224.0.0.1:80|224.0.0.1 is a multicast address*|Use 127.0.0.1, ::1 or another*
root|syn 255.255.255.255:80|255.255.255.255 is the broadcast address*|Use 127.0.0.1, ::1 or another*
root|syn 0.0.0.0:80|0.0.0.0 stands for no host*|Use 127.0.0.1, ::1 or another*
root|syn [2001:db8::1]:80|2001:db8::1 is no address of this host*|Use 127.0.0.1, ::1 or another*
root|syn [ff02::1]:80|ff02::1 is a multicast address*|Use 127.0.0.1, ::1 or another*
root|session 10.0.0.1:80 --netns|cannot have 10.0.0.1:80: Cannot assign requested address|Choose an address of this host*
root|session 8080 --sport 8080|127.0.0.1:8080 is in use by another program|Choose another port, or see whose it is: ss -tanp
root|session --netns --sport 8080|127.0.0.1:8080 is in use by another program|Choose another port, or see whose it is: ss -tanp
root|listen 8080|127.0.0.1:8080 is in use by another program|Choose another port, or see whose it is: ss -tanp
root|session 9 -q --as list|127.0.0.1:9 refused the connection: nothing listens there|Start a server there, or try --netns, which brings its own.
root|session [::1]:9 -q --as list|[[]::1]:9 refused the connection: nothing listens there|Start a server there, or try --netns*
root|session 8080 -w /dev/full -q --as list|cannot write /dev/full: No space left on device|*Make room, and start again.
root|session --netns -w /dev/full -q --as list|cannot write /dev/full: No space left on device|*Make room, and start again.
root|session 8080 -w /nosuch/file|cannot write /nosuch/file: No such file or directory|Choose a place that you may write to, with -w.
nobody|session 127.0.0.1:8080|sending crafted packets needs rights (root, or CAP_NET_RAW)|sudo ./synfin inject session 127.0.0.1:8080 *
nobody|listen 8081 --close rst|sending crafted packets needs rights (root, or CAP_NET_RAW)|sudo ./synfin inject listen 8081 --close rst
nobody|syn 8080|sending crafted packets needs rights (root, or CAP_NET_RAW)|sudo ./synfin inject syn 8080 *
nobody|run three-way|sending crafted packets needs rights (root, or CAP_NET_RAW)|sudo ./synfin inject run three-way *
nobody|listen 80|127.0.0.1:80 needs rights (root, or CAP_NET_BIND_SERVICE)|Choose a port from 1024 on.'

@test "errors: a sentence, what to do, and exit status 1" {
	local user args first last
	serve 8080 echo
	as_nobody sh -c 'echo 1024 2>/dev/null' >said
	while IFS='|' read -r user args first last; do
		echo "as $user: inject $args"
		# shellcheck disable=SC2086 # arguments
		if [ "$user" = root ]; then
			run -1 --separate-stderr inject $args
		else
			run -1 --separate-stderr as_nobody ./synfin inject $args
		fi
		echo "$stderr"
		# shellcheck disable=SC2053,SC2154 # patterns; stderr_lines is of bats
		[[ ${stderr_lines[0]} == "synfin: "$first && ${stderr_lines[-1]} == $last ]]
		[ "${#stderr_lines[@]}" = 2 ]
	done <<<"$faults"
}

@test "a server that does not answer: the SYN some times again, and an end" {
	deaf_server
	SECONDS=0
	run -1 --separate-stderr inject session 8080 -q --as jsonl:connection
	echo "$output" "$stderr"
	[ "$SECONDS" -le 12 ]
	[[ $stderr == "synfin: 127.0.0.1:8080 does not answer: 3 SYNs were sent"*"ss -ltn shows who listens." ]]
	[ "$(jq .handshake.complete <<<"$output")" = false ]
}

@test "user namespaces are forbidden: a sentence" {
	# shellcheck disable=SC2016 # that of sh
	run -1 --separate-stderr as_nobody unshare -Ur sh -c 'echo 0 >/proc/sys/user/max_user_namespaces &&
		exec setpriv --bounding-set=-all --inh-caps=-all ./synfin inject session --netns'
	echo "$stderr"
	[[ ${stderr_lines[0]} == "synfin: cannot make a private network namespace"* ]]
	[[ ${stderr_lines[-1]} == "sudo ./synfin inject session --netns "* ]]
}

@test "nobody reads standard output, or it cannot be written" {
	serve 8080 echo
	run bash -c "ip netns exec $NS '$SYNFIN' inject session 8080 --as jsonl 2>err | head -n 1; echo \${PIPESTATUS[0]}"
	cat err
	[[ ${lines[0]} == '{"type":"capture"'* ]]
	[ "${lines[1]}" = 0 ]
	run -1 --separate-stderr bash -c "ip netns exec $NS '$SYNFIN' inject session 8080 -q >/dev/full"
	[[ $stderr == "synfin: cannot write standard output: No space left on device"* ]]
}

@test "Ctrl-C in the middle: what was drawn stays, a sentence, exit status 1" {
	deaf_server
	launch "$SYNFIN" inject session 8080 --as jsonl:connection -w f.pcap
	await says err '^> SYN'
	interrupt
	finished 1
	says err '^synfin: stopped before the end$'
	[ "$(wc -l <out)" = 1 ]
	[ "$(tcpdump -nr f.pcap 2>said | wc -l)" -ge 1 ]
}
