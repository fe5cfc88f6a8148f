#!/bin/bash
# SPDX-License-Identifier: MIT
# golden.sh [--update] [CAPTURE...]: compare what synfin analyze draws of pcaps/ with tests/golden/,
# file by file, or (--update) write it there. Prints the difference, or what it wrote.
set -u
ROOT=${ROOT:-$(cd "$(dirname "$0")/../.." && pwd)}
SYNFIN=${SYNFIN:-$ROOT/synfin}
golden=${GOLDEN:-$ROOT/tests/golden}
cd "$ROOT" || exit 2

# cases CAPTURE: lines of a name and the options that draw it.
cases() {
	local view width
	if [ "$1" = two-hundred ]; then
		printf '%s\n' 'list-80 --as list --width 80' 'list-80-by-end --as list --width 80 --sort end' \
			'jsonl-connection --as jsonl:connection'
		for width in 40 80 120; do
			echo "ladder-$width-id7 --id 7 --as ladder --width $width"
		done
		return
	fi
	for view in ladder list words; do
		for width in 40 80 120; do
			echo "$view-$width --as $view --width $width"
		done
	done
	echo "figure --as figure"
	echo "jsonl --as jsonl"
	case $1 in close-four | lost-last-ack) ;; *) return ;; esac
	for width in 40 80 120; do
		echo "ladder-$width-unicode --as ladder --style unicode --width $width"
		echo "ladder-$width-cjk --as ladder --style cjk --width $width"
	done
	for how in abs rel hex; do
		echo "ladder-80-seq-$how --as ladder --seq $how --width 80"
		echo "words-80-seq-$how --as words --seq $how --width 80"
	done
	for how in delta abs; do
		echo "ladder-80-time-$how --as ladder --time $how --width 80"
		echo "words-80-time-$how --as words --time $how --width 80"
	done
}

# draw FILE OPTION...: what is drawn, and the exit code where it is not 0.
draw() {
	"$SYNFIN" analyze "$@" --color never 2>&1 || echo "exit $?"
}

update=
[ "${1-}" != --update ] || update=yes
[ -z "$update" ] || shift
[ $# != 0 ] || for f in pcaps/*.pcap; do
	f=${f##*/}
	set -- "$@" "${f%.pcap}"
done

bad=0 count=0
for capture; do
	known=" "
	while read -r name options; do
		file=$golden/$capture/$name.txt count=$((count + 1)) known+="$name "
		# shellcheck disable=SC2086 # options are words
		if [ -n "$update" ]; then
			mkdir -p "$golden/$capture"
			draw "pcaps/$capture.pcap" $options >"$file"
		elif ! draw "pcaps/$capture.pcap" $options | diff -u --label "$file" --label now "$file" -; then
			echo "not as expected: synfin analyze pcaps/$capture.pcap $options"
			bad=$((bad + 1))
		fi
	done < <(cases "$capture")
	for file in "$golden/$capture"/*; do
		name=${file##*/}
		[[ $known != *" ${name%.txt} "* ]] || continue
		echo "nothing draws $file"
		bad=$((bad + 1))
	done
done
[ -z "$update" ] && echo "$count compared, $bad differ" || echo "$count written"
[ "$bad" = 0 ]
