#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# synfin lab against this kernel: as root and as nobody, under sudo, stopped and killed, with nobody
# to read or to answer, on disks that take nothing.
# shellcheck disable=SC2154 # bats sets stderr and its lines

load lab

setup() {
	[ "$(id -u)" = 0 ] || skip "needs root"
	enter_lab
}

teardown() {
	[ -z "${VICTIM:-}" ] || kill -KILL "$VICTIM" 2>/dev/null || true
}

@test "run, check, list, submit, grade: from the first question to the mark" {
	pass "$name"
	tidy
	run -0 lab check
	[[ ${lines[-1]} =~ ^$name:\ ([0-9]+)\ of\ ([0-9]+)\ right\.$ ]]
	[ "${BASH_REMATCH[1]}" = "${BASH_REMATCH[2]}" ]
	run -0 lab check 1
	lab list | grep -qF "[x] $name"
	run -0 lab submit
	[[ $output == "$name"$'\n1 passed, in the folder '* ]]
	[ "$(cd synfin-* && echo *)" = "$name" ]
	[ "$(cd synfin-*/"$name" && echo *)" = 'answers.json calls.jsonl capture.pcap seal' ]
	run -0 lab grade synfin-*
	[ "${lines[-1]}" = '1 handed in, 1 all right' ]
	run -1 lab submit
	[[ ${lines[0]} == *': File exists' ]]
	run -0 lab submit 1 -o again
	run -1 lab submit -o /proc/nosuch
	# Without rights, somewhere else, without a state.
	for_nobody
	cp -r again nobody/again
	chmod -R a+rX nobody/again
	XDG_STATE_HOME=/nosuch run -0 as_nobody nobody/synfin lab grade nobody/again
}

@test "what was changed by hand is not handed in" {
	pass "$name"
	local part
	for part in capture.pcap calls.jsonl answers.json seal; do
		cp "$kept/passed/$part" was
		# last and passed share their files
		{ printf Z; tail -c +2 was; } >"$kept/passed/$part"
		run -1 lab submit
		[[ $output == *'seal is broken'* ]]
		run -1 lab check
		cp was "$kept/passed/$part"
	done
	[ "$(echo synfin-*)" = 'synfin-*' ]
	lab submit
}

