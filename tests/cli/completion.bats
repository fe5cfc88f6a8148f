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
synfin analyze -q --as l|ladder list
synfin inject s|session syn
synfin inject --netns se|session
synfin inject --as jsonl : end ad|adopt
synfin inject --isn = 5 li|list listen
synfin inject --close |four half rst simultaneous three
synfin inject session --close = s|simultaneous
synfin inject session --netns --with |close-now echo linger: sink
synfin inject session --with linger : 2|
synfin inject run closed|closed-port
synfin inject --netns run rst-ex|rst-exact
synfin inject run rst-exact |
synfin inject into 127.0.0.1 : 8080 |ack data fin rst
synfin inject into 8080 r|rst
synfin inject session 80|
synfin inject --dr|--dry-run
synfin inject syn --sp|--sport
synfin inject -w x|
synfin la|lab
synfin lab ne|next
synfin lab --lang zh_CN c|check check-exercise claims
synfin lab --lang |en zh_CN
synfin lab grade x --format j|junit
synfin lab run 03|03-arithmetic
synfin lab submit 03-arithmetic 06|06-nobody-home
synfin lab run 03-arithmetic |
synfin lab demo e|echo
synfin lab demo echo |
synfin lab --st|--student --style
synfin d|doctor
synfin doctor --j|--json
synfin doctor -|--help --json --usage
synfin doctor |
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
	for value in --close --with; do
		run -2 synfin inject session --netns $value nosuchvalue
		values=$(_synfin_values synfin $value)
		[ "$(sed -n 's/.*choose from //p' <<<"${lines[0]}" | tr -d ,)" = "${values%:}" ]
	done
	run -2 synfin inject nosuchkind
	[ "$(sed -n 's/.*choose from //p' <<<"${lines[0]}" | tr -d ,)" = "$(_synfin_injections synfin)" ]
	run -2 synfin inject into 8080 nosuchsegment
	[ "$(sed -n 's/^Choose \(.*\)\.$/\1/p' <<<"$output" | sed 's/,//g; s/or //')" = \
		"$(_synfin_injections synfin into 8080)" ]
	[ "$(synfin | grep -cE '^(See|Make|Learn|Help|   ) +[a-z]+  ')" = "$(_synfin_commands | wc -w)" ]
}

@test "make install puts it where bash looks, and uninstall takes it away" {
	local installed=usr/share/bash-completion/completions/synfin
	make -C "$ROOT" -n install DESTDIR="$PWD" PREFIX=/usr CC="${CC:-gcc}" >plan
	grep -q "share/completions/synfin.bash '$PWD/$installed'\$" plan
	make -C "$ROOT" -n uninstall DESTDIR="$PWD" PREFIX=/usr >plan
	grep -q "$PWD/$installed" plan
}
