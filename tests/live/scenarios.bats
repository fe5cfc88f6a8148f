#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# Every scenario against this kernel, and what the analysis finds in its capture. No root needed.
# They wait most of the time: several run at once, each in a namespace of its own.

bats_require_minimum_version 1.5.0

names_of() { # names_of SCENARIO: the diagnoses that its capture is to have
	sed -n 's/^-- Names: //p' "$ROOT/inject/scenarios/$1.lua" | tr -d ,
}

# try DIRECTORY NAME: says what is wrong, else nothing.
try() {
	local pcap=$1/$2.pcap said=$1/$2.said code=0 found name
	"$SYNFIN" inject run "$2" --netns -q -w "$pcap" >"$said" 2>&1 || code=$?
	[ "$code" = 0 ] || {
		echo "$2: exit status $code"
		cat "$said"
		return 0
	}
	found=$("$SYNFIN" analyze "$pcap" --as jsonl:connection | jq -r '.diagnoses[]')
	for name in $(names_of "$2"); do
		grep -qxF "$name" <<<"$found" || echo "$2: no $name in its capture"
	done
}

listed() {
	"$SYNFIN" inject list | sed 's/ .*//'
}

@test "each does what it says, and its capture shows it" {
	local wrong ran there
	export -f try names_of
	wrong=$(listed | xargs -P 6 -I NAME bash -c 'try "$@"' try "$BATS_TEST_TMPDIR" NAME)
	echo "$wrong"
	[ "$wrong" = "" ]
	ran=("$BATS_TEST_TMPDIR"/*.pcap) there=("$ROOT"/inject/scenarios/*.lua)
	[ "${#ran[@]}" = "${#there[@]}" ]
}

@test "an ordinary user can do the same: sysctls, counters and states too" {
	[ "$(id -u)" = 0 ] || skip "the test before has done so"
	local name
	cp "$SYNFIN" "$BATS_TEST_TMPDIR/synfin"
	chmod 755 "$BATS_TEST_TMPDIR" "$BATS_TEST_TMPDIR/synfin"
	for name in three-way simultaneous-open self-connect fast-open syn-cookies; do
		echo "$name"
		run -0 setpriv --reuid=65534 --regid=65534 --clear-groups \
			"$BATS_TEST_TMPDIR/synfin" inject run "$name" --netns -q
	done
}

@test "each file says in a line what it shows, and names diagnoses that there are" {
	local known file
	known=$("$SYNFIN" explain)
	for file in "$ROOT"/inject/scenarios/*.lua; do
		name=$(basename "$file" .lua)
		echo "$name"
		[[ $(head -n 1 "$file") == "-- "?*. ]]
		[ "$(grep -c '^-- Names: ' "$file")" = 1 ]
		[ "$(wc -L <"$file")" -le 100 ]
		[ -n "$(names_of "$name")" ]
		for name in $(names_of "$name"); do
			grep -qwF -- "$name" <<<"$known"
		done
	done
	[ "$(listed)" = "$(cd "$ROOT/inject/scenarios" && printf '%s\n' *.lua | sed 's/\.lua$//' | LC_ALL=C sort)" ]
}