@test "next goes on to the next exercise, and is done when all are" {
	local exercise count=0
	for exercise in "$ROOT"/labs/exercises/*; do
		exercise=$(basename "$exercise")
		run lab next < <(yes skip)
		[ "$status" = 3 ]
		[[ ${lines[0]} == "${exercise:0:2}  "* ]]
		[ $((count += 1)) -lt 3 ] || return 0
		pass "$exercise"
		run -0 lab status
		[[ ${lines[0]} == *": $count of "* ]]
	done
	run -0 lab next </dev/null
	[ "$output" = "All exercises are passed. That was the last one." ]
}

@test "a failed run keeps what was passed, and reset forgets it" {
	pass "$name"
	run lab run 1 < <(yes skip)
	[ "$status" = 3 ]
	lab list | grep -qF "[x] $name"
	run -3 lab check
	run -0 lab submit -o one
	lab reset 1
	lab list | grep -qF "[ ] $name"
	run -1 lab submit -o two
	[ "$(find "$XDG_STATE_HOME" -type f -name '*.*')" = "" ]
	pass "$name"
	lab reset
	lab list | grep -qF "[ ] $name"
}

@test "an ordinary user can do the same" {
	for_nobody
	unset XDG_STATE_HOME
	run env HOME="$PWD/nobody/home" setpriv --reuid=65534 --regid=65534 --clear-groups \
		--inh-caps=-all timeout -k 1 60 nobody/synfin lab run 1 < <(yes skip)
	echo "$output"
	[ "$status" = 3 ]
	[ "$(stat -c %u "nobody/home/.local/state/synfin/lab/nobody/$name/last/seal")" = 65534 ]
	HOME=$PWD/nobody/home run -3 as_nobody nobody/synfin lab check
}

# As sudo does it, for a user of our own.
@test "under sudo the runs are the user's" {
	for_nobody 4711
	{
		cat /etc/passwd
		echo "pupil:x:4711:4711::$PWD/nobody/home:/bin/sh"
	} >passwd
	unset XDG_STATE_HOME
	run unshare -m env SUDO_UID=4711 SUDO_GID=4711 HOME=/root sh -c \
		'mount --bind passwd /etc/passwd && yes skip | timeout -k 1 60 nobody/synfin lab run 1'
	echo "$output"
	[ "$status" = 3 ]
	local last=nobody/home/.local/state/synfin/lab/pupil/$name/last part
	for part in . capture.pcap calls.jsonl answers.json seal; do
		[ "$(stat -c %u:%g "$last/$part")" = 4711:4711 ]
	done
	[ "$(jq -r .student "$last/answers.json")" = pupil ]
}

@test "nobody answers: the run ends, and nothing of it is kept" {
	run -1 --separate-stderr lab run 1 </dev/null
	[ "$stderr" = "synfin: You left before the end: nothing is kept." ]
	run -1 timeout -k 1 60 sh -c 'exec "$0" lab run 1 <&-' "$SYNFIN"
	run -1 --separate-stderr lab run 1 < <(printf 'hint\nquit\n')
	[[ $output == *'Hint 1: '* ]]
	run -1 --separate-stderr lab run 1 --lang zh_CN < <(printf '提示\n退出\n')
	[[ $output == *'提示 1：'* ]]
	lab list | grep -qF "[ ] $name"
	[ "$(find "$XDG_STATE_HOME" -name "$name")" = "" ]
}

@test "nobody reads: the run ends, and does not count" {
	local lines
	for lines in 1 8 20; do
		yes skip | lab run 1 2>err | head -n $lines >out || true
		[ ! -s err ]
		[ -s out ]
		lab list | grep -qF "[ ] $name"
	done
	tidy
}

@test "answers from a file: by name, in their order, and from what is none" {
	printf '# a comment\n\nskip\n' >answers
	run -3 lab run 1 --answers answers
	run -3 lab run 1 --answers /dev/null
	run -1 lab run 1 --answers /dev/zero
	run -1 lab run 1 --answers "$SYNFIN"
	run -3 lab run 1 --answers - < <(yes skip)
	local what
	for what in nosuch /proc/nosuch/x; do
		run -1 --separate-stderr lab run 1 --answers "$what"
		[[ ${stderr_lines[0]} == "synfin: $what: No such file"* ]]
		[[ $stderr == *"'ID: ANSWER'"* ]]
	done
	tidy
}

@test "a state that cannot be written, a disk that is read-only or full" {
	for_nobody
	install -d -m 755 closed
	XDG_STATE_HOME=$PWD/closed run -1 as_nobody nobody/synfin lab run 1
	[[ ${lines[0]} == *"/closed/synfin/lab: Permission denied" ]]
	mkdir disk
	run -1 unshare -m sh -c 'mount -t tmpfs -o ro none disk &&
		XDG_STATE_HOME=$PWD/disk exec "$0" lab run 1' "$SYNFIN"
	[[ ${lines[0]} == *": Read-only file system" ]]
	run -1 unshare -m sh -c 'mount -t tmpfs -o size=4k,nr_inodes=30 none disk &&
		yes skip | XDG_STATE_HOME=$PWD/disk "$0" lab run 1 2>&1; code=$?
		XDG_STATE_HOME=$PWD/disk "$0" lab list; exit $code' "$SYNFIN"
	[[ $output == *"No space left on device"* ]]
	[[ $output == *"[ ] $name"* ]]
	run -1 sh -c 'yes skip | "$0" lab run 1 >/dev/full' "$SYNFIN"
}

@test "Ctrl-C in the middle: a word, exit status 1, and nothing is left" {
	run -0 "$ROOT/tests/labs/student.py" "$name" interrupt
	[ "$(find "$XDG_STATE_HOME" -name "$name")" = "" ]
	tidy
}

# begin_and_wait: in the background, VICTIM, until it asks.
begin_and_wait() {
	"$SYNFIN" lab run 1 <>never >out 2>err 3>&- &
	VICTIM=$!
	await says out '^? 1 of '
	sleep 0.2
}

@test "SIGTERM and SIGKILL leave no process and no namespace" {
	local signal left home
	for signal in TERM KILL; do
		begin_and_wait
		left=$(descendants "$VICTIM")
		[ "$left" != "" ]
		# shellcheck disable=SC2086 # process ids
		home=$(for i in $left; do readlink "/proc/$i/ns/net"; done | grep -vxF "$(readlink /proc/self/ns/net)" | head -n 1)
		[ "$home" != "" ]
		kill -$signal "$VICTIM"
		wait "$VICTIM" 2>/dev/null || true
		for i in $left; do
			await is_gone "$i"
		done
		await deserted "$home"
	done
	# What was left of the run that was killed is in nobody's way.
	run lab run 1 < <(yes skip)
	[ "$status" = 3 ]
	tidy
}

# The signal comes to the one process that was started.
@test "who is stopped leaves no file, who is killed none for longer than until the next command" {
	local signal code
	for signal in INT TERM HUP; do
		begin_and_wait
		kill -$signal "$VICTIM"
		code=0
		wait "$VICTIM" || code=$?
		[ $code = 1 ]
		says err 'stopped before the end'
		[ -z "$(find "$XDG_STATE_HOME" -name '*.pcap')" ]
		[ ! -e "$kept" ]
	done
	begin_and_wait
	kill -KILL "$VICTIM"
	wait "$VICTIM" 2>/dev/null || true
	[ -n "$(find "$kept" -name '*.pcap')" ]
	await gone_after_list
}

gone_after_list() {
	lab list >/dev/null
	[ ! -e "$kept" ]
}

@test "two runs of an exercise at once: each is its own" {
	pass "$name"
	begin_and_wait
	local ours=$VICTIM
	lab list >/dev/null
	[ "$(find "$kept" -name 'new-*' | wc -l)" = 1 ]
	pass "$name"
	cp "$kept/passed/capture.pcap" was
	kill -0 "$ours"
	[ "$(find "$kept" -name 'new-*' | wc -l)" = 1 ]
	kill -TERM "$ours"
	wait "$ours" || true
	run -0 lab check 1
	cmp was "$kept/last/capture.pcap"
	cmp was "$kept/passed/capture.pcap"
	tidy
	# Both come to their end.
	local i
	for i in 1 2 3 4; do
		"$ROOT/tests/labs/student.py" "$name" right >"said$i" 2>&1 3>&- &
	done
	for i in $(jobs -p); do
		wait "$i"
	done
	run -0 lab check 1
	run -0 lab submit
	tidy
}

@test "what others have put where the last run is kept is not removed, and the run is kept" {
	pass "$name"
	echo mine >"$kept/last/notes.txt"
	pass "$name"
	run -0 lab check
	[ "$(cat "$kept"/old-*/notes.txt)" = mine ]
	rm -r "$kept"/old-*
	mkdir other
	cp "$kept/last/"* other
	rm -r "$kept/last"
	ln -s "$PWD/other" "$kept/last"
	pass "$name"
	[ ! -L "$kept/last" ]
	run -0 lab check
	[ "$(cd other && echo *)" = 'answers.json calls.jsonl capture.pcap seal' ]
	ln -s "$PWD/other" "$kept/new-0000000000000000"
	lab reset
	[ "$(cd other && echo *)" = 'answers.json calls.jsonl capture.pcap seal' ]
}

