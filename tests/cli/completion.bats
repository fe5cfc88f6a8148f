#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# share/completions/synfin.bash: what it offers is what the program takes.

load examples

setup() {
	enter_checkout
	source "$ROOT/share/completions/synfin.bash"
}

# complete_words WORD...: what would complete the last one, sorted, in one line.
complete_words() {
	COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
	_synfin synfin
	printf '%s\n' "${COMPREPLY[@]}" | sort | paste -sd' '
}

# words, as bash splits them|what completes them
table='synfin c|capture
synfin he|help
synfin --v|--version
synfin help an|analyze
synfin analyze --as l|ladder list
synfin analyze --as = w|words
synfin capture --as =|figure jsonl ladder list words zeek
synfin analyze --as jsonl : con|connection
synfin analyze --as jsonl : end,cor|end,correction
synfin analyze --as zeek :|json
synfin analyze --as zeek : j|json
synfin analyze --seq |abs hex rel sym
synfin analyze --time d|delta
synfin capture --style c|cjk
synfin analyze --sort e|end
synfin capture -i an|any
synfin analyze --i|--id
synfin capture --con|--conns
synfin analyze pcaps/cl|
synfin analyze -p 80|
synfin nosuch --a|'

@test "what each word is completed to" {
	local row words
	while IFS= read -r row; do
		IFS=' ' read -ra words <<<"${row%|*}"
		[[ ${row%|*} != *' ' ]] || words+=('')
		echo "row: $row"
		[ "$(complete_words "${words[@]}")" = "${row##*|}" ]
	done <<<"$table"
}

@test "all values offered are taken, and none is missing" {
	local option value values
	for option in --as --seq --time --style --color --sort; do
		values=$(_synfin_values synfin $option)
		for value in $values; do
			synfin analyze $option "$value" pcaps/refused.pcap >/dev/null
		done
		[ $option != --sort ] || continue
		run -2 synfin analyze $option nosuchvalue x
		[ "$(sed -n 's/.*choose from //p' <<<"${lines[0]}" | tr -d ,)" = "$values" ]
	done
	for value in $(_synfin_types); do
		synfin analyze --as "jsonl:$value" pcaps/refused.pcap >/dev/null
	done
	for value in $(_synfin_commands); do
		synfin help "$value" >/dev/null
	done
	[ "$(synfin | grep -cE '^(See|Make|Learn|Help|   ) +[a-z]+  ')" = "$(_synfin_commands | wc -w)" ]
}

@test "make install puts it where bash looks, and uninstall takes it away" {
	local installed=usr/share/bash-completion/completions/synfin
	make -C "$ROOT" -n install DESTDIR="$PWD" PREFIX=/usr CC="${CC:-gcc}" >plan
	grep -q "share/completions/synfin.bash '$PWD/$installed'\$" plan
	make -C "$ROOT" -n uninstall DESTDIR="$PWD" PREFIX=/usr >plan
	grep -q "$PWD/$installed" plan
}
