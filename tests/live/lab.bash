# SPDX-License-Identifier: MIT
# For the tests of lab: a state of our own, and where what runs leaves something behind.
# shellcheck shell=bash disable=SC2154,SC2034 # BATS_* are bats'

bats_require_minimum_version 1.5.0
load processes

enter_lab() {
	export XDG_STATE_HOME=$BATS_TEST_TMPDIR/state
	unset LC_ALL LC_MESSAGES COLUMNS NO_COLOR SUDO_UID SUDO_GID
	export LANG=C.UTF-8
	mkdir -p "$BATS_TEST_TMPDIR/work"
	cd "$BATS_TEST_TMPDIR/work" || return
	mkfifo never
	name=$(cd "$ROOT/labs/exercises" && printf '%s\n' * | head -n 1)
	kept=$XDG_STATE_HOME/synfin/lab/$(id -un)/$name
}

# Nobody hangs for ever.
lab() {
	timeout -k 1 60 "$SYNFIN" lab "$@"
}

# pass EXERCISE: by the scripted student.
pass() {
	"$ROOT/tests/labs/student.py" "$1" right
}

# The program where everybody may run it, and a place for its state.
for_nobody() {
	chmod 711 "$BATS_RUN_TMPDIR" "$BATS_TEST_TMPDIR" "${BATS_TEST_TMPDIR%/*}"
	install -d -m 755 nobody
	install -m 755 "$SYNFIN" nobody/synfin
	chmod 711 .
	install -d -o "${1:-65534}" nobody/home
}

as_nobody() {
	setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=-all "$@"
}

# await COMMAND...: until it succeeds, ten seconds at most.
await() {
	local i
	for ((i = 0; i < 1000; i++)); do
		"$@" && return
		read -r -t 0.01 <>never || true
	done
	echo "waited in vain: $*"
	return 1
}

says() { # says FILE WORDS
	grep -q -- "$2" "$1"
}

is_gone() {
	[ ! -e "/proc/$1" ] || grep -q '^State:.Z' "/proc/$1/status"
}

deserted() {
	! inhabited "$1"
}

# Only what a kept run has.
tidy() {
	[ -z "$(find "$XDG_STATE_HOME" -name "new*" -o -name "old*")" ] || { ls -R "$kept"; return 1; }
}
