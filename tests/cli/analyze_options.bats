#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# What the options of synfin analyze do, ids, orders, several files, help and colour.

load analyze.bash

numbers() { # of the segments drawn, from jsonl
	jq -r 'select(.type == "segment") | "#\(.conn).\(.n)"' | paste -sd ' '
}

@test "the list, and below it a lone connection's ladder" {
	diff <(analyze four.pcap) <(analyze four.pcap --as list && echo && analyze four.pcap --as ladder)
	diff <(analyze "$PCAPS/fast-open.pcap") <(analyze "$PCAPS/fast-open.pcap" --as list)
}

@test "a thousand segments still have their ladder, more have none" {
	"$TOOLS/refile" lengthen four.pcap long.pcap
	for count in 999 1000 1001; do
		analyze long.pcap -c $count >out
		rows=$(wc -l <out)
		[ $((rows > 1000)) = $((count <= 1000)) ] || { echo "$count segments: $rows lines"; false; }
		grep -q '^#1 .* open$' out
	done
	run -0 analyze long.pcap
	[ "${#lines[@]}" = 2 ]
	[[ ${lines[1]} == *" S sa A | 1004 | F a f A "*"5005/5"*"time-wait:client" ]]
	[ "$(analyze long.pcap --as ladder | wc -l)" -gt 1000 ]
}

@test "several files are one timeline, in whatever order they are named" {
	for f in close-four lost-last-ack keepalive self-connect two-hundred; do
		"$TOOLS/recast" odd "$PCAPS/$f.pcap" odd.pcap
		"$TOOLS/recast" even "$PCAPS/$f.pcap" even.pcap
		analyze "$PCAPS/$f.pcap" --as jsonl:segment,connection >whole
		for order in "odd.pcap even.pcap" "even.pcap odd.pcap"; do
			# shellcheck disable=SC2086 # two names
			# Frames of the same microsecond may come in either order.
			analyze $order --as jsonl:segment,connection | diff -q whole - ||
				[ "$(analyze $order --as jsonl:connection | jq -s 'map(.shape) | sort')" = \
					"$(jq -s 'map(select(.type == "connection") | .shape) | sort' whole)" ]
		done
	done
	analyze "$PCAPS/reset.pcap" "$PCAPS/refused.pcap" four.pcap --as jsonl >all
	[ "$(jq -s '[.[] | select(.type == "connection").start] | . == sort' all)" = true ]
	[ "$(jq -r 'select(.type == "capture") | .source' all)" = "several files" ]
	jq -s -e '[.[] | select(.type == "segment").frame] == [range(1; 22)]' all
}

@test "standard input" {
	for view in list ladder jsonl:connection; do
		diff <(analyze - --as $view <four.pcap) <(analyze four.pcap --as $view)
		diff <(tail -c +1 four.pcap | analyze - --as $view) <(analyze four.pcap --as $view)
	done
	diff <(analyze - "$PCAPS/reset.pcap" <four.pcap) <(analyze four.pcap "$PCAPS/reset.pcap")
	diff <(analyze -r four.pcap) <(analyze four.pcap)
}

@test "-f, -p and -c" {
	run -0 analyze "$PCAPS/two-hundred.pcap" --as jsonl:connection -p 37335
	[ "$(jq -r .client <<<"$output")" = 127.0.0.1:37335 ]
	run -0 analyze "$PCAPS/two-hundred.pcap" --as jsonl:connection -f "port 37335"
	[ "$(jq -r .client <<<"$output")" = 127.0.0.1:37335 ]
	run -0 analyze "$PCAPS/two-hundred.pcap" --as jsonl:end -c 100
	[ "$(jq .frames <<<"$output")" = 100 ]
	run -0 analyze four.pcap --as jsonl -f "tcp[tcpflags] & tcp-fin != 0"
	[ "$(numbers <<<"$output")" = "#1.1 #1.2" ]
}

