#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# One crafted segment into a live connection between two sockets of the kernel's.
# shellcheck disable=SC2034,SC2154 # shared with inject.bash

load capture
load inject

setup() {
	enter_namespace
}

teardown() {
	remove_namespace
}

# pair ADDRESS [talk]: a connection to port 8080 there, both ends in one program, which tells what
# the end at 8080 hears; with talk the other says an octet again and again. CALLER: its port.
pair() {
	cat >pair.pl <<-'END'
		use IO::Socket::IP;
		$| = 1;
		my ($at, $talk) = @ARGV;
		my $l = IO::Socket::IP->new(LocalHost => $at, LocalPort => 8080, Listen => 1,
			ReuseAddr => 1) or die $@;
		my $c = IO::Socket::IP->new(PeerHost => $at, PeerPort => 8080) or die $@;
		my $s = $l->accept;
		close $l;
		print "port ", $c->sockport, "\n";
		while (1) {
			if ($talk) {
				syswrite $c, "x";
				select undef, undef, undef, 0.02;
			}
			my $n = sysread $s, my $text, 99;
			print defined $n ? $n ? $talk ? "" : "heard $text\n" : "heard the end\n" : "error: $!\n";
			last unless $n;
		}
		sleep 60;
	END
	: >told
	ip netns exec "$NS" perl pair.pl "$@" >told 2>&1 3>&- &
	PAIR=$!
	disown
	await says told '^port '
	CALLER=$(awk '/^port/ { print $2 }' told)
}

# The state of the connection's end at 8080 by the kernel's account.
state() {
	inside ss -Htan "sport = :8080 and dport = :$CALLER" | awk '{ print $1 }'
}

into() { # into STATUS ARGUMENT...
	local status=$1
	shift
	run "-$status" --separate-stderr inject into "$@"
	echo "into $*: $output"
	echo "$stderr"
	talk=$(tr -s ' \n' ' ' <<<"$stderr")
}

hears() { # hears TEXT: the program at port 8080 does
	await says told "$1"
}

@test "an exact RST ends it: idle and talking, IPv4 and IPv6" {
	local at talks
	for at in 127.0.0.1 ::1; do
		for talks in "" talk; do
			pair "$at" $talks
			into 0 "${at/#::1/[::1]}:8080" rst --as jsonl:segment
			hears 'error: Connection reset by peer'
			[ "$(state)" = "" ]
			[[ $talk == *"exactly what it expects next"* ]]
			[[ $talk == *"the connection is gone"* || $talk == *"that ended the connection"* ]]
			[[ $talk == *":8080 is CLOSED, "* ]]
			[ "$(jq -sc 'map(select(.crafted) | .flags)' <<<"$output")" = '[["RST"]]' ]
			kill "$PAIR"
			await gone
		done
	done
}

gone() {
	! kill -0 "$PAIR" 2>/dev/null && [ "$(inside ss -Htan state established)" = "" ]
}

@test "a RST that is off by one is challenged, and the connection lives" {
	local at off
	for at in 127.0.0.1 ::1; do
		pair "$at"
		for off in 1 30000; do
			[[ $at$off != ::130000 ]] || continue
			into 0 "${at/#::1/[::1]}:8080" rst --off "$off" --as jsonl:segment
			[[ $talk == *"+$off from what it expects"*"a challenge ACK: the number lies in the window"* ]]
			[ "$(jq -c 'select(.crafted | not).flags' <<<"$output" | tail -n 1)" = '["ACK"]' ]
			[ "$(jq -s 'map(select(.flags == ["RST"])) | length' <<<"$output")" = 1 ]
			[ "$(state)" = ESTAB ]
		done
		kill "$PAIR"
		await gone
	done
}

@test "a RST far off is met with silence, and the connection lives" {
	local off
	pair 127.0.0.1
	for off in 100000000 -1 -100000; do
		into 0 8080 rst --off "$off" --as jsonl:segment
		[[ $talk == *"the connection goes on: the number is not acceptable"* ]]
		[ "$(jq -s 'last | .flags + [.crafted] | tostring' <<<"$output")" = '"[\"RST\",true]"' ]
		[ "$(state)" = ESTAB ]
	done
	into 0 8080 data --data "still here"
	hears '^heard still here$'
}

