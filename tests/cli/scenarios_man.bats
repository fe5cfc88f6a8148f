#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# synfin-scenarios(7): all of the language and every scenario stand in it, and its example runs.

load examples

setup() {
	enter_checkout
	file=$ROOT/share/man/synfin-scenarios.7
}

# As it is read, in 80 columns and without hyphens of its own.
page() {
	groff -man -Tascii -rLL=80n -rHY=0 -P-c -P-b -P-u "$file"
}

section() { # section NAME: of a page on standard input
	awk -v name="$1" '/^[A-Z]/ { here = $0 == name; next } here'
}

# entries: "NAME|what line 1 of its file says|its diagnoses".
entries() {
	awk '/^\.SH/ { here = /THE SCENARIOS/; next }
		!here { next }
		/^\.(TP|SS)/ { if (name) print name "|" first "|" names; name = first = names = ""; next }
		/^\.B / { name = $2; next }
		/^Names:/ { list = 1; next }
		/^\.br/ { next }
		!first { sub(/\.$/, ""); first = $0; list = 0; next }
		list { names = names (names ? " " : "") $0 }
		END { if (name) print name "|" first "|" names }' "$file" |
		sed -E 's/\\-/-/g; s/\\%//g; s/\\\(dq/"/g; s/\\\(ha/^/g; s/\\e/\\/g; s/\.$//'
}

@test "groff has nothing to complain of, and no line is longer than 80" {
	run -0 --separate-stderr groff -man -Tutf8 -wall -wmac -rLL=80n "$file"
	# shellcheck disable=SC2154 # run sets it
	[ "$stderr" = "" ]
	page >text
	[ "$(wc -l <text)" -gt 500 ]
	run -1 grep -nE '^.{81}' text
}

@test "every scenario has an entry, and every entry a scenario" {
	local name
	for name in "$ROOT"/inject/scenarios/*.lua; do
		basename "$name" .lua
	done | LC_ALL=C sort >files
	entries | cut -d'|' -f1 | LC_ALL=C sort >named
	[ -s files ]
	diff -u files named
}

@test "an entry says what its scenario says: the first line, and the diagnoses" {
	local wrong=0
	while IFS='|' read -r name first names; do
		local lua=$ROOT/inject/scenarios/$name.lua
		[ "-- $first." = "$(head -n 1 "$lua")" ] || { echo "$name: $first"; wrong=1; }
		[ "$(tr -d , <<<"$names")" = "$(sed -n 's/^-- Names: //p' "$lua" | tr -d ,)" ] ||
			{ echo "$name: $names"; wrong=1; }
	done < <(entries)
	[ "$wrong" = 0 ]
}

# functions FILE: those of its luaL_Reg tables.
functions() {
	awk '/luaL_Reg .*\[\]/ { here = 1 } here; /^};/ { here = 0 }' "$ROOT/inject/$1" |
		grep -oE '\{"[a-z_]+"' | tr -d '{"'
}

# described PATTERN WORD...: each begins an item of the page.
described() {
	local pattern=$1 word wrong=0
	shift
	[ "$#" -gt 1 ]
	for word in "$@"; do
		grep -qE "^ +${pattern//WORD/$word}" text || { echo "$pattern: $word"; wrong=1; }
	done
	[ "$wrong" = 0 ]
}

@test "every function stands in the page" {
	page >text
	# shellcheck disable=SC2046 # lists of words
	{
		described 'WORD[({]' $(functions scenario_party.c) wait note
		described 'kernel\.WORD[({]' $(functions scenario_kernel.c)
		described 's\.WORD[(]' $(functions scenario_socket.c)
	}
}

@test "every field, symbol and socket option stands in the page" {
	local row=$ROOT/inject/scenario_row.c
	page | section 'THE CRAFTED END' >text
	# shellcheck disable=SC2046 # lists of words
	{
		described 'WORD( |$)' $(grep -oE '\] = "[a-z]+"' "$row" | grep -oE '[a-z]+') \
			$(sed -n 's/.* others\[\] = {\(.*\)};/\1/p' "$row" | tr -d '",')
		described '(x, |seq, )?WORD[ ,]' $(grep -oE 'strcmp\(name, "[a-z]+"' \
			"$ROOT/inject/scenario_party.c" | grep -oE '"[a-z]+"' | tr -d '"')
	}
	page | section 'SOCKETS OF THE KERNEL' | tr '\n' ' ' | grep -oE ' s\.set\(.* s\.error' >set
	local word
	for word in $(grep -oE '^	\{"[a-z-]+", (IPPROTO_TCP|SOL_SOCKET)' "$ROOT/capture/puppet.c" |
		grep -oE '"[a-z-]+"' | tr -d '"'); do
		grep -qE -- " $word([,. ]|$)" set || { echo "$word"; false; }
	done
}

# The script stands in the first block of EXAMPLE, what is done with it in the second.
@test "the example does what it says" {
	[ "$(id -u)" = 0 ] || unshare -Urn true || skip "no namespaces for users here"
	awk '/^\.SH/ { here = /EXAMPLE/ } /^\.EE/ { inside = 0; n++ } here && inside { print >"block" n }
		here && /^\.EX/ { inside = 1; n += 0 }' n=1 "$file"
	sed 's/\\-/-/g' block1 >overtaken.lua
	sed 's/\\-/-/g' block2 >commands
	[ "$(wc -l <commands)" = 3 ]
	while read -r line; do
		echo "$line"
		bash -c "$line" >out 2>err </dev/null
		[ -s out ]
	done <commands
	run -0 synfin analyze overtaken.pcap --as jsonl:connection
	[[ $output == *'"fin-out-of-order"'* ]]
}
