# SPDX-License-Identifier: MIT
# Completion of synfin's command lines for bash; installed as share/bash-completion/completions/synfin.
# shellcheck shell=bash disable=SC2207 # no word has a blank in it, but for file names: bash's own

# The values of option $2, as synfin $1 knows them; 1 when it takes something else.
_synfin_values() {
	case $2 in
	--as) echo ladder list words figure jsonl zeek ;;
	--seq) echo sym abs rel hex ;;
	--time) echo since delta abs ;;
	--style) echo ascii unicode cjk ;;
	--color) echo auto always never ;;
	--sort) echo id end ;;
	-i | --interface) "$1" capture -D 2>/dev/null | awk '{ print $1 }' ;;
	*) return 1 ;;
	esac
}

_synfin_types() {
	[ "${1-}" != zeek ] || { echo json; return; }
	echo capture segment correction inferred connection datagram icmp end
}

_synfin_commands() {
	echo capture analyze explain help
}

# An = and a : are words of their own in COMP_WORDS.
_synfin() {
	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} words='' before=''
	local command=${COMP_WORDS[1]} view=${COMP_WORDS[COMP_CWORD - 2]}
	COMPREPLY=()
	case $cur in
	=) cur='' ;;
	:) cur='' view=$prev prev=: ;;
	*) [ "$prev" != = ] || prev=${COMP_WORDS[COMP_CWORD - 2]} ;;
	esac
	[[ $prev == -* ]] || [ "$prev" = : ] || prev=
	if [ "$COMP_CWORD" = 1 ]; then
		words="$(_synfin_commands) --help --version"
	elif [ "$command" = help ]; then
		words=$(_synfin_commands)
	elif [ "$prev" = : ]; then
		words=$(_synfin_types "$view")
		[[ $cur != *,* ]] || before=${cur%,*},
	elif [[ $cur == -* ]]; then
		words=$("$1" "$command" --help 2>/dev/null | grep -oE -- '^ +(-[^ ], +)?--[a-z-]+' |
			grep -oE -- '--[a-z-]+')
	elif [ "$command" = explain ] && [ -z "$prev" ]; then
		words=$("$1" explain --list)
	else
		words=$(_synfin_values "$1" "$prev") || return 0
	fi
	COMPREPLY=($(compgen -P "$before" -W "$words" -- "${cur#"$before"}"))
}

complete -o default -F _synfin synfin
