#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# What takes long, and mostly waits, begins at once and goes on side by side: every exercise, worked
# at a terminal by the scripted student; every exercise, checked as a teacher would; every claim.
# shellcheck disable=SC2154 # BATS_* are bats'

load lab
load lab_text

exercises() {
	(cd "$ROOT/labs/exercises" && printf '%s\n' *)
}

student() {
	"$ROOT/tests/labs/student.py" "$@"
}

# A row for each run: EXERCISE MODE [OPTION...]. What waits longest comes first.
rows() {
	local mode name
	for mode in wrong 'wrong --lang zh_CN' right 'right --lang zh_CN' "random --seed $RANDOM"; do
		for name in $(exercises); do
			echo "$name $mode"
		done
	done
}

# Says what went wrong, when something did.
try() {
	local said
	# shellcheck disable=SC2086 # words
	said=$("$ROOT/tests/labs/student.py" $1 2>&1) || printf '%s\n' "== $1" "$said"
}

check() {
	local said
	said=$("$SYNFIN" lab check-exercise "$ROOT/labs/exercises/$1" 2>&1) || printf '%s\n' "$said"
}

# begin NAME COMMAND...: in the background; what it says, and at the end its exit status, are kept.
begin() {
	local name=$BATS_FILE_TMPDIR/$1 code=0
	shift
	{
		"$@" >"$name" 2>"$name.err" </dev/null || code=$?
		echo $code >"$name.status"
	} 3>&- &
}

# ended NAME: shows what it said; three minutes at most.
ended() {
	local i name=$BATS_FILE_TMPDIR/$1
	for ((i = 0; i < 1800; i++)); do
		[ ! -s "$name.status" ] || break
		read -r -t 0.1 <>never || true
	done
	cat "$name" "$name.err"
	return "$(cat "$name.status")"
}

all_students() {
	rows | xargs -P 10 -d '\n' -I ROW bash -c 'try "$@"' try ROW
}

all_checks() {
	exercises | xargs -P 2 -I NAME bash -c 'check NAME'
}

setup_file() {
	[ "$(id -u)" = 0 ] || skip "needs root"
	cd "$BATS_FILE_TMPDIR" || return
	unset XDG_STATE_HOME LC_ALL LANG SUDO_UID SUDO_GID
	export -f try check
	begin claims timeout -k 1 180 "$SYNFIN" lab claims all --lang en
	begin students all_students
	cp -r "$BATS_TEST_DIRNAME/../labs/sample" slow
	sed -i 's/ask "first"/ask "first" wait(40)/' slow/lab.lua
	begin slow_check timeout 60 "$SYNFIN" lab check-exercise slow
	begin checks all_checks
}

setup() {
	[ "$(id -u)" = 0 ] || skip "needs root"
	cd "$BATS_TEST_TMPDIR" || return
	mkfifo never
	unset XDG_STATE_HOME LC_ALL LANG SUDO_UID SUDO_GID
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

@test "nothing is wrong with any exercise, as a teacher would check it" {
	ended checks
	[ ! -s "$BATS_FILE_TMPDIR/checks" ]
}

@test "an exercise that takes too long to check is left" {
	run -1 ended slow_check
	[[ $output == *'the exercise takes longer than 30 s to check'* ]]
}

@test "all right passes, each misconception has its sentence, chance does not pass" {
	ended students
	[ ! -s "$BATS_FILE_TMPDIR/students" ]
}

ids() {
	basename -s .lua "$ROOT"/labs/claims/C*.lua
}

@test "claims: within three minutes each has its verdict, in order, with proof and reason" {
	local id verdict wrong=0 n
	ended claims
	cp "$BATS_FILE_TMPDIR/claims" text
	[ ! -s "$BATS_FILE_TMPDIR/claims.err" ]
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
