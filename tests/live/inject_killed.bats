#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# SIGKILL at any moment leaves nothing: no process, namespace, socket, route, rule, changed sysctl.
# shellcheck disable=SC2034,SC2154 # shared with inject.bash

load capture
load inject
load processes

setup() {
	enter_namespace
	RANDOM=${SEED:-793}
}

teardown() {
	[ -z "${VICTIM:-}" ] || kill -KILL "$VICTIM" 2>/dev/null || true
	remove_namespace
}

# What could be left, in the namespace and outside it.
inventory() {
	echo "-- packet sockets and raw sockets"
	inside cat /proc/net/packet /proc/net/raw /proc/net/raw6 | awk '{ print $1, $2, $3, $4 }'
	echo "-- sockets that listen, and shields"
	inside ss -Htln
	echo "-- addresses, routes, rules"
	inside ip address show
	inside ip route show table all
	inside ip -6 route show table all
	inside ip rule show
	inside ip -6 rule show
	if command -v nft >/dev/null; then
		inside nft list ruleset
	fi
	echo "-- sysctls"
	inside sh -c 'cd /proc/sys/net && grep -rs "" . --exclude=flush --exclude=*nf_conntrack_count | sort'
	echo "-- programs of ours in the namespace: a server may wait for one that was killed"
	ip netns pids "$NS" | while read -r pid; do
		tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | grep -a synfin || true
		echo
	done | sort -u
}

# Its network namespace.
namespace_of() {
	readlink "/proc/$1/ns/net" 2>/dev/null
}

# strike ARGUMENT...: start `synfin inject` with them, and kill it at a random moment. It is alone:
# no program stands before it that could clean up behind it.
strike() {
	local home left i status
	ip netns exec "$NS" "$SYNFIN" inject "$@" >out 2>err <>never 3>&- &
	VICTIM=$!
	sleep "0.$(printf '%03d' $((RANDOM % 350)))"
	left=$(descendants "$VICTIM")
	home=$(namespace_of "$VICTIM" || true)
	kill -KILL "$VICTIM" 2>/dev/null || true # it may be done
	status=0
	wait "$VICTIM" 2>/dev/null || status=$?
	[ "$status" != 137 ] || KILLED=$((KILLED + 1))
	VICTIM=
	for i in $left; do
		await is_gone "$i"
	done
	# The private namespace has nobody in it: the kernel has nothing to keep it for.
	[ "$home" = "" ] || [ "$home" = "$OURS" ] || ! inhabited "$home"
}

is_gone() {
	[ ! -e "/proc/$1" ] || grep -q '^State:.Z' "/proc/$1/status"
}

# What the kernel takes away after a while has five seconds.
in_the_end() {
	local i
	for ((i = 0; i < 25; i++)); do
		same_as_before && return
		read -r -t 0.2 <>never || true
	done
	diff before after
}

same_as_before() {
	inventory >after
	cmp -s before after
}

@test "SIGKILL at twenty random moments: everything is as it was" {
	serve 8001 echo 0.2
	serve 8002 echo
	OURS=$(inside readlink /proc/self/ns/net)
	# A connection to inject into, which nobody else speaks on.
	mkfifo say
	exec {fd}<>say
	ip netns exec "$NS" nc 127.0.0.1 8002 <say >/dev/null 3>&- {fd}>&- &
	await established
	inventory >before
	KILLED=0
	ways=("session --netns" "session 8001" "session [::1]:8001 --close half" "listen 8080"
		"listen [::1]:8080" "run lost-last-ack --netns" "into 8002 data" "adopt --netns"
		"session --netns --step --close simultaneous" "run three-way")
	for i in 0 1; do
		for way in "${ways[@]}"; do
			# shellcheck disable=SC2086 # arguments
			strike $way
		done
	done
	in_the_end
	echo "killed: $KILLED of 20"
	[ "$KILLED" -ge 8 ]
	# And the ports are free at once.
	inject session 8001 --sport 8080 -q --as list
	inject session '[::1]:8001' --sport 8080 -q --as list
}

established() {
	[ -n "$(inside ss -Htn 'sport = :8002')" ]
}

@test "what looks whether something is left would see it" {
	inventory >before
	ip netns exec "$NS" "$SYNFIN" inject listen 8080 >out 2>err 3>&- &
	VICTIM=$!
	await says err 'listening on'
	inventory >after
	run -1 diff before after
	[[ $output == *LISTEN*127.0.0.1:8080* ]] # the shield
	[[ $output == *"synfin inject listen"* ]]
	[ "$(grep -c '^[0-9]*:' after)" -ge 1 ] # the raw socket
	kill -KILL "$VICTIM"
	wait "$VICTIM" || true
	VICTIM=
	in_the_end
	inside sysctl -qw net.ipv4.tcp_rfc1337=1
	run -1 same_as_before
}
