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
	--close) echo four three rst half simultaneous ;;
	--with) echo echo sink close-now linger: ;;
	--lang) echo en zh_CN ;;
	--format) echo table csv junit ;;
	-i | --interface) "$1" capture -D 2>/dev/null | awk '{ print $1 }' ;;
	*) return 1 ;;
	esac
}

_synfin_types() {
	case ${1-jsonl} in
	zeek) echo json ;;
	jsonl) echo capture segment diagnosis correction inferred witness connection datagram icmp end ;;
	esac
}

# Whether an option of inject stands alone.
_synfin_flag() {
	[[ $1 =~ ^(-[qv]|--(quiet|verbose|netns|step|witness|dry-run|no-shield|no-checksums|bad-sum))$ ]]
}

# The words between inject and the cursor that are no options; of an address only its first part.
_synfin_said() {
	local word skip=''
	for word in "${COMP_WORDS[@]:2:COMP_CWORD-2}"; do
		if [[ $word == [-=:]* ]]; then
			_synfin_flag "$word" || skip=yes
		else
			[ -n "$skip" ] || echo "$word"
			skip=
		fi
	done
}

_synfin_commands() {
	echo capture analyze explain inject lab doctor help
}

# What comes after these words of an injection: a kind, a scenario, a segment; 1: anything.
_synfin_injections() { # _synfin_injections PROGRAM [WORD...]
	case $#:${2-} in
	1:) echo syn ack fin rst data session listen into adopt run list ;;
	2:run) "$1" inject list 2>/dev/null | awk '{ print $1 }' ;;
	3:into) echo fin rst data ack ;;
	*) return 1 ;;
	esac
}

# What comes after these words of lab: a command, an exercise; 1: anything.
_synfin_labs() { # _synfin_labs PROGRAM [WORD...]
	case $#:${2-} in
	1:) echo list next run check hint status reset submit grade claims demo check-exercise ;;
	*:submit | 2:run | 2:check | 2:hint | 2:reset)
		"$1" lab list 2>/dev/null | sed -n 's/^\[.\] \([^ ]*\).*/\1/p'
		;;
	2:demo) "$1" lab demo 2>/dev/null | sed 's/ .*//' ;;
	*) return 1 ;;
	esac
}

# An = and a : are words of their own in COMP_WORDS.
_synfin() {
	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} words='' before=''
	local command=${COMP_WORDS[1]} view=${COMP_WORDS[COMP_CWORD - 2]} said
	COMPREPLY=()
	case $cur in
	=) cur='' ;;
	:) cur='' view=$prev prev=: ;;
	*) [ "$prev" != = ] || prev=${COMP_WORDS[COMP_CWORD - 2]} ;;
	esac
	[[ $prev == -* ]] || [ "$prev" = : ] || prev=
	! _synfin_flag "$prev" || prev=
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
	elif [ "$command" = inject ] && [ -z "$prev" ]; then
		mapfile -t said < <(_synfin_said)
		words=$(_synfin_injections "$1" "${said[@]}") || return 0
	elif [ "$command" = lab ] && [ -z "$prev" ]; then
		mapfile -t said < <(_synfin_said)
		words=$(_synfin_labs "$1" "${said[@]}") || return 0
	else
		words=$(_synfin_values "$1" "$prev") || return 0
	fi
	COMPREPLY=($(compgen -P "$before" -W "$words" -- "${cur#"$before"}"))
}

complete -o default -F _synfin synfin
