#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# What synfin analyze says when a file, a name or an option is wrong: cause, cure and exit code.

load analyze.bash

wants='synfin reads pcap and pcapng files, as *'

@test "files that cannot be read" {
	: >empty
	echo "no capture at all, but some text that is long enough to be one" >text
	head -c 20 four.pcap >stump
	mkdir directory
	while IFS='|' read -r file first last; do
		# shellcheck disable=SC2086 # one or two names
		expect 1 "$first" "$last" $file
		[ -z "$output" ]
	done <<-TABLE
		nosuch.pcap|synfin: nosuch.pcap: No such file or directory|Check the name: *
		directory|synfin: directory: is a directory|Name the capture files in it: *
		empty|synfin: empty: the file is empty|$wants
		text|synfin: text: not a capture file (*)|$wants
		$SYNFIN|synfin: $SYNFIN: not a capture file (*)|$wants
		stump|synfin: stump: not a capture file (*)|$wants
		four.pcap nosuch.pcap|synfin: nosuch.pcap: No such file or directory|Check the name: *
	TABLE
}

@test "no right to read" {
	chmod 0 four.pcap
	as=()
	[ "$(id -u)" != 0 ] || as=(setpriv --reuid 65534 --regid 65534 --clear-groups --inh-caps -all --)
	cp "$SYNFIN" synfin
	chmod 755 . synfin
	run -1 --separate-stderr "${as[@]}" ./synfin analyze four.pcap
	[ "${stderr_lines[0]}" = "synfin: four.pcap: Permission denied" ]
	[[ ${stderr_lines[-1]} == "Ask its owner for the right to read it"* ]]
}

@test "a cut last record: all before it, one sentence, exit 1" {
	head -c -7 four.pcap >cut.pcap
	expect 1 "synfin: cut.pcap: reading stopped after frame 10: *" "Everything before it is shown. *" \
		cut.pcap --as jsonl
	[ "${#stderr_lines[@]}" = 2 ]
	[ "$(jq -s 'map(select(.type == "segment")) | length' <<<"$output")" = 10 ]
	[ "$(jq -r 'select(.type == "connection") | .final.server' <<<"$output")" = LAST-ACK ]
	head -c 30 four.pcap >cut.pcap
	expect 1 "synfin: cut.pcap: nothing of it could be read: *" "editcap *" cut.pcap
	[ "${#stderr_lines[@]}" = 2 ]
}

@test "a cut file beside a whole one: the whole one is whole" {
	head -c -7 four.pcap >cut.pcap
	expect 1 "synfin: cut.pcap: reading stopped after frame 10: *" "*" cut.pcap "$PCAPS/reset.pcap" --as jsonl
	[ "$(jq -s 'map(select(.type == "segment")) | length' <<<"$output")" = 18 ]
}

@test "a record that claims 2 GiB: all before it, exit 1" {
	"$TOOLS/refile" damaged four.pcap damaged.pcap
	expect 1 "synfin: damaged.pcap: reading stopped after frame 5: *2147483647*" "*" damaged.pcap --as jsonl
	[ "$(jq -s 'map(select(.type == "segment")) | length' <<<"$output")" = 5 ]
}

@test "pcapng, big-endian and nanoseconds are the same capture" {
	analyze four.pcap --as jsonl:segment,connection >expected
	for kind in pcapng big-endian nanoseconds; do
		"$TOOLS/refile" $kind four.pcap $kind
		run -0 --separate-stderr analyze $kind --as jsonl:segment,connection
		diff expected - <<<"$output" || { echo "$kind"; false; }
	done
}

@test "pcapng of two link types: what was read, and the limit" {
	"$TOOLS/refile" two-links four.pcap two.pcapng
	expect 1 "synfin: two.pcapng: reading stopped after frame 5: *type 113 different from*" "*" \
		two.pcapng --as jsonl
	[ "$(jq -s 'map(select(.type == "segment")) | length' <<<"$output")" = 5 ]
}

