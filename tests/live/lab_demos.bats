#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# synfin lab demo: each plays to its end and says what was seen; every system is shown somewhere.
# shellcheck disable=SC2154 # BATS_* are bats'

load lab
load lab_text

setup() {
	enter_lab
	mapfile -t demos < <(cd "$ROOT/labs/demos" && printf '%s\n' *)
}

# play LANGUAGE [COMMAND...]: all at once, each into NAME.LANGUAGE.
play() {
	local language=$1 demo pid players=()
	shift
	for demo in "${demos[@]}"; do
		"$@" timeout -k 1 60 "$player" lab demo "$demo" --lang "$language" >"$demo.$language" 2>&1 3>&- &
		players+=($!)
	done
	for pid in "${players[@]}"; do
		wait "$pid" || { echo "exit status $?"; tail -n 5 -- *."$language"; return 1; }
	done
}

# What a page's numbers could not be worked out of is a question mark; the first line is the title.
check() {
	local demo language=$1 file
	for demo in "${demos[@]}"; do
		file=$demo.$language
		[ "$(head -n 1 "$file")" = "$demo  $(sed -n '1s/^# //p' "$ROOT/labs/demos/$demo/$language.md")" ]
		no_line_over_80 "$file"
		run -1 grep -nE '^synfin:|[^a-z?]\?([^>]|$)|\$\{' "$file"
		grep -qE ': (connect|sendto|socketpair)\(|: send\(' "$file"
		[ "$(sed -n '/^## end/,$p' "$ROOT/labs/demos/$demo/$language.md" | wc -l)" -ge 2 ]
		tail -n 2 "$file" | head -n 1 | grep -qE '^  [^ ]' || { tail -n 3 "$file"; false; }
	done
}

@test "all of them at once, in both languages; nothing is kept" {
	player=$SYNFIN
	local language
	for language in en zh_CN; do
		play $language
		check $language
	done
	[ ! -e "$XDG_STATE_HOME" ]
}

@test "... and for somebody without any right" {
	for_nobody
	player=$PWD/nobody/synfin
	play en as_nobody
	check en
}

# demo|what has to be on the screen
seen='byte-order|send\("\\x01\\x00\\x00\\x00\\x04\\x03\\x02\\x01"\) = 8
download|recv\(2912\) = 2912
download|: same"\) = 14
echo|ann: recv\(\) = 0
families|Frames seen on lo: 0\.
peer-dies|recv\(\) = 0 :server
peer-dies|recv\(\) = -1 ECONNRESET :server
peer-dies|= -1 EPIPE :server
queue|second: recv\(\) = -1 EAGAIN
reliable|recv\(\) = 8 "twothree" :server
reliable|recvfrom\(\) = -1 EAGAIN :receiver
remote-command|It took 6 reads for 5849 octets
threads|recv\(\) = 5 "alone" :thread-2
udp-echo|recvfrom\(\) = 0 from [0-9]+ :server'

@test "what each of them is there for" {
	player=$SYNFIN
	play en
	local demo what
	while IFS='|' read -r demo what; do
		grep -qE -- "$what" "$demo.en" || { echo "$demo: $what"; cat "$demo.en"; false; }
	done <<<"$seen"
	[ "$(cut -d'|' -f1 <<<"$seen" | sort -u | wc -l)" = "${#demos[@]}" ]
}

@test "the list; a beginning of a name; a name that there is not" {
	run -0 lab demo
	[ "${#lines[@]}" = "${#demos[@]}" ]
	local i
	for i in "${!demos[@]}"; do
		[[ ${lines[i]} == "${demos[i]} "*" Y"[1-9]*": "* ]]
	done
	lab demo --lang zh_CN >list
	no_line_over_80 list
	[ "$(wc -l <list)" = "${#demos[@]}" ]
	run -0 lab demo thr
	[[ ${lines[0]} == 'threads  Y11: '* ]]
	run -1 lab demo ecko
	[ "$output" = $'synfin: there is no demo \'ecko\'\nDid you mean echo?' ]
	run -1 lab demo $'\e[2J'
	[ "$output" = $'synfin: there is no demo \'\\x1b[2J\'\nsynfin lab demo shows them.' ]
}

@test "where there can be no namespace it says so" {
	run -1 --separate-stderr unshare -r sh -c 'echo 0 >/proc/sys/user/max_net_namespaces &&
		exec "$@"' - "$SYNFIN" lab demo echo
	[ -z "$output" ]
	[[ $stderr == 'synfin: '*namespace* ]]
}

@test "the manual has every system, and what it names exists" {
	sed -n '/^\.SH SYSTEMS/,/^\.SH FILES/p' "$ROOT/share/man/synfin-lab.1" | sed 's/\\-/-/g' >systems
	[ "$(grep -oE '^Y[0-9]+' systems)" = "$(printf 'Y%s\n' {1..24})" ]
	[ "$(grep -c '^\.TP' systems)" = 24 ]
	local kind name
	grep -oE '^ ?(demo|exercise|claim) [^.;]+[.;]' systems | sed 's/[.;]$//; s/, / /g' >places
	[ "$(wc -l <places)" -ge 40 ]
	while read -r kind names; do
		for name in $names; do
			[ -e "$ROOT/labs/${kind}s/$name/lab.lua" ] || [ -e "$ROOT/labs/${kind}s/$name.lua" ] ||
				{ echo "$kind $name"; false; }
		done
	done <places
	for name in "${demos[@]}"; do
		grep -qx "demo $name" places || { echo "no system: $name"; false; }
	done
}
