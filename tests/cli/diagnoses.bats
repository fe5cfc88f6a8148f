#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# What must be named, and what must not, in every scenario of tests/diagnoses and in every capture of
# tests/probes; then the same of the same traffic in other guises. In a scenario:
#   expect [sure|likely] NAME...   named on some connection, with this confidence
#   expect at N,... NAME...        and these segments are among its evidence
#   says NAME WORD...              its text has these words
#   never NAME...                  not named
#   may NAME...                    a warning or an error that is right too: any other is a mistake
#   final CLIENT SERVER            of the connection with the highest id; * is anything
#   connections N    bytes C S     how many; payload of that connection, each way
#   guises none    guises no-HOW   in which guises it is something else

setup_file() {
	ROOT=${ROOT:-$(cd "$BATS_TEST_DIRNAME/../.." && pwd)}
	export ROOT SYNFIN=${SYNFIN:-$ROOT/synfin} BIN=$BATS_FILE_TMPDIR TOOLS=$ROOT/tests/tools
	export AS_IS=$BATS_FILE_TMPDIR/as-is
	# shellcheck disable=SC2086 # CC may be a command and its options
	{
		${CC:-gcc} -std=gnu17 -O1 -o "$BIN/scenario" "$TOOLS/scenario.c" "$TOOLS/craft.c"
		${CC:-gcc} -std=gnu17 -O1 -o "$BIN/stamp" "$TOOLS/stamp.c"
		${CC:-gcc} -std=gnu17 -O1 -o "$BIN/recast" "$TOOLS/recast.c"
	}
	mkdir "$AS_IS"
	pairs "$ROOT"/tests/diagnoses/*.txt | xargs "$BIN/scenario"
	cp "$ROOT"/tests/probes/*.pcap "$AS_IS"
	expectations >"$BATS_FILE_TMPDIR/expectations"
}

# pairs TEXT...: each, and the capture that it becomes.
pairs() {
	local f
	for f; do
		echo "$f $AS_IS/$(basename "$f" .txt).pcap"
	done
}

# expectations: NAME, then a line of what is expected of it.
expectations() {
	awk '$1 ~ /^(expect|says|never|may|final|connections|bytes|guises)$/ {
		sub(/ *#.*/, ""); sub(/.*\//, "", FILENAME); sub(/\.txt$/, "", FILENAME)
		print FILENAME, $0 }' "$ROOT"/tests/diagnoses/*.txt
	awk -F '\t' 'NR > 1 {
		gsub(",", " ", $3); gsub(",", " ", $4)
		print $1, "probe"; print $1, "expect", $3; print $1, "never", $4
		print $1, "final", $5, $6
		if ($2 != "*") print $1, "connections", $2
		# Without a SYN the ports tell who is the server.
		if (/midstream/) print $1, "guises no-swap" }' "$ROOT/tests/probes/expected.tsv"
}

# findings DIRECTORY: what is found in each capture, after an object with its name.
findings() {
	local f name
	for f in "$1"/*.pcap; do
		name=${f##*/}
		printf '{"capture":"%s"}\n' "${name%.pcap}"
		"$SYNFIN" analyze "$f" --as jsonl:connection,diagnosis || printf '{"exit":%d}\n' $?
	done
}

# judge DIRECTORY [GUISE]: print what is not as expected, then how many captures were judged.
judge() {
	findings "$1" | jq -nr --arg guise "${2-}" --rawfile lines "$BATS_FILE_TMPDIR/expectations" \
		-f "$BATS_TEST_DIRNAME/diagnoses.jq"
}

# guise HOW: every capture recast, but those that it makes something else; prints where they are.
guise() {
	local directory=$BATS_TEST_TMPDIR/$1 f name
	mkdir -p "$directory"
	for f in "$AS_IS"/*.pcap; do
		name=${f##*/}
		if ! grep -Eq "^${name%.pcap} guises.* (none|no-$1)( |$)" "$BATS_FILE_TMPDIR/expectations"; then
			echo "$f $directory/$name"
		fi
	done >"$directory.pairs"
	if [ "$1" = stamps ]; then
		xargs "$BIN/stamp" <"$directory.pairs"
	else
		xargs -n 2 "$BIN/recast" "$1" <"$directory.pairs"
	fi || return
	echo "$directory"
}

in_guise() {
	local directory
	directory=$(guise "$1")
	run judge "$directory" "$1"
	[ "$output" = "$(wc -l <"$directory.pairs") judged" ] || { echo "$output"; false; }
}