@test "every link type" {
	analyze four.pcap --as jsonl:connection | jq -c 'del(.start)' >expected
	for link in 0 108 101 12 14 228 9 51 113 276; do
		"$TOOLS/recast" link=$link four.pcap link.pcap
		run -0 --separate-stderr analyze link.pcap --as jsonl:connection
		diff expected <(jq -c 'del(.start)' <<<"$output") || { echo "link type $link"; false; }
	done
	"$TOOLS/recast" link=229 "$PCAPS/ipv6.pcap" link.pcap
	diff <(analyze link.pcap --as jsonl:connection) <(analyze "$PCAPS/ipv6.pcap" --as jsonl:connection)
	for how in vlan qinq; do
		"$TOOLS/recast" $how four.pcap $how.pcap
		diff expected <(analyze $how.pcap --as jsonl:connection | jq -c 'del(.start)') || { echo "$how"; false; }
	done
}

@test "link types that are refused" {
	for link in 105:IEEE802_11 127:IEEE802_11_RADIO 147:unknown 9999:unknown; do
		"$TOOLS/recast" "link=${link%:*}" four.pcap link.pcap
		expect 1 "synfin: link type not supported (${link#*:}): 11 frames left out" "Capture on *" link.pcap
		[ "${#stderr_lines[@]}" = 2 ]
	done
}

