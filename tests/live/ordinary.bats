#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# A thousand ordinary connections: each has the names that are true of it, and no other. The actor
# tells what it did; the rest is worked out anew from the segments, by ordinary.jq. No root needed.

bats_require_minimum_version 1.5.0

# record DIRECTORY COMMAND...: what the actor, started by COMMAND, tells; all that synfin says; the
# packets; the frames whose window is 0, by tcpdump's account.
record() {
	local in=$1
	shift
	mkdir "$in"
	"$@" "$ACTOR" --netns --with \
		"$SYNFIN capture -B 65536 -w '$in/all.pcap' --as jsonl >'$in/seen'" \
		crowd >"$in/told" 2>"$in/talk" || { cat "$in/talk"; return 1; }
	tcpdump -nn --number -r "$in/all.pcap" 2>"$in/talk" | awk '/ win 0,/ { print $1 }' >"$in/shut"
}

judge() { # judge DIRECTORY OVERTAKING
	jq -nc --slurpfile truth "$1/told" --slurpfile shut "$1/shut" --argjson overtaking "$2" \
		-f "$BATS_TEST_DIRNAME/ordinary.jq" "$1/seen"
}

# What is wrong, by what evidence, and the ladders of three.
show_mistakes() {
	local id
	grep '"mistake"' "$1/judgement" | head -n 10
	grep '"mistake"' "$1/judgement" | jq '.conn // empty' | uniq | head -n 3 | while read -r id; do
		"$SYNFIN" analyze "$1/all.pcap" --width 120 --as ladder --id "$id"
	done
	echo "$(grep -c '"mistake"' "$1/judgement") mistakes"
}

# right DIRECTORY OVERTAKING: every connection was seen, and named as it was.
right() {
	[ "$(jq -s 'length' "$1/told")" -ge 1000 ]
	[ "$(tail -n 1 "$1/seen" | jq -c '[.type, .kernel_dropped]')" = '["end",0]' ]
	judge "$1" "$2" >"$1/judgement"
	if grep '"mistake"' "$1/judgement" >/dev/null; then
		show_mistakes "$1"
		return 1
	fi
	[ "$(tail -n 1 "$1/judgement" | jq .judged)" = "$(wc -l <"$1/told")" ]
}

setup_file() {
	# lo has a queue on each CPU; on one CPU no segment overtakes another.
	local cpu
	cpu=$(taskset -cp $$ | sed 's/.*: //; s/[-,].*//')
	record "$BATS_FILE_TMPDIR/one" taskset -c "$cpu"
}

@test "a thousand connections: the names that are true, and no other" {
	right "$BATS_FILE_TMPDIR/one" false
}

@test "there were connections of every kind" {
	cd "$BATS_FILE_TMPDIR/one"
	[ "$(jq -s 'map(.manner) | unique | length' told)" = 9 ]
	[ "$(jq -s 'map(.up, .down) | unique | length' told)" -ge 6 ]
	[ "$(grep -c '::1' told)" -ge 300 ]
	[ "$(grep -c '127.0.0.1' told)" -ge 300 ]
	# Somebody read so slowly that the other had to wait.
	[ "$(grep -c '"slow":true' told)" -ge 100 ]
	[ "$(wc -l <shut)" -ge 10 ]
	# Many were open at once: most segments follow one of another connection.
	[ "$(jq -s 'map(select(.type == "segment").conn) | [.[1:], .[:-1]] | transpose |
		map(select(.[0] != .[1])) | length' seen)" -ge 2000 ]
	judge . false | tail -n 1 | jq -r '.kinds | to_entries[] | "\(.key) \(.value)"' >kinds
	while read -r name least; do
		echo "at least $least $name"
		[ "$(awk -v name="$name" '$1 == name { print $2 }' kinds)" -ge "$least" ]
	done <<-'END'
		close-four 300
		close-three 300
		close-simultaneous 24
		half-close 50
		connect-close 20
		fin-with-data 50
	END
}

# spoil JQ-FILTER: every line of what synfin said through it.
spoil() {
	jq -c "$1" "$BATS_FILE_TMPDIR/one/seen" >spoilt/seen
}

@test "the judge can fail" {
	cd "$BATS_TEST_TMPDIR"
	cp -r "$BATS_FILE_TMPDIR/one" spoilt
	rename() { # rename CLIENT NAME NEW-NAME
		echo "if .client == \"$1\" then .diagnoses |= (. - [\"$2\"] + [\"$3\"]) else . end"
	}
	first() { # first NAME: a client whose connection has that name
		jq -r "select(.type == \"connection\" and (.diagnoses | index(\"$1\"))) | .client" \
			"$BATS_FILE_TMPDIR/one/seen" | sed -n "${2:-1}p"
	}
	three=$(first close-three) half=$(first half-close) four=$(first close-four 40)
	crossed=$(first close-simultaneous) lost=$(first close-three 60) short=$(first close-three 30)
	spoil "$(rename "$three" close-three close-four) | $(rename "$half" half-close reset) |
		$(rename "$crossed" close-simultaneous close-three) | $(rename "$four" time-wait rst-exact) |
		if .client == \"$short\" then .bytes.c2s += 1 else . end |
		select(.client != \"$lost\")"
	grep -vF "\"$four\"" "$BATS_FILE_TMPDIR/one/told" >spoilt/told
	run judge spoilt false
	while IFS='|' read -r client mistake; do
		echo "$client: $mistake"
		grep -F "\"$client\"" <<<"$output" | grep -qF "$mistake"
	done <<-END
		$three|close-three is missing
		$three|close-four is not true
		$half|half-close is missing
		$half|reset is not true
		$crossed|close-simultaneous is missing: it was made so
		$four|nobody made it
		$short|octets of the client is
		$lost|not seen
	END
	# And nobody else, but the segments of whom was not seen.
	[ "$(jq -r 'select(.mistake).client' <<<"$output" | sort -u | wc -l)" = 7 ]
}

@test "and with both ends on CPUs of their own, where a segment may overtake another" {
	record "$BATS_TEST_TMPDIR/many"
	right "$BATS_TEST_TMPDIR/many" true
}
