#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# What a run of synfin lab shows and takes: calls, widths, files of answers; exercises that never
# come to an end.
# shellcheck disable=SC2154 # bats sets stderr and its lines

load lab

setup() {
	[ "$(id -u)" = 0 ] || skip "needs root"
	enter_lab
}

@test "the calls show an abort, and SO_REUSEADDR where a script asks for it" {
	local said
	run -3 lab run 19 < <(yes skip)
	grep -qF ' close() with SO_LINGER 0 = 0 :server1' <<<"$output"
	run -3 lab run 16 < <(yes skip)
	for said in 'bind\([0-9]+\) listen\(16\) = 0 :old1' \
		'SO_REUSEADDR bind\([0-9]+\) listen\(16\) = 0 :old2' \
		'SO_REUSEADDR bind\([0-9]+\) listen\(16\) = -1 EADDRINUSE :new5'; do
		grep -qE "^ +$said" <<<"$output" || { echo "no $said"; false; }
	done
}
