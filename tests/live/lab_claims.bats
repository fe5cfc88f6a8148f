#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# synfin lab claims: every experiment gives the documented verdict, and says why.
# shellcheck disable=SC2154 # BATS_* are bats'

bats_require_minimum_version 1.5.0
load capture
load inject

setup() {
	enter_namespace
}

teardown() {
	remove_namespace
}

ids() {
	basename -s .lua "$ROOT"/labs/claims/C*.lua
}

# Two columns for a character of three octets.
no_line_over_80() {
	LC_ALL=C awk '{ gsub(/[\344-\357][\200-\277][\200-\277]/, "ww") } length($0) > 80 { print; bad = 1 }
		END { exit bad }' "$1"
}

@test "all: within three minutes each has its verdict, in order, with proof and reason" {
	local id verdict wrong=0 began=$SECONDS n
	inside timeout -k 1 180 "$SYNFIN" lab claims all --lang en >text 2>err || { cat err; tail text; false; }
	[ ! -s err ]
	echo "$((SECONDS - began)) s"
	no_line_over_80 text
	diff <(ids) <(grep -oE '^C[0-9]+: ' text | tr -d ': ')
	for id in $(ids); do
		verdict=$(sed -n "s/^$id: //p" text)
		grep -q "^documented \"$verdict\"" "$ROOT/labs/claims/$id.lua" || { echo "$id: $verdict"; wrong=1; }
		awk -v id="$id:" '/^C[0-9]+: / { here = $1 == id; next } here' text >part
		grep -qE '^ .*[|](<|-)|^(client|one|kernel|. UDP)' part || { echo "$id: no proof"; wrong=1; }
		grep -qE '^  [A-Z"x]' part && ! grep -vE 'send\(|^\. ARP' part | grep -qF '?' || { echo "$id: reason"; wrong=1; }
	done
	[ "$wrong" = 0 ]
	n=$(ids | wc -l)
	[[ $(tail -n 1 text) == "$n claims: "*"; all as documented for Linux 6.18." ]]
}

@test "in Chinese, and as somebody without any right" {
	run -0 --separate-stderr as_nobody ./synfin lab claims c42 C65 C44 C42 --lang zh_CN
	[ "$stderr" = "" ]
	[ "${lines[0]}" = "C42：不成立" ]
	[[ $output == *"C44：不成立"*"C65：成立"*"3 条说法：1 条成立，0 条部分成立，2 条不成立"* ]]
	[ "$(grep -c '^C42' <<<"$output")" = 1 ]
	printf '%s\n' "$output" >text
	no_line_over_80 text
}

@test "what cannot be tried says so and why; the exit status is 1" {
	run -1 --separate-stderr unshare -r sh -c 'echo 0 >/proc/sys/user/max_net_namespaces &&
		exec "$@"' - "$SYNFIN" lab claims C01 C02
	[ "${lines[0]}" = "0 claims: 0 true, 0 partly, 0 false." ]
	[ "${lines[1]}" = "could not be tried: C01 C02" ]
	[[ $stderr == *"C01: synfin: "*"namespace"*"C02: synfin: "* ]]
}

@test "who ends it leaves nobody behind" {
	launch "$SYNFIN" lab claims C36
	await player "$PID" # ip netns exec is timeout, whose child is synfin, whose child plays
	kill "$PARENT"
	await gone "$PLAYER"
	PID=
}

player() {
	PARENT=$(pgrep -P "$1") && PLAYER=$(pgrep -P "$PARENT")
}

gone() {
	! kill -0 "$1" 2>/dev/null
}
