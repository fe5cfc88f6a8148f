#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# synfin lab claims: every experiment gives the documented verdict, and says why.
# shellcheck disable=SC2154 # BATS_* are bats'

bats_require_minimum_version 1.5.0
load capture
load inject
load lab_text

setup() {
	enter_namespace
}

teardown() {
	remove_namespace
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