@test "each student has progress of their own" {
	local who
	pass "$name"
	for who in Ada 'Bob % B.' student '%41da' Zoë; do
		run -0 lab status --student "$who"
		[[ ${lines[0]} == "$who: 0 of "* ]]
	done
	[ -d "$XDG_STATE_HOME/synfin/lab/Zo%C3%AB" ]
	[ -d "$XDG_STATE_HOME/synfin/lab/Bob%20%25%20B." ]
	run -1 lab check
	[ "${lines[0]}" = 'synfin: nothing was run yet' ]
	run -1 lab submit
	pass "$name"
	lab reset --student Ada
	run -0 lab status --student "$(id -un)"
	[[ ${lines[0]} == *": 1 of "* ]]
	run -0 lab check
	run -0 lab status --student 'Zoë'
	[[ ${lines[0]} == *": 1 of "* ]]
}

@test "check marks the run that was the last, whatever its number" {
	run lab run 2 < <(yes skip)
	run lab run 1 < <(yes skip)
	run -3 lab check
	[[ ${lines[-1]} == "$name: "* ]]
	run lab run 2 < <(yes skip)
	run -3 lab check
	[[ ${lines[-1]} == 02-* ]]
}

@test "under sudo: files by the user's rights; a user without a home names a place" {
	for_nobody 4711
	run -1 env -u XDG_STATE_HOME SUDO_UID=4711 SUDO_GID=4711 HOME=/root "$SYNFIN" lab list
	[ "${lines[0]}" = 'synfin: user 4711 has no home to keep the runs in' ]
	[[ ${lines[1]} == *XDG_STATE_HOME=* ]]
	[ ! -e /tmp/.local ]
	XDG_STATE_HOME=$PWD/nobody/home SUDO_UID=4711 SUDO_GID=4711 run -0 lab list
	[ "$(stat -c %u nobody/home/synfin/lab)" = 4711 ]
	# Not root's: a folder that the user may not write to.
	local kept=nobody/home/synfin/lab/student/$name/last
	mkdir -p "$kept"
	touch "$kept/seal"
	XDG_STATE_HOME=$PWD/nobody/home SUDO_UID=4711 SUDO_GID=4711 lab reset
	[ -e "$kept/seal" ]
	cp -r "$ROOT/labs/exercises/$name/stored" in
	touch in/seal
	install -d -m 755 closed
	SUDO_UID=4711 SUDO_GID=4711 run -1 lab grade in -o closed/marks
	[ "${lines[0]}" = 'synfin: cannot write closed/marks: Permission denied' ]
	SUDO_UID=4711 SUDO_GID=4711 run lab grade in -o nobody/home/marks
	[ "$(stat -c %u nobody/home/marks)" = 4711 ]
}

