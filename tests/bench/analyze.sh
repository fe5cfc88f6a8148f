#!/bin/bash
# SPDX-License-Identifier: MIT
# analyze.sh: what `synfin analyze` costs, as a multiple of a bare pcap_next_ex loop over the same
# capture of FRAMES frames (3,000,000), the best of RUNS runs of each (7), taking turns.
# Exit status 1 when it is more than twice as slow, or needs 64 MiB.
set -eu
frames=${FRAMES:-3000000} runs=${RUNS:-7} most=2.00 memory=65536
build=${BUILD:?}/tests/bench synfin=${SYNFIN:?}
dir=$(mktemp -d "${TMPDIR:-/dev/shm}/synfin-bench.XXXXXX")
trap 'rm -rf "$dir"' EXIT

# measure NAME COMMAND...: a line "MICROSECONDS KIB" more in $dir/NAME
measure() { "$build/measure" "${@:2}" >>"$dir/$1"; }

least() { cut -d' ' -f1 "$dir/$1" | sort -n | head -1; }
highest() { cut -d' ' -f2 "$dir/$1" | sort -n | tail -1; }

status=0
printf '%-34s %8s %8s %6s %9s\n' "capture" "bare" "analyze" "ratio" "memory"
for rounds in 700 20; do
	"$build/make_capture" "$frames" 1000 "$rounds" >"$dir/capture.pcap"
	rm -f "$dir"/bare "$dir"/list "$dir"/jsonl:connection
	for ((i = 0; i < runs; i++)); do
		measure bare "$build/bare_loop" "$dir/capture.pcap"
		for view in list jsonl:connection; do
			measure "$view" "$synfin" analyze --as "$view" "$dir/capture.pcap"
		done
	done
	for view in list jsonl:connection; do
		awk -v name="$((4 * rounds + 7)) frames each, $view" -v bare="$(least bare)" \
			-v ours="$(least "$view")" -v rss="$(highest "$view")" \
			-v most="$most" -v memory="$memory" 'BEGIN {
			printf "%-34s %6.3f s %6.3f s %6.2f %5.1f MiB\n", name, bare / 1e6, ours / 1e6, ours / bare,
				rss / 1024
			exit ours / bare > most || rss > memory
		}' || status=1
	done
done
[ "$status" = 0 ] || echo "more than $most times the bare loop, or more than 64 MiB" >&2
exit "$status"
