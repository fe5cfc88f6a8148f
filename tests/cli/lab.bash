# SPDX-License-Identifier: MIT
# For the tests of lab: papers, made from the stored runs of the exercises.
# shellcheck shell=bash disable=SC2154 # BATS_* are bats'

bats_require_minimum_version 1.5.0

ROOT=${ROOT:-$(cd "$BATS_TEST_DIRNAME/../.." && pwd)}
SYNFIN=${SYNFIN:-$ROOT/synfin}

# A state of our own, and a place to work in.
enter_lab() {
	export XDG_STATE_HOME=$BATS_TEST_TMPDIR/state
	unset LC_ALL LC_MESSAGES COLUMNS NO_COLOR SUDO_UID SUDO_GID
	export LANG=C.UTF-8
	mkdir -p "$BATS_TEST_TMPDIR/work"
	cd "$BATS_TEST_TMPDIR/work" || return
}

lab() {
	"$SYNFIN" lab "$@"
}

# The exercises that have a stored run, in their order.
stored() {
	local folder
	for folder in "$ROOT"/labs/exercises/*/stored; do
		basename "${folder%/stored}"
	done
}

# seal FOLDER: as synfin lab does when a run has come to its end.
seal() {
	local part
	for part in capture.pcap calls.jsonl answers.json; do
		printf '%s\0' "$part"
		cat "$1/$part"
	done | sha256sum | cut -d ' ' -f 1 >"$1/seal"
}

# paper FOLDER [EXERCISE]: the work of the student "stored", all of it right.
paper() {
	local name=${2:-$(stored | head -n 1)}
	mkdir -p "$1"
	cp "$ROOT/labs/exercises/$name/stored"/{capture.pcap,calls.jsonl,answers.json} "$1"
	seal "$1"
}

# change FOLDER FILTER: answers.json, by jq; sealed again.
change() {
	jq -c "$2" "$1/answers.json" >answers
	mv answers "$1/answers.json"
	seal "$1"
}
