#!/bin/bash
# SPDX-License-Identifier: MIT
# witness.sh: what --witness costs a live capture: a thousand connections, forty at once, captured
# with it and without it, RUNS times each (5), taking turns; the median of each. Without root there
# are no tracepoints, and only sock_diag is asked: a line says so.
set -eu
runs=${RUNS:-5} synfin=${SYNFIN:?} actor=${ACTOR:?}
dir=$(mktemp -d "${TMPDIR:-/tmp}/synfin-bench.XXXXXX")
trap 'rm -rf "$dir"' EXIT

# Runs until it is interrupted; then its CPU time, user and system.
cat >"$dir/capture" <<END
trap 'kill -TERM \$pid' INT
'$synfin' capture -B 65536 --as jsonl:connection "\$@" >'$dir/out' 2>'$dir/said' &
pid=\$!
while kill -0 \$pid 2>/dev/null; do wait \$pid; done
times >'$dir/times'
END

# play NAME OPTION...: a line "CPU-SECONDS CONNECTIONS-PER-SECOND LOST" more in $dir/NAME.
play() {
	local lost
	"$actor" --netns --with "bash '$dir/capture' ${*:2}" crowd >/dev/null
	grep -F 'no tracepoints' "$dir/said" >"$dir/lacks" || :
	lost=$(grep -oE '[0-9]+ (words|dropped)' "$dir/said" | awk '{ n += $1 } END { print n + 0 }')
	{
		tr 'ms' '  ' <"$dir/times" | awk 'NR == 2 { printf "%f ", $1 * 60 + $2 + $3 * 60 + $4 }'
		jq -s -j '(map(.start + .duration) | max) - (map(.start) | min) | 1024 / .' "$dir/out"
		echo " $lost"
	} >>"$dir/$1"
}

median() { # median NAME COLUMN
	awk -v n="$2" '{ print $n }' "$dir/$1" | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}

for ((i = 0; i < runs; i++)); do
	play without
	play with --witness
done
[ ! -s "$dir/lacks" ] || echo "without tracepoints: what --witness costs here is what asking sock_diag costs"
printf '%-18s %12s %15s %6s\n' "1024 connections" "capture: CPU" "connections/s" "lost"
for name in without with; do
	awk -v name="$name --witness" -v cpu="$(median $name 1)" -v rate="$(median $name 2)" \
		-v lost="$(median $name 3)" \
		'BEGIN { printf "%-18s %9.1f ms %15.0f %6d\n", name, cpu * 1e3, rate, lost }'
done
