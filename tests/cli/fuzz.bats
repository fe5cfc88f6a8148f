#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# The fuzz programs in short: without libFuzzer, the same way each time.

# What each is worth in a second or two.
counts='fuzz_packet 20000
fuzz_options 20000
fuzz_model 2000
fuzz_agree 2000
fuzz_views 300
fuzz_savefile 2000
fuzz_tcp 5000
fuzz_lab_answers 20000
fuzz_lab_grade 300'

setup_file() {
	ROOT=${ROOT:-$(cd "$BATS_TEST_DIRNAME/../.." && pwd)}
	export ROOT LIB=${BUILD:-$ROOT/build/gcc}/libsynfin.a
}

run_fuzzer() { # NAME COUNT
	local sanitize=()
	[ -z "${SAN-}" ] || sanitize=(-fsanitize=address -fsanitize=undefined -fno-sanitize-recover=all)
	# shellcheck disable=SC2086,SC2046 # commands and options are words
	${CC:-gcc} -std=gnu17 -D_GNU_SOURCE -g -O1 "${sanitize[@]}" -I"$ROOT" -o "$BATS_TEST_TMPDIR/$1" \
		"$ROOT/tests/fuzz/$1.c" "$ROOT/tests/fuzz/standalone.c" "$LIB" \
		$(pkg-config --libs libpcap 2>/dev/null || pcap-config --libs) \
		$(pkg-config --cflags --libs lua5.4) -lmd
	local seeds=("$ROOT/tests/fuzz/seeds/$1"/*)
	[ -e "${seeds[0]}" ] || seeds=()
	"$BATS_TEST_TMPDIR/$1" "$2" 1 "${seeds[@]}"
}

@test "every fuzz program is run" {
	[ "$(cd "$ROOT/tests/fuzz" && ls fuzz_*.c)" = "$(cut -d ' ' -f 1 <<<"$counts" | sort | sed 's/$/.c/')" ]
}

@test "no input breaks what always holds" {
	while read -r name count; do
		run run_fuzzer "$name" "$count"
		echo "$output"
		[ "$status" = 0 ]
		[[ ${lines[-1]} == *"/$name: $count mutations" ]]
	done <<<"$counts"
}