@test "a run that is handed in once more is told, though its answers are others; a folder that is closed, too" {
	pass "$name"
	lab submit -o in
	cp -r in/"$name" in/again
	jq -c '.replies[0].hints = 3' in/again/answers.json >answers
	mv answers in/again/answers.json
	# Sealed as synfin does it.
	(cd in/again && for part in capture.pcap calls.jsonl answers.json; do
		printf '%s\0' $part
		cat $part
	done | sha256sum | cut -d ' ' -f 1 >seal)
	run -3 lab grade in
	[[ $output == *"in/again: the same run was handed in as in/$name"* ]]
	rm -r in/again
	run -0 lab grade in
	for_nobody
	cp -r in nobody/in
	chmod -R a+rX nobody/in
	install -d -m 700 nobody/in/closed
	run -3 as_nobody nobody/synfin lab grade nobody/in
	[[ $output == *'nobody/in/closed: it cannot be read: Permission denied'* ]]
	run -3 as_nobody nobody/synfin lab grade nobody/in --student "$(id -un)"
}

# A user namespace in which no more namespaces can be made.
enclosed() {
	unshare -U --map-root-user sh -c 'echo 0 >/proc/sys/user/max_user_namespaces
		echo 0 >/proc/sys/user/max_net_namespaces && exec "$@"' sh "$@"
}

@test "without a namespace the stored run is shown, asked about and marked" {
	[ -e "$ROOT/labs/exercises/$name/stored" ] || {
		echo "tests/tools/store-labs.sh makes it"
		false
	}
	run enclosed timeout -k 1 60 "$SYNFIN" lab run 1 < <(yes skip)
	echo "$output"
	[ "$status" = 3 ]
	[[ ${lines[0]} == 'No sandbox here '* ]]
	[[ $output == *' SYN '* ]]
	[[ $output == *'? 1 of '* ]]
	cmp "$kept/last/capture.pcap" "$ROOT/labs/exercises/$name/stored/capture.pcap"
	[ "$(jq .stored "$kept/last/answers.json")" = true ]
	run -3 lab check
	run enclosed timeout -k 1 60 "$SYNFIN" lab run 1 --lang zh_CN < <(yes 跳过)
	[[ ${lines[0]} == '此处无法建立沙箱'* ]]
	# The student gets all of it right, and it can be handed in.
	printf '%s\n' '#!/bin/sh' 'exec unshare -U --map-root-user sh -c '\''
		echo 0 >/proc/sys/user/max_user_namespaces
		echo 0 >/proc/sys/user/max_net_namespaces && exec "$@"'\'" sh '$SYNFIN' \"\$@\"" >synfin
	chmod 755 synfin
	SYNFIN=$PWD/synfin pass "$name"
	run -0 lab submit -o done
	run -0 lab grade done
	[[ $output == *'  stored'* ]]
}

