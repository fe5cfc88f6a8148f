# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# What the tests of synfin analyze share.

bats_require_minimum_version 1.5.0

# Build the tools that make captures, once for a file of tests.
build_tools() {
	ROOT=${ROOT:-$(cd "$BATS_TEST_DIRNAME/../.." && pwd)}
	export ROOT SYNFIN=${SYNFIN:-$ROOT/synfin} TOOLS=$BATS_FILE_TMPDIR PCAPS=$ROOT/pcaps
	local tool
	for tool in recast refile; do
		# shellcheck disable=SC2086 # CC may be a command and its options
		${CC:-gcc} -std=gnu17 -O1 -o "$TOOLS/$tool" "$ROOT/tests/tools/$tool.c" || return
	done
}

# analyze ARGUMENT...: what is tested here.
analyze() {
	"$SYNFIN" analyze "$@"
}

# expect STATUS FIRST LAST ARGUMENT...: the exit status, the first and last line on standard error
# (patterns); everything that was said is shown when it is otherwise.
expect() {
	local status_wanted=$1 first=$2 last=$3
	shift 3
	run --separate-stderr analyze "$@"
	echo "row: analyze $*"
	echo "exit $status, standard error:"
	# shellcheck disable=SC2154 # run sets it
	printf '%s\n' "$stderr"
	[ "$status" = "$status_wanted" ]
	# shellcheck disable=SC2053,SC2154 # patterns; run sets it
	[[ ${stderr_lines[0]-} == $first && ${stderr_lines[-1]-} == $last ]]
}

setup_file() {
	build_tools
}

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	cp "$PCAPS/close-four.pcap" four.pcap
}
