#!/bin/sh
# SPDX-License-Identifier: MIT
# fuzz.sh SECONDS NAME...: run each fuzz program from its seeds (tests/fuzz/seeds/NAME), keeping
# what it finds new in build/corpus/NAME.
set -eu
seconds=$1
shift
for name; do
	corpus=build/corpus/$name seeds=tests/fuzz/seeds/$name
	mkdir -p "$corpus"
	[ -d "$seeds" ] || seeds=
	echo "$name: $seconds seconds"
	# shellcheck disable=SC2086 # no seeds: no word
	build/clang-san-fuzz/tests/fuzz/"$name" -max_total_time="$seconds" -verbosity=0 \
		-print_final_stats=1 -artifact_prefix="build/corpus/$name-" "$corpus" $seeds
done
