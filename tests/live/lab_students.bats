#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# Every exercise, worked at a terminal by the scripted student: all right passes, each misconception
# brings its own sentence, in both languages; answers at random do not pass.

load lab

setup() {
	[ "$(id -u)" = 0 ] || skip "needs root"
	cd "$BATS_TEST_TMPDIR" || return
	unset XDG_STATE_HOME LC_ALL LANG SUDO_UID SUDO_GID
}

exercises() {
	(cd "$ROOT/labs/exercises" && printf '%s\n' *)
}

student() {
	"$ROOT/tests/labs/student.py" "$@"
}

# A row for each run: EXERCISE MODE [OPTION...], to be done several at once: they wait most of the
# time. Prints what went wrong.
rows() {
	local name
	for name in $(exercises); do
		printf '%s\n' "$name right" "$name right --lang zh_CN" "$name wrong" \
			"$name wrong --lang zh_CN" "$name random --seed $RANDOM"
	done
}

try() {
	local said
	# shellcheck disable=SC2086 # words
	said=$("$ROOT/tests/labs/student.py" $1 2>&1) || printf '%s\n' "== $1" "$said"
}

@test "every exercise has a student, who tries every misconception that its page names" {
	local name wrong=''
	for name in $(exercises); do
		[ -e "$ROOT/tests/labs/$name.py" ] || wrong+=" $name"
		student "$name" covered || wrong+=" $name"
	done
	echo "$wrong"
	[ "$wrong" = "" ]
	for name in "$ROOT"/tests/labs/[0-9]*.py; do
		[ -d "$ROOT/labs/exercises/$(basename "$name" .py)" ]
	done
}

@test "all right passes, each misconception has its sentence, chance does not pass" {
	local wrong
	export -f try
	wrong=$(rows | xargs -P 6 -d '\n' -I ROW bash -c 'try "$@"' try ROW)
	echo "$wrong"
	[ "$wrong" = "" ]
}

@test "nothing is wrong with any exercise, as a teacher would check it" {
	local wrong
	wrong=$(exercises | xargs -P 6 -I NAME sh -c \
		'"$SYNFIN" lab check-exercise "$ROOT/labs/exercises/NAME" >said.NAME 2>&1 || cat said.NAME')
	echo "$wrong"
	[ "$wrong" = "" ]
}

@test "every stored run is small, passes, and is of this exercise" {
	local name kept code
	for name in $(exercises); do
		echo "$name"
		kept=$ROOT/labs/exercises/$name/stored
		[ -e "$kept/answers.json" ]
		[ "$(du -sb "$kept" | cut -f 1)" -le 65536 ]
		mkdir -p "in/$name"
		cp "$kept"/* "in/$name"
		(cd "in/$name" && for part in capture.pcap calls.jsonl answers.json; do
			printf '%s\0' $part && cat $part
		done | sha256sum | cut -d ' ' -f 1 >seal)
	done
	run -0 "$SYNFIN" lab grade in
}
