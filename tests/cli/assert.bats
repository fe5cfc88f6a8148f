#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# synfin analyze --assert: what is printed, said and returned.
# shellcheck disable=SC2154 # what run sets

load analyze.bash

setup_file() {
	build_tools
}

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	cp "$PCAPS"/*.pcap .
}

# rows: the ids that stand in the rows of $output, in one line.
rows() {
	sed -n 's/^\(#[0-9]*\) .*/\1/p' <<<"$output" | paste -sd ' '
}

# file|expression: true of every connection
holds='close-three|close.segments == 3
close-four|close.segments == 4 and close.by == "client" and close.kind == "fin"
close-four|handshake.complete and handshake.segments == 3 and handshake.rtt < 0.01
close-four|bytes.c2s == 5 and bytes.s2c == 5 and packets.c2s == 6 and packets.s2c == 5
close-four|final.client == "TIME-WAIT" and final.server == "CLOSED"
close-four|shape == "S sa A | 4 | F a f A" and segments == 11
close-four|client == "127.0.0.1:40001" and server:match(":(%d+)$") == "8081"
close-four|conn == 1 and first_frame == 1 and last_frame == 11 and duration < 1 and start > 1.7e9
close-four|isn.x == 4118113828 and isn.y == 3363260579
close-four|has("close-four") and table.concat(diagnoses, " "):find("close%-four") ~= nil
close-three|has("close-three") and not has("close-four")
server-first|close.by == "server"
refused|close.kind == "rst" and not handshake.complete and handshake.rtt == nil
reset|close.kind == "rst" and close.segments == nil
two-hundred|handshake.complete and not role_guessed'

@test "true of every connection: exit 0, and not a word" {
	while IFS='|' read -r file expression; do
		run --separate-stderr analyze "$file.pcap" --assert "$expression"
		echo "row: $file: $expression: $status $output $stderr"
		[[ $status = 0 && -z $output$stderr ]]
	done <<<"$holds"
}

@test "not true: exit 3, those connections as rows of the list, and a sentence" {
	expect 3 "synfin: 1 of 1 connection fails: close.segments == 3" "*" \
		close-four.pcap --assert 'close.segments == 3'
	diff <(analyze close-four.pcap --as list) - <<<"$output"
	[ "${#stderr_lines[@]}" = 1 ]
	expect 3 "synfin: 3 of 4 connections fail: close.segments == 3" "*" \
		close-four.pcap close-three.pcap refused.pcap lost-syn.pcap --assert 'close.segments == 3'
	[ "$(rows)" = "#1 #3 #4" ]
	expect 3 "synfin: 160 of 200 connections fail: close.segments == 3" "*" \
		two-hundred.pcap --assert 'close.segments == 3'
	diff <(analyze two-hundred.pcap | grep -vE '\| (F f A|f F a) ' | awk '{ print $1, $2, $3 }') \
		<(awk '{ print $1, $2, $3 }' <<<"$output")
}

@test "several expressions: a sentence for each that fails, and which in the row" {
	expect 3 "synfin: 1 of 2 connections fails: close.segments == 4" \
		"synfin: 1 of 2 connections fails: close.segments == 3" close-four.pcap close-three.pcap \
		--assert 'close.segments == 4' --assert 'segments > 1' --assert 'close.segments == 3'
	[ "${#stderr_lines[@]}" = 2 ]
	[[ ${lines[1]} == "#1 "*"  (close.segments == 3)" && ${lines[2]} == "#2 "*"  (close.segments == 4)" ]]
	[ "${#lines[@]}" = 3 ]
	run -0 analyze close-four.pcap --assert 'segments > 1' --assert 'segments > 2'
}