@test "two runs of a student have other numbers" {
	local i
	for i in 1 2; do
		run lab run 1 --as jsonl:segment < <(yes skip)
		[ "$status" = 3 ]
		grep -o '"dst":"[^"]*"' <<<"$output" | head -n 1 >"ports$i" || true
		cp "$kept/last/capture.pcap" "capture$i"
	done
	run -1 cmp -s capture1 capture2
}

@test "check-exercise plays an exercise, and tells what a run shows to be wrong" {
	local how said
	while IFS='|' read -r how said; do
		echo "row: $how"
		rm -rf x
		mkdir x
		cp "$BATS_TEST_DIRNAME/../labs/sample"/* x
		(cd x && eval "$how")
		run timeout 60 "$SYNFIN" lab check-exercise x
		echo "$output"
		if [ -z "$said" ]; then
			[ "$status" = 0 ]
		else
			[ "$status" = 3 ]
			grep -qF "$said" <<<"$output"
		fi
	done <<-'END'
		true|
		sed -i '/^# /d' en.md|en.md: it does not begin with '# ' and a title
		sed -i 's/^## ask first/## question first/' en.md|no heading is 'question first' here
		sed -i '/^### right/,$d' en.md|en.md:4: no '### right'
		sed -i '0,/^### hint/{/^### hint/,+1d}' zh_CN.md|2 hints, not three
		sed -i '0,/^### hint/{/^### hint/,+1d}' zh_CN.md|the headings are to be the same
		sed -i 's/ask first/ask second/' en.md|lab.lua has no question 'second'
		sed -i 's/forgot-flag/no-such-name/' lab.lua|no '### wrong no-such-name' below '## ask first', and none that all share
		sed -i 's/^## end/### wrong nobody-says\nNo.\n## end/' en.md|no wrong answer of 'first' in lab.lua is called 'nobody-says'
		echo '### wrong nobody-says' >>en.md|'wrong nobody-says' stands below no question
		sed -i 's/seg.1..seq}}/behind(seg[1])}}/' lab.lua|the wrong answer 'forgot-flag' is the right one
		sed -i 's/seg.2..ack/seg[9].ack/' lab.lua|question 'first': a run does not show what is right: x:4:
		sed -i 's/return seg.2..ack/error("oh no")/' lab.lua|oh no
		sed -i 's/ask "first"/wait(0)/' lab.lua|question 'first' was never asked
		sed -i 's/ask "first"/ask "frist"/' lab.lua|there is no question 'frist'
		sed -i 's/ask "first"/ask "first" tell "more"/' lab.lua|no '## tell more'
		sed -i 's/ask "first"/nosuch()/' lab.lua|lab.lua:9: there is no 'nosuch'
		sed -i 's/ask "first"/while true do end/' lab.lua|it takes too long
		sed -i 's/ask "first"/local s = ("x"):rep(1 << 30)/' lab.lua|it takes too much memory
		echo '${seg[99].seq}' >>en.md|${seg[99].seq} has no value after a run
		echo '${seg[1].seq' >>en.md|'${' without a '}'
		rm zh_CN.md; ln -s en.md zh_CN.md|
	END
}

# The script stands in the first block of EXAMPLE, the page in the second.
@test "the example of synfin-exercises(7) is an exercise" {
	mkdir x
	awk '/^\.SH/ { here = /EXAMPLE/ } /^\.EE/ { inside = 0; n++ } here && inside { print >"block" n }
		here && /^\.EX/ { inside = 1 }' n=1 "$ROOT/share/man/synfin-exercises.7"
	sed 's/\\-/-/g' block1 >x/lab.lua
	sed 's/\\-/-/g' block2 | tee x/en.md >x/zh_CN.md
	[ -s x/lab.lua ]
	run -0 lab check-exercise x
}
