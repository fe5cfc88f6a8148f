#!/bin/bash
# SPDX-License-Identifier: MIT
# run-tests.sh PROGRAM... [-- PROGRAM...]: run tests, sum them up, fail when one failed.
# Those before -- run side by side through $AS_USER, those after it alone and as who we are. A
# PROGRAM is a .bats file, a .sh (one test: exit 0 passed, 77 skipped) or prints TAP (cmocka).
set -u
unset SUDO_UID SUDO_GID # live tests run as root: a capture of theirs is not to become the user's
PATH=$PATH:/usr/sbin:/sbin
export CMOCKA_MESSAGE_OUTPUT=TAP ASAN_OPTIONS=${ASAN_OPTIONS:-abort_on_error=0}
export UBSAN_OPTIONS=${UBSAN_OPTIONS:-print_stacktrace=1}
limit=${TEST_LIMIT:-$([ -n "${SAN:-}" ] && echo 900 || echo 300)} # seconds for one program
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
trap 'stop; exit 130' INT TERM
chmod 755 "$results"
passed=0 failed=0 skipped=0

# A .sh is one test; print the TAP it would have.
script() {
	"$@"
	case $? in
	0) echo "ok 1 - exit status 0" ;;
	77) echo "ok 1 - exit status 77 # skip see above" ;;
	*) echo "not ok 1 - exit status not 0" ;;
	esac
	echo 1..1
}

# start NUMBER PROGRAM [PREFIX...]: what it says goes to files of that number.
start() {
	local out=$results/$1 program=$2
	shift 2
	local run=("$@" timeout -k 5 "$limit")
	case $program in
	*.bats) "${run[@]}" bats --tap "$program" ;;
	*.sh) script "${run[@]}" "$program" ;;
	*) "${run[@]}" "$program" ;;
	esac >"$out.out" 2>"$out.err" </dev/null
	echo $? >"$out.status"
}

# What timeout runs is in a group of its own: Ctrl-C reaches it only through us.
stop() {
	local shell
	for shell in $(jobs -p); do
		# shellcheck disable=SC2046 # a list of process ids
		kill $(cat "/proc/$shell/task/$shell/children") "$shell" 2>/dev/null
	done
}

# Prints: passed failed skipped planned.
tally() {
	awk '/^[0-9]+\.\.[0-9]+/ { sub(/^[0-9]+\.\./, ""); planned += $1; next }
	     /^(not )?ok .*# *[Ss][Kk][Ii][Pp]/ { skipped++; next }
	     /^ok / { passed++ }
	     /^not ok / { failed++ }
	     END { print passed + 0, failed + 0, skipped + 0, planned + 0 }' "$1"
}

# report NUMBER PROGRAM: a line for it, all that it said when something is wrong.
report() {
	local out=$results/$1 status ok bad skip plan why=
	status=$(cat "$out.status" 2>/dev/null || echo 99)
	read -r ok bad skip plan <<<"$(tally "$out.out")"
	if [ "$status" = 124 ] || [ "$status" = 137 ]; then
		why="stopped after $limit seconds"
	elif [ "$plan" = 0 ]; then
		why="printed no plan (exit status $status)"
	elif [ $((ok + bad + skip)) != "$plan" ]; then
		why="planned $plan tests, reported $((ok + bad + skip)) (exit status $status)"
	elif [ "$bad" = 0 ] && [ "$status" != 0 ] && [[ $2 != *.sh ]]; then
		why="all tests passed, but exit status $status"
	fi
	[ -z "$why" ] || bad=$((bad + 1))
	if [ "$skip" != 0 ]; then
		grep -Ei '^(not )?ok .*# *skip' "$out.out" | sed -E "s|^(not )?ok [0-9]* *-? *|skip  $2: |"
		[ "$(id -u)" != 0 ] || bad=$((bad + skip)) why="${why:-nothing may be skipped as root}" skip=0
	fi
	passed=$((passed + ok)) failed=$((failed + bad)) skipped=$((skipped + skip))
	if [ "$bad" = 0 ]; then
		printf 'ok   %4d  %s\n' "$ok" "$2"
		return
	fi
	printf 'FAIL %4d  %s%s\n' "$bad" "$2" "${why:+: $why}"
	grep -hv '^ok ' "$out.out" "$out.err" | sed 's/^/      | /'
}

side=() alone=() to=side
for p; do
	case $to:$p in
	*:--) to=alone ;;
	side:*) side+=("$p") ;;
	*) alone+=("$p") ;;
	esac
done

# As many at once as there are processors; reported in their order.
running=0 next=0
for i in "${!side[@]}"; do
	while [ "$next" -lt ${#side[@]} ] && [ "$running" -lt "$(nproc)" ]; do
		# shellcheck disable=SC2086 # AS_USER is a command and its options
		start "$next" "${side[next]}" ${AS_USER:-} &
		pids[next]=$! next=$((next + 1)) running=$((running + 1))
	done
	wait "${pids[i]}"
	running=$((running - 1))
	report "$i" "${side[i]}"
done
for p in "${alone[@]}"; do
	start alone "$p" &
	wait $!
	report alone "$p"
done

[ "$skipped" = 0 ] && skips= || skips=", $skipped skipped"
echo "$passed passed, $failed failed$skips"
[ "$failed" = 0 ] && [ $((passed + skipped)) != 0 ]