# expression|the end of the row
reasons='handshake.rtt < 1|(attempt to compare nil with number)
close.segment == 3|(there is no '"'segment' in 'close')"'
clos.segments == 3|(there is no '"'clos')"'
type == "connection"|refused
segments|(it is a number, neither true nor false)
;|(it has no value)
has("close-thre")|(there is no diagnosis '"'close-thre')"'
has()|(write has('"'NAME'))"'
error("a\27[2J\nb")|(a\x1b[2J\x0ab)
(function() while true do end end)()|(it takes too long)
(function() while true do pcall(function() while true do end end) end end)()|(it takes too long)
("a"):rep(3000):find(("a*"):rep(30) .. "b")|(it takes too long)
(""):rep(1e15) == ""|(it takes too long)
pcall(string.rep, "x", 1e9) or true|(it takes too long)
(function() local s = "x" while true do s = s .. s end end)()|(it takes too much memory)
load("return true")()|(there is no '"'load')"'
os.exit(0)|(there is no '"'os')"'
io.write("x")|(there is no '"'io')"'
print(1) == nil|(there is no '"'print')"

@test "no answer: that connection fails, and its row says why" {
	while IFS='|' read -r expression reason; do
		run -3 --separate-stderr timeout 20 "$SYNFIN" analyze refused.pcap --assert "$expression"
		echo "row: $expression: $output"
		[[ ${#lines[@]} = 2 && ${lines[1]} == "#1 "*"$reason" ]]
	done <<<"$reasons"
	expect 3 "synfin: 1 of 2 connections fails: handshake.rtt < 1" "*" \
		close-four.pcap refused.pcap --assert 'handshake.rtt < 1'
	[ "$(rows)" = "#2" ]
}

@test "what is no expression: exit 2, Lua's message and the place, before a file is read" {
	while IFS='|' read -r expression message place; do
		expect 2 "synfin: --assert is no Lua expression: $message" "Examples: *; see synfin-analyze(1)." \
			nosuch.pcap --assert true --assert "$expression"
		[ -z "$output" ]
		[ "${stderr_lines[1]}" = "  $expression" ]
		[ "${stderr_lines[2]}" = "$place" ]
	done <<-'TABLE'
		close.segments = 3|<eof> expected near '='|                 ^
		close.segments ==|unexpected symbol near <eof>|                   ^
		close segments|<eof> expected near 'segments'|               ^
		'open|unfinished string near <eof>|       ^
	TABLE
	expect 2 "synfin: --assert is no Lua expression: it is empty" "Examples: *" close-four.pcap --assert ''
	expect 2 "*option '--assert' requires an argument*" "Try *" close-four.pcap --assert
}

@test "of no connection nothing is true: exit 3" {
	head -c 24 close-four.pcap >none.pcap
	for arguments in none.pcap "close-four.pcap -p 9" "close-four.pcap -f udp" "-q none.pcap"; do
		# shellcheck disable=SC2086 # words
		expect 3 "synfin: there is no connection, so that no --assert is true of one" "Check the file, *" \
			$arguments --assert true
		[[ -z $output && ${#stderr_lines[@]} = 2 ]]
	done
}

@test "--id, -p and -f say which connections are asked about" {
	run -0 analyze two-hundred.pcap --assert 'conn == 7' --id 7
	[ -z "$output" ]
	run -3 --separate-stderr analyze two-hundred.pcap --assert 'conn ~= 7' --id '#7'
	[ "$(rows)" = "#7" ]
	[ "$stderr" = "synfin: 1 of 1 connection fails: conn ~= 7" ]
	run -0 analyze close-four.pcap close-three.pcap --assert 'close.segments == 3' -p 8082
	run -0 analyze close-four.pcap close-three.pcap --assert 'close.segments == 3' -f 'port 8082'
	expect 1 "synfin: there is no connection #2: the last is #1" "*" close-four.pcap --assert true --id 2
	[ "${#stderr_lines[@]}" = 2 ]
	expect 1 "synfin: connection #1 has no segment 99" "*" close-four.pcap --assert true --id 1.99
}

@test "with --as the view is drawn as ever, and the rows are talk" {
	for view in list ladder words jsonl; do
		run -3 --separate-stderr analyze close-four.pcap --as $view --assert 'segments == 1'
		diff <(analyze close-four.pcap --as $view) - <<<"$output"
		[[ ${stderr_lines[-2]} == "#1 "* && ${stderr_lines[-1]} == "synfin: 1 of 1 connection fails: "* ]]
		run -0 --separate-stderr analyze close-four.pcap --as $view --assert 'segments == 11'
		diff <(analyze close-four.pcap --as $view) - <<<"$output"
		[ -z "$stderr" ]
	done
}

@test "-q: rows, but no sentence; beside a view neither" {
	run -3 --separate-stderr analyze close-four.pcap -q --assert false
	[[ $(rows) == "#1" && -z $stderr ]]
	run -3 --separate-stderr analyze close-four.pcap -q --assert false --as ladder
	[[ ${lines[0]} == "#1 "* && -z $stderr ]]
}

@test "-o, --sort, --width and -c" {
	run -3 --separate-stderr analyze close-four.pcap --assert false -o out
	[ -z "$output" ]
	grep -q '^#1 ' out
	run -3 --separate-stderr analyze two-hundred.pcap --assert 'conn > 5' --width 40
	run -3 --separate-stderr analyze two-hundred.pcap --assert 'close.kind == "fin"' --sort end
	diff <(analyze two-hundred.pcap --as jsonl:connection |
		jq -r 'select(.close.kind != "fin") | "#\(.conn)"' | paste -sd ' ') <(rows)
	expect 3 "synfin: 1 of 1 connection fails: close.segments == 4" "*" \
		close-four.pcap --assert 'close.segments == 4' -c 5
}

@test "a file that is cut or damaged: exit 1, whatever is true" {
	head -c -7 close-four.pcap >cut.pcap
	expect 1 "synfin: cut.pcap: reading stopped after frame 10: *" "Everything before it *" \
		cut.pcap --assert true
	expect 1 "synfin: cut.pcap: reading stopped after frame 10: *" "synfin: 1 of 1 connection fails: false" \
		cut.pcap --assert false
}

@test "every member of the schema's connection is a name, whether it is null or not" {
	local schema=$ROOT/share/schema/synfin-1.schema.json names
	names=$(jq -r '."$defs" as $all | $all.connection.properties | to_entries[] |
		select(.key != "type" and .key != "v") | .key as $k | (.value["$ref"] // "" | ltrimstr("#/$defs/"))
		as $ref | $k, (((.value.properties // $all[$ref].properties // {}) | keys[]) | "\($k).\(.)")' "$schema")
	[ "$(wc -w <<<"$names")" -ge 29 ]
	local all='' name
	for name in $names; do
		all+="($name == nil or true) and "
	done
	for f in *.pcap; do
		run analyze "$f" --assert "$all true"
		echo "$f: $output"
		[ "$status" = 0 ]
	done
}

@test "no evaluation knows of another" {
	run -0 analyze two-hundred.pcap --assert '(function()
		string.seen = (string.seen or 0) + 1
		close.segments = (close.segments or 0) + 1
		return string.seen == 1 and not pcall(function() return mine end)
	end)()' --assert '(function() mine = 1 return mine == 1 end)()'
}

@test "file names that a terminal would obey are shown with escapes" {
	expect 1 'synfin: a\\x1b\[2Jb\\x0a: No such file or directory' "*" $'a\e[2Jb\n'
	printf x >$'c\e[2J'
	expect 1 'synfin: c\\x1b\[2J: not a capture file*' "*" $'c\e[2J'
	expect 1 'synfin: cannot write d\\x1b\[2J/x: *' "*" close-four.pcap -o $'d\e[2J/x'
	cp close-four.pcap $'e\e[2J'
	expect 1 'synfin: e\\x1b\[2J is read from*' "*" $'e\e[2J' -o $'e\e[2J'
	head -c -7 close-four.pcap >$'e\e[2J'
	expect 1 'synfin: e\\x1b\[2J: reading stopped*' "*" $'e\e[2J'
	for option in --id -p -c --sort; do
		run -2 --separate-stderr analyze close-four.pcap $option $'\e[2J'
		[[ $stderr == *"not '\\x1b[2J'"* ]]
	done
}

@test "every name of the catalogue can be asked for" {
	local expr
	expr=$(grep -ohE '\{"[a-z]+(-[a-z]+)*", (INFO|WARNING|ERROR)' "$ROOT"/analysis/model/catalogue_*.c |
		sed -E "s/.*\"([a-z-]+)\".*/(has('\1') or true)/" | paste -sd' ' | sed 's/) (/) and (/g')
	[ "$(grep -o has <<<"$expr" | wc -l)" -gt 80 ]
	"$SYNFIN" analyze "$ROOT/pcaps/close-four.pcap" --assert "$expr"
}