@test "ten thousand frames of noise: soon over, exit 1, counted with their reasons" {
	"$TOOLS/refile" noise four.pcap noise.pcap
	run -1 --separate-stderr timeout "$((${SAN:-0} ? 20 : 2))" "$SYNFIN" analyze -v noise.pcap --as jsonl
	[[ ${stderr_lines[0]} =~ ^synfin:\ ([0-9]+)\ damaged\ frames\ left\ out:\ (.*)$ ]]
	damaged=${BASH_REMATCH[1]} reasons=0
	for n in $(grep -oE '(^|, )[0-9]+' <<<"${BASH_REMATCH[2]}" | tr -d ', '); do
		reasons=$((reasons + n))
	done
	[ "$damaged" = "$reasons" ]
	tail -n 1 <<<"$output" | jq -e --argjson damaged "$damaged" '.frames == 10000 and
		(.skipped | add) > $damaged'
	[ "$(jq -s '(map(select(.type == "segment")) | length) + .[-1].datagrams + .[-1].icmp +
		(.[-1].skipped | add)' <<<"$output")" = 10000 ]
}

@test "nothing in it" {
	head -c 24 four.pcap >none.pcap
	expect 0 "synfin: no TCP connection in the capture" "*" none.pcap
	expect 0 "synfin: no TCP connection in the frames that -f and -p let through" "*" four.pcap -p 9
	run -0 --separate-stderr analyze -q none.pcap
	[ -z "$output$stderr" ]
}

# arguments | first line: misuse, exit 2
misuse='|*name a capture file, or - for standard input
four.pcap --id x|*--id is *not *x*
four.pcap --id 0|*--id is *
four.pcap --id 1.0|*--id is *
four.pcap --id 1.|*--id is *
four.pcap --id .1|*--id is *
four.pcap --id 1.1.1|*--id is *
four.pcap --id -1|*--id is *
four.pcap --id #|*--id is *
four.pcap --id 4294967296|*--id is *
four.pcap --id 4294967297|*--id is *
four.pcap --id 1.4294967297|*--id is *
four.pcap --id 18446744073709551617|*--id is *
four.pcap -p 0|*-p PORT is a number from 1 to 65535, not *0*
four.pcap -p 65536|*-p PORT is a number from 1 to 65535, not *65536*
four.pcap -p http|*-p PORT is a number from 1 to 65535, not *http*
four.pcap -c 0|*-c is a number from 1 to *, not *0*
four.pcap -c -1|*-c is a number from 1 to *, not *-1*
four.pcap -c 1x|*-c is a number from 1 to *, not *1x*
four.pcap --as laddr|*unknown view *laddr*: did you mean *ladder*
four.pcap --as xyz|*unknown view *xyz*: choose from ladder, list, words, figure, jsonl, zeek
four.pcap --as jsonl:bogus|*unknown jsonl type *bogus*: choose from *connection*
four.pcap --as jsonl:conection|*unknown jsonl type *did you mean *connection*
four.pcap --as jsonl:segment,|*unknown jsonl type *
four.pcap --as list:connection|*only jsonl has types*
four.pcap --width 39|*--width is *from 40 to 400, not *39*
four.pcap --width 401|*--width is *from 40 to 400, not *401*
four.pcap --width wide|*--width is *from 40 to 400, not *wide*
four.pcap --seq foo|*unknown --seq *foo*: choose from sym, abs, rel, hex
four.pcap --seq ab|*unknown --seq *ab*: did you mean *abs*
four.pcap --time now|*unknown --time *now*
four.pcap --style asci|*unknown --style *asci*: did you mean *ascii*
four.pcap --color sometimes|*unknown --color *sometimes*
four.pcap --sort foo|*--sort is id or end, not *foo*
four.pcap --bogus|*unrecognized option*--bogus*
four.pcap --verbsoe|*unrecognized option *--verbsoe*: did you mean *--verbose*
four.pcap --widht=80|*unrecognized option *--widht=80*: did you mean *--width*
four.pcap --q --styel cjk|*unrecognized option *--styel*: did you mean *--style*
four.pcap -Z|*invalid option*Z*
- -|*standard input*only once*'

@test "misuse: exit 2, what is wrong and where to read on" {
	while IFS='|' read -r arguments first; do
		# shellcheck disable=SC2086 # words
		expect 2 "synfin analyze: $first" "Try *--help*" $arguments </dev/null
		[ -z "$output" ]
	done <<<"$misuse"
}

@test "what only looks like a misspelt option is none" {
	cp four.pcap ./--widht
	analyze -- --widht
	analyze --read --widht
	analyze four.pcap -o --styel
	[ -s ./--styel ]
}

@test "ids that are not there" {
	expect 1 "synfin: there is no connection #2: the last is #1" "*" four.pcap --id 2
	expect 1 "synfin: connection #1 has no segment 99" "--id 1 shows *" four.pcap --id 1.99
	head -c 24 four.pcap >none.pcap
	expect 1 "synfin: there is no connection #1, nor any other" "*" none.pcap --id 1
}

@test "a bad filter: the word that is wrong is pointed at" {
	while IFS='|' read -r filter column; do
		expect 1 "synfin: bad filter: *" "Examples: *pcap-filter(7)*" four.pcap -f "$filter"
		[ "${stderr_lines[1]}" = "  $filter" ]
		[ "${stderr_lines[2]}" = "$(printf '  %*s^' "$column" '')" ]
	done <<-TABLE
		tcp prot 80|4
		port 80 andd tcp|8
		host 127.0.0.1 and port 99999x|24
		bogus|0
	TABLE
}

@test "outputs that cannot be written" {
	[ -e /dev/full ]
	chmod 755 .
	expect 1 "synfin: four.pcap is read from: *" "Choose another name after -o." four.pcap -o four.pcap
	cmp four.pcap "$PCAPS/close-four.pcap"
	ln four.pcap other.pcap
	expect 1 "synfin: other.pcap is read from: *" "Choose another name after -o." four.pcap -o other.pcap
	expect 1 "synfin: cannot write /nosuch/x: No such file or directory" "Choose a place *" four.pcap -o /nosuch/x
	expect 1 "synfin: cannot write .: Is a directory" "Choose a place *" four.pcap -o .
	for view in ladder list words figure jsonl zeek; do
		expect 1 "synfin: cannot write /dev/full: No space left on device" "*" four.pcap --as $view -o /dev/full
	done
}

@test "standard output full, and closed" {
	run -1 --separate-stderr bash -c "'$SYNFIN' analyze '$PCAPS/two-hundred.pcap' >/dev/full"
	[ "${stderr_lines[0]}" = "synfin: cannot write to standard output: No space left on device" ]
	run --separate-stderr bash -c "'$SYNFIN' analyze '$PCAPS/two-hundred.pcap' --as jsonl | head -n 1"
	[ "$(jq -r .type <<<"$output")" = capture ]
	[ -z "$stderr" ]
}