# names PATTERN: the names of the scenarios' files that match.
names() {
	basename -a -s .txt "$ROOT"/tests/diagnoses/*.txt | grep -E -- "$1"
}

# catalogue: every id, but kernel-dropped, which no file can show.
catalogue() {
	grep -hoE '\{"[a-z]+(-[a-z]+)*", *(INFO|WARNING|ERROR)' "$ROOT"/analysis/model/catalogue*.c |
		cut -d '"' -f 2 | grep -vx kernel-dropped | sort
}

@test "the scenarios and the probes" {
	run judge "$AS_IS"
	[ "$output" = "$(find "$AS_IS" -name '*.pcap' | wc -l) judged" ] || { echo "$output"; false; }
}

@test "every name of the catalogue has a scenario that must show it" {
	[ "$(catalogue | wc -l)" -ge 80 ]
	missing=$(comm -23 <(catalogue) <(names . | sort))
	[ -z "$missing" ] || { echo "no scenario: $missing"; false; }
	for id in $(catalogue); do
		grep -Eq "^expect .*\b$id( |$)" "$ROOT/tests/diagnoses/$id.txt" || { echo "$id"; false; }
	done
}

@test "every scenario is about a name of the catalogue and speaks of no other" {
	known=$(catalogue; echo kernel-dropped)
	used=$(awk '$2 ~ /^(expect|never|may)$/ { for (i = 3; i <= NF; i++) print $i }' \
		"$BATS_FILE_TMPDIR/expectations" | grep -vxE 'at|sure|likely|[0-9,]+' | sort -u)
	unknown=$(comm -13 <(sort -u <<<"$known") <(echo "$used"))
	[ -z "$unknown" ] || { echo "not in the catalogue: $unknown"; false; }
	for name in $(names '-not(-|$)'); do
		id=${name%-not*}
		grep -qx "$id" <<<"$known" || continue # -not- is part of its own name
		grep -q "^never .*\b$id\b" "$ROOT/tests/diagnoses/$name.txt" || { echo "$name"; false; }
	done
}

@test "the judge can fail" {
	mkdir "$BATS_TEST_TMPDIR/d"
	cp "$AS_IS/close-four.pcap" "$BATS_TEST_TMPDIR/d/close-three.pcap"
	cp "$AS_IS/reuse-early.pcap" "$BATS_TEST_TMPDIR/d/close-four.pcap"
	head -c 100 "$AS_IS/refused.pcap" >"$BATS_TEST_TMPDIR/d/refused.pcap"
	run judge "$BATS_TEST_TMPDIR/d"
	[[ $output == *"close-three: close-three is missing"* ]]
	[[ $output == *"close-three: close-four must not be named"* ]]
	[[ $output == *"close-four: reuse-early is a mistake"* ]]
	[[ $output == *"close-four: connections 2, not 1"* ]]
	[[ $output == *"refused: exit 1"* ]]
	[[ $output == *"3 judged" ]]
}

@test "scenario names the line that it cannot read" {
	printf 'c S 1\nc S 1 msss 3\n' >"$BATS_TEST_TMPDIR/wrong.txt"
	run "$BIN/scenario" "$BATS_TEST_TMPDIR/wrong.txt" "$BATS_TEST_TMPDIR/wrong.pcap"
	[ "$status" -eq 2 ]
	[[ $output == *"wrong.txt:2: an unknown word" ]]
}

@test "a frame that the capture lost accuses nobody" {
	cd "$BATS_TEST_TMPDIR"
	for name in handshake-complete close-four close-four-server close-three close-simultaneous \
		half-close connect-close fin-with-data keepalive-probe tfo-accepted seq-wrapped reuse-legal; do
		text=$ROOT/tests/diagnoses/$name.txt
		grep -nE '^(\+[0-9.]+ )?[cs] ' "$text" | while IFS=: read -r line _; do
			sed "${line}d" "$text" >"$name-without-line-$line.txt"
			echo "$name-without-line-$line".{txt,pcap}
		done
	done | xargs "$BIN/scenario"
	run findings .
	# Without the third ACK, connect-close gives up at once: its FIN is the first ACK.
	accused=$(jq -r 'if .capture then .capture else select(.type == "diagnosis" and .severity != "info") |
		select(.id | IN("capture-gap", "aborted-in-handshake") | not) | "  \(.id): \(.text)" end' \
		<<<"$output" | grep -B 1 "^ " || true)
	[ -z "$accused" ] || { echo "$accused"; false; }
	[ "$(jq -s 'map(select(.capture)) | length' <<<"$output")" -gt 100 ]
}

@test "client and server have each other's address and port" {
	in_guise swap
}

@test "every frame inside a VLAN tag" {
	in_guise vlan
}

@test "over IPv6" {
	in_guise ipv6
}

@test "both initial numbers are 2^32 - 3" {
	in_guise wrap
}

@test "with timestamps" {
	in_guise stamps
}

@test "every frame captured twice, 2 us apart" {
	in_guise twice
}
