# SPDX-License-Identifier: MIT
# The runner must not call anything passed that did not pass.
# shellcheck disable=SC2154

setup() {
	cd "$BATS_TEST_TMPDIR"
	user=
	[ "$(id -u)" != 0 ] || user="setpriv --reuid=65534 --regid=65534 --clear-groups --"
	chmod 755 "$BATS_RUN_TMPDIR" "$BATS_RUN_TMPDIR"/* "$BATS_TEST_TMPDIR" 2>/dev/null || true
}

# put FILE LINE...: a program that prints these lines, "exit N" among them ends it.
put() {
	local file=$1 line
	shift
	echo '#!/bin/sh' >"$file"
	for line; do
		case $line in exit*|kill*|sleep*) echo "$line" ;; *) echo "echo '$line'" ;; esac
	done >>"$file"
	chmod 755 "$file"
}

tests() { run env -u AS_USER "$ROOT/tests/tools/run-tests.sh" "$@"; }
last() { [ "${lines[-1]}" = "$1" ] || { echo "$output"; return 1; }; }

@test "sums over programs, two plans in one of them" {
	put a 'ok 1 - x' 'ok 2 - y' 1..2
	put b 1..1 'ok 1 - x' 1..2 'ok 1 - y' 'ok 2 - z'
	tests "$PWD/a" -- "$PWD/b"
	[ "$status" -eq 0 ]
	last '5 passed, 0 failed'
}

@test "a failed test is shown and counted" {
	put a 1..2 'ok 1 - x' 'not ok 2 - y' '# because' 'exit 1'
	tests "$PWD/a"
	[ "$status" -eq 1 ]
	last '1 passed, 1 failed'
	[[ $output == *"| # because"* ]]
}

@test "what is not a proper end is a failure" {
	while read -r label sum rest; do
		IFS='|' read -ra said <<<"$rest"
		put a "${said[@]}"
		TEST_LIMIT=1 tests "$PWD/a"
		[ "$status" -eq 1 ] && last "$sum passed, 1 failed" || { echo "row: $label"; return 1; }
	done <<-'ROWS'
		no-plan 0 hello
		died-early 1 1..2|ok 1 - x|kill -SEGV $$
		too-few 1 1..2|ok 1 - x
		exit-status 1 1..1|ok 1 - x|exit 1
		too-long 1 1..1|ok 1 - x|sleep 20
	ROWS
	tests "$PWD/there-is-no-such-program"
	[ "$status" -eq 1 ]
	tests
	[ "$status" -eq 1 ]
}

@test "a skipped test is counted, and as root it is a failure" {
	put a 1..3 'ok 1 - x' 'ok 2 - y # skip no network' 'not ok 3 # SKIP z'
	cp "$ROOT/tests/tools/run-tests.sh" . # root's checkout may lie below a closed home
	run env -u AS_USER $user "$PWD/run-tests.sh" "$PWD/a"
	[ "$status" -eq 0 ]
	last '1 passed, 0 failed, 2 skipped'
	[[ $output == *"no network"* ]]
	[ "$(id -u)" = 0 ] || return 0
	tests "$PWD/a"
	[ "$status" -eq 1 ]
	last '1 passed, 2 failed'
}

@test "bats files and scripts" {
	printf '@test "%s" { %s; }\n' good true bad false >a.bats
	put b.sh 'exit 0'
	put c.sh 'exit 3'
	tests "$PWD/a.bats" "$PWD/b.sh" "$PWD/c.sh"
	[ "$status" -eq 1 ]
	last '2 passed, 2 failed'
}
