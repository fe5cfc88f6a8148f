#!/bin/bash
# SPDX-License-Identifier: MIT
# mutate-states.sh: delete each row of Figure 5 in turn, in a copy, and expect test_state or
# test_figures to fail. Prints the rows that nobody missed; exit status 1 when there is one.
set -eu
cd "${ROOT:-$(dirname "$0")/../..}"
export ROOT=$PWD
cc=${CC:-gcc}
work=$PWD/build/mutants.$$
source=analysis/model/state.c
mkdir -p "$work"
trap 'rm -rf "$work"' EXIT
flags=(-std=gnu17 -D_GNU_SOURCE -I. -O0 -w)

# All but state.c, once.
compile() {
	"$cc" "${flags[@]}" -c -o "$work/$(tr / _ <<<"${1%.c}").o" "$1"
}
common=()
for f in analysis/decode/*.c analysis/model/*.c \
	analysis/views/{number,ending,figure,lines}.c tests/unit/{rows,notation,test_state,test_figures}.c; do
	[ "$f" = "$source" ] || common+=("$f")
done
export -f compile
export cc work
pids=()
for f in "${common[@]}"; do
	compile "$f" &
	pids+=($!)
	[ "${#pids[@]}" -lt 8 ] || { wait "${pids[0]}"; pids=("${pids[@]:1}"); }
done
for pid in "${pids[@]}"; do wait "$pid"; done
"$(command -v ar)" rcs "$work/lib.a" "$work"/analysis_*.o "$work"/tests_unit_{rows,notation}.o

# fails TEST OBJECT: with state.c as OBJECT.
fails() {
	"$cc" -o "$2.$1" "$work/tests_unit_$1.o" "$2" "$work/lib.a" -lcmocka
	! timeout 20 "$2.$1" >/dev/null 2>&1
}

# mutant LINE: leaves the names of the tests that miss the row.
mutant() {
	local base=$work/mutant.$1 by=
	sed "$1d" "$source" >"$base.c"
	"$cc" "${flags[@]}" -c -o "$base" "$base.c"
	fails test_state "$base" && by+=" test_state"
	fails test_figures "$base" && by+=" test_figures"
	echo "$by" >"$base.by"
}

cp "$source" "$work/whole.c"
"$cc" "${flags[@]}" -c -o "$work/whole" "$work/whole.c"
for t in test_state test_figures; do
	! fails "$t" "$work/whole" || { echo "$t fails before anything is changed" >&2; exit 2; }
done

first=$(grep -n 'figure_5\[.*= {' "$source" | cut -d: -f1)
last=$(awk -v from="$first" 'NR > from && /^};/ { print NR; exit }' "$source")
mapfile -t lines < <(awk -v a="$first" -v b="$last" 'NR > a && NR < b && /^\t[[{].*,/ { print NR }' "$source")
[ "${#lines[@]}" -gt 30 ] || { echo "found only ${#lines[@]} rows in $source" >&2; exit 2; }
pids=()
for line in "${lines[@]}"; do
	mutant "$line" &
	pids+=($!)
	[ "${#pids[@]}" -lt "$(nproc)" ] || { wait "${pids[0]}"; pids=("${pids[@]:1}"); }
done
for pid in "${pids[@]}"; do wait "$pid"; done

survivors=0 figures=0
for line in "${lines[@]}"; do
	by=$(cat "$work/mutant.$line.by")
	row=$(sed -n "${line}s/^[[:space:]]*//p" "$source")
	case $by in
	'') echo "nobody missed  $row"; survivors=$((survivors + 1)) ;;
	*test_figures*) figures=$((figures + 1)) ;;
	*) echo "no figure missed  $row" ;;
	esac
done
echo "${#lines[@]} rows of Figure 5: $survivors survived, test_figures alone missed $figures"
[ "$survivors" = 0 ]
