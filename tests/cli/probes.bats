#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# How many connections each capture of tests/probes holds, and both final states of the last one;
# then the same of the same traffic in other guises.

setup_file() {
	ROOT=${ROOT:-$(cd "$BATS_TEST_DIRNAME/../.." && pwd)}
	export ROOT SYNFIN=${SYNFIN:-$ROOT/synfin} RECAST=$BATS_FILE_TMPDIR/recast
	# shellcheck disable=SC2086 # CC may be a command and its options
	${CC:-gcc} -std=gnu17 -O1 -o "$RECAST" "$ROOT/tests/tools/recast.c"
}

# findings DIRECTORY: one object for each probe.
findings() {
	local probe
	while IFS=$'\t' read -r probe _; do
		[ "$probe" != probe ] || continue
		printf '{"probe":"%s"}\n' "$probe"
		"$SYNFIN" analyze "$1/$probe.pcap" --as jsonl:connection || printf '{"exit":%d}\n' $?
	done <"$ROOT/tests/probes/expected.tsv"
}

# judge DIRECTORY [EXCEPT...]: print what is not as expected, then how many were judged.
judge() {
	local directory=$1
	shift
	findings "$directory" | jq -nr --rawfile table "$ROOT/tests/probes/expected.tsv" '
		reduce inputs as $o ({}; if $o.probe then .probe = $o.probe | .found[.probe] = []
			else .found[.probe] += [$o] end) | .found as $found |
		def differs($what; $want; $got): select($want != "*" and $want != ($got | tostring)) |
			"\($what) \($got), not \($want)";
		$table | split("\n")[1:] | map(select(length > 0) | split("\t")) |
		map(select(.[0] | IN($ARGS.positional[]) | not)) |
		(.[] | . as $row | $found[.[0]] as $f |
			(($f[] | select(.exit) | "exit \(.exit)"),
			differs("connections"; $row[1]; $f | length),
			differs("client"; $row[4]; $f[-1].final.client),
			differs("server"; $row[5]; $f[-1].final.server)) | "\($row[0]): \(.)"),
		"\(length) judged"' --args "$@"
}

# guise HOW: every probe recast; prints where they are.
guise() {
	local directory=$BATS_TEST_TMPDIR/$1 f
	mkdir -p "$directory"
	for f in "$ROOT"/tests/probes/*.pcap; do
		"$RECAST" "$1" "$f" "$directory/${f##*/}" || return
	done
	echo "$directory"
}

# first DIRECTORY FILTER: what the filter finds in the first probe's connection.
first() {
	"$SYNFIN" analyze "$1/01-normal-4seg.pcap" --as jsonl:connection | jq -r "$2"
}

@test "the probes as they are" {
	run judge "$ROOT/tests/probes"
	[ "$output" = "48 judged" ] || { echo "$output"; false; }
}

@test "the judge can fail" {
	cp "$ROOT"/tests/probes/*.pcap "$BATS_TEST_TMPDIR"
	cp "$ROOT/tests/probes/01-normal-4seg.pcap" "$BATS_TEST_TMPDIR/13-rst-exact.pcap"
	head -c 100 "$ROOT/tests/probes/07-refused.pcap" >"$BATS_TEST_TMPDIR/07-refused.pcap"
	run judge "$BATS_TEST_TMPDIR"
	[[ $output == *"07-refused: exit 1"*"07-refused: client"*"13-rst-exact: client TIME-WAIT, not CLOSED"* ]]
}

@test "client and server have each other's address and port" {
	dir=$(guise swap)
	[ "$(first "$dir" .client)" = 10.0.0.2:80 ]
	# Mid-stream, the port alone tells who is the server.
	run judge "$dir" 29-midstream
	[ "$output" = "47 judged" ] || { echo "$output"; false; }
}

@test "mid-stream, exchanged ports exchange the roles" {
	"$RECAST" swap "$ROOT/tests/probes/29-midstream.pcap" "$BATS_TEST_TMPDIR/29.pcap"
	run "$SYNFIN" analyze "$BATS_TEST_TMPDIR/29.pcap" --as jsonl:connection
	[ "$(jq -c .final <<<"$output")" = '{"client":"CLOSED","server":"TIME-WAIT"}' ]
}

@test "every frame inside a VLAN tag" {
	dir=$(guise vlan)
	[ "$(head -c 54 "$dir/01-normal-4seg.pcap" | tail -c 2 | od -An -tx1)" = " 81 00" ]
	run judge "$dir"
	[ "$output" = "48 judged" ] || { echo "$output"; false; }
}

@test "over IPv6" {
	dir=$(guise ipv6)
	[ "$(first "$dir" .client)" = "[2001:db8::a00:1]:40000" ]
	run judge "$dir"
	[ "$output" = "48 judged" ] || { echo "$output"; false; }
}

@test "both initial numbers are 2^32 - 3" {
	dir=$(guise wrap)
	[ "$(first "$dir" '.isn | .x, .y')" = $'4294967293\n4294967293' ]
	run judge "$dir"
	[ "$output" = "48 judged" ] || { echo "$output"; false; }
}

@test "every frame captured twice, 2 us apart" {
	dir=$(guise twice)
	[ "$(first "$dir" '.packets.c2s + .packets.s2c')" = \
		$((2 * $(first "$ROOT/tests/probes" '.packets.c2s + .packets.s2c'))) ]
	run judge "$dir"
	[ "$output" = "48 judged" ] || { echo "$output"; false; }
}