@test "--id N, N.M and their spelling with #" {
	run -0 analyze "$PCAPS/two-hundred.pcap" --id 7 --as jsonl
	[ "$(numbers <<<"$output")" = "#7.1 #7.2 #7.3 #7.4 #7.5 #7.6 #7.7 #7.8 #7.9" ]
	for id in 7.3 '#7.3'; do
		run -0 analyze "$PCAPS/two-hundred.pcap" --id "$id" --as jsonl
		[ "$(numbers <<<"$output")" = "#7.3" ]
		run -0 analyze "$PCAPS/two-hundred.pcap" --id "$id"
		[ "$(grep -cE '^ +[0-9]+ [0-9.]+ ' <<<"$output")" = 1 ]
		grep -qE '^  3 .*ACK seq=x\+1 ack=y\+1' <<<"$output"
	done
	diff <(analyze four.pcap --id '#1') <(analyze four.pcap --as ladder)
	run -0 analyze "$PCAPS/two-hundred.pcap" --id 7 --as list
	[[ ${#lines[@]} = 2 && ${lines[1]} == "#7 "* ]]
}

@test "two hundred at once: all complete, forty of each kind" {
	run -0 analyze "$PCAPS/two-hundred.pcap" --as jsonl:connection
	jq -s -e 'length == 200 and (map(.conn) | sort) == [range(1; 201)] and all(.handshake.complete) and
		(group_by(.close | del(.ack)) | map(length)) == [40, 40, 40, 40, 40] and
		all(.close.kind == "fin" or .close.kind == "rst") and
		all(.final | [.client, .server] | IN(["CLOSED", "CLOSED"], ["TIME-WAIT", "CLOSED"],
			["CLOSED", "TIME-WAIT"]))' <<<"$output"
}

@test "an id is the same connection in every view" {
	f=$PCAPS/two-hundred.pcap
	analyze "$f" --as jsonl:connection | jq -r '"#\(.conn) \(.client) \(.server)"' | sort -V >ids
	diff ids <(analyze "$f" --as list | awk 'NR > 1 { print $1, $2, $3 }')
	diff ids <(analyze "$f" --as ladder --width 120 | awk '/^#/ { print $1, $2, $4 }')
	diff ids <(analyze "$f" --as words --width 400 |
		sed -nE 's/^Connection (#[0-9]+): client ([^ ,]+), server ([^ ;]+);.*/\1 \2 \3/p')
	for id in 1 7 99 200; do
		diff <(sed -n "${id}p" ids) <(analyze "$f" --id $id --width 120 | awk '/^#/ { print $1, $2, $4 }')
	done
}

@test "a figure has a title for each connection, the first too" {
	analyze four.pcap "$PCAPS/refused.pcap" --as figure >out
	diff - <(grep '^#' out) <<-TITLES
		#1  127.0.0.1:40001  127.0.0.1:8081
		#2  127.0.0.1:40005  127.0.0.1:8085
	TITLES
	[[ $(head -n 1 out) == '#1 '* ]]
}

@test "rows in order of id, or of their end" {
	"$TOOLS/refile" slow "$PCAPS/two-hundred.pcap" slow.pcap
	"$TOOLS/refile" around four.pcap around.pcap
	run -0 analyze slow.pcap around.pcap --as list
	[ "$(awk 'NR > 1 { print $1 }' <<<"$output")" = "$(seq -f '#%g' 201)" ]
	analyze slow.pcap around.pcap --as list --sort end | awk 'NR > 1 { print $1, NR }' >by_end
	diff <(seq -f '#%g' 201 | sort) <(cut -d ' ' -f 1 by_end | sort)
	# Opened first and closed last: all that were forgotten before its end stand above it.
	[ "$(sed -n 's/^#1 //p' by_end)" -gt 10 ]
	analyze slow.pcap around.pcap --as ladder | grep -o '^#[0-9]*' | diff <(seq -f '#%g' 201) -
	analyze slow.pcap around.pcap --as ladder --sort end | grep -o '^#[0-9]*' |
		diff <(sort -nk 2 by_end | cut -d ' ' -f 1) -
	analyze slow.pcap around.pcap --as jsonl:connection | jq -s -e 'map(.conn) | .[0] != 1 and
		sort == [range(1; 202)]'
}

@test "-o writes what standard output would have had" {
	for view in list ladder jsonl; do
		run -0 --separate-stderr analyze four.pcap --as $view -o out
		[ -z "$output$stderr" ]
		diff out <(analyze four.pcap --as $view)
	done
	diff <(analyze four.pcap -o -) <(analyze four.pcap)
}

@test "colour: only on demand, and NO_COLOR is the default's" {
	colours() {
		"$@" | grep -c $'\e' || true
	}
	export TERM=xterm
	[ "$(colours analyze four.pcap)" = 0 ]
	[ "$(colours analyze four.pcap --color auto)" = 0 ]
	[ "$(colours analyze four.pcap --color never)" = 0 ]
	[ "$(colours analyze four.pcap --color always)" != 0 ]
	[ "$(NO_COLOR=1 colours analyze four.pcap --color always)" != 0 ]
	# On a terminal.
	on_terminal() {
		script -qec "$* '$SYNFIN' analyze four.pcap --as ladder" /dev/null
	}
	command -v script >/dev/null || return 0
	[ "$(colours on_terminal env)" != 0 ]
	[ "$(colours on_terminal env NO_COLOR=1)" = 0 ]
	[ "$(colours on_terminal env NO_COLOR=)" != 0 ]
	[ "$(colours on_terminal env TERM=dumb)" = 0 ]
}

@test "COLUMNS is the width, within what can be drawn" {
	for width in 10:40 40:40 59:59 80:80 120:120 9999:400; do
		diff <(COLUMNS=${width%:*} analyze four.pcap) <(analyze four.pcap --width "${width#*:}")
	done
}

@test "help begins with what to type, and is no error" {
	for command in analyze capture; do
		run -0 --separate-stderr "$SYNFIN" $command --help
		[ -z "$stderr" ]
		[ "$(head -n 8 <<<"$output" | grep -cE "^  (sudo )?synfin $command ")" -ge 2 ]
		diff <("$SYNFIN" help $command) - <<<"$output"
	done
	for words in "" help --help -h; do
		# shellcheck disable=SC2086 # none or one
		run -0 --separate-stderr "$SYNFIN" $words
		[ -z "$stderr" ]
		[[ ${lines[1]} == *"synfin capture"* && $output == *"analyze"*"help"* ]]
	done
}

@test "every example of the help is run" {
	mkdir pcaps
	cp four.pcap pcaps/close-four.pcap
	cp four.pcap a.pcap
	cp "$PCAPS/reset.pcap" b.pcap
	cp "$PCAPS/two-hundred.pcap" big.pcap
	cp four.pcap f.pcap
	count=0
	while read -r line; do
		line=${line//tcpdump -w - -c 100/cat f.pcap}
		run -0 bash -c "synfin() { '$SYNFIN' \"\$@\"; }; $line"
		count=$((count + 1))
	done < <("$SYNFIN" analyze --help | sed -nE 's/^  ((tcpdump|synfin).*[^ ])   +.*/\1/p')
	[ "$count" -ge 4 ]
}

@test "commands that there are not" {
	run -2 --separate-stderr "$SYNFIN" analize
	[ "${stderr_lines[0]}" = "synfin: unknown command 'analize': did you mean 'analyze'?" ]
	for words in zzz "help zzz" --bogus; do
		# shellcheck disable=SC2086 # one or two
		run -2 --separate-stderr "$SYNFIN" $words
		[[ -z $output && ${stderr_lines[0]} == "synfin: unknown command '"* ]]
		[ "${stderr_lines[1]}" = "synfin help lists the commands." ]
	done
}

@test "the version" {
	run -0 "$SYNFIN" --version
	[[ $output =~ ^synfin\ [0-9]+\.[0-9]+\.[0-9]+$ ]]
}