@test "an exact FIN: its receiver is in CLOSE-WAIT, and the other end knows nothing" {
	local at
	for at in 127.0.0.1 ::1; do
		pair "$at"
		into 0 "${at/#::1/[::1]}:8080" fin --as jsonl:segment
		hears '^heard the end$'
		[ "$(state)" = CLOSE-WAIT ]
		[[ $talk == *"the FIN is acknowledged"*":8080 is CLOSE-WAIT, "*":$CALLER is ESTABLISHED"* ]]
		kill "$PAIR"
		await gone
	done
}

@test "a FIN beyond a gap moves nothing" {
	pair 127.0.0.1
	into 0 8080 fin --off 7
	[ "$(state)" = ESTAB ]
	[[ $talk == *"lies behind a gap"*":8080 is ESTABLISHED"* ]]
}

@test "data are heard as if the other end had said them; off by three they are not" {
	pair ::1
	into 0 '[::1]:8080' data --off 3 --data late
	[[ $talk == *"lies behind a gap"* ]]
	into 0 '[::1]:8080' data --data 'a\x62c'
	hears '^heard abc'
	[[ $talk == *"the data is acknowledged: it was taken for the other end's"* ]]
	[ "$(state)" = ESTAB ]
}

@test "an ACK with the right numbers is met with silence" {
	pair 127.0.0.1
	into 0 8080 ack
	[[ $talk == *"silence: an ACK anywhere in the window is acceptable"* ]]
	[ "$(state)" = ESTAB ]
}

@test "both ends can be named, in either order; -w keeps what was drawn" {
	pair 127.0.0.1
	into 0 "127.0.0.1:8080,127.0.0.1:$CALLER" rst -w f.pcap --as list
	# The other end of the pair is gone now.
	[ "$(inside ss -Htan "sport = :$CALLER" state established)" = "" ]
	[ "$(state)" = ESTAB ]
	run -0 "$SYNFIN" analyze --as list f.pcap
	[[ ${lines[1]} == *"127.0.0.1:$CALLER 127.0.0.1:8080 | 1 | r "* ]]
	into 0 "127.0.0.1:$CALLER,127.0.0.1:8080" rst
	hears 'error: Connection reset by peer'
}

@test "two connections end there: both are shown, and none is touched" {
	serve 8080 echo
	for i in 1 2; do
		mkfifo "say$i"
		exec {fd}<>"say$i"
		ip netns exec "$NS" nc 127.0.0.1 8080 <"say$i" >/dev/null 3>&- {fd}>&- &
	done
	await two_live
	into 1 8080 rst
	[[ $stderr == "synfin: 2 connections end there; name both ends, FROM,TO:"* ]]
	[ "${#stderr_lines[@]}" = 3 ]
	two_live
	# What it shows can be typed.
	read -r _ _ ends <<<"${stderr_lines[2]}"
	into 0 "$ends" rst -q
	[ "$(inside ss -Htn "dport = :8080" | wc -l)" = 2 ] # the caller that knows nothing, and the other pair's
	[ "$(inside ss -Htn "sport = :8080" | wc -l)" = 1 ]
}

two_live() {
	[ "$(inside ss -Htn "sport = :8080" | wc -l)" = 2 ]
}

@test "no such connection; a segment that there is not" {
	into 1 8080 rst
	[ "${stderr_lines[0]}" = "synfin: no connection of this host ends at 127.0.0.1:8080" ]
	into 1 '[::1]:8080,[::1]:8081' rst
	[ "${stderr_lines[0]}" = "synfin: no connection of this host ends at [::1]:8081 with that other end" ]
	into 2 8080 syn
	[[ $talk == "synfin: 'syn' is no segment to inject Choose fin, rst, data or ack."* ]]
	pair 127.0.0.1
	run -1 --separate-stderr as_nobody ./synfin inject into 8080 rst
	[ "${stderr_lines[0]}" = "synfin: sending crafted packets needs rights (root, or CAP_NET_RAW)" ]
	[[ ${stderr_lines[-1]} == "sudo ./synfin inject into 8080 rst" ]]
	[ "$(state)" = ESTAB ]
}
