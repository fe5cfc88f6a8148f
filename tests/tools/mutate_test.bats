#!/usr/bin/env bats
# SPDX-License-Identifier: MIT

@test "deleting any row of the state table fails a test" {
	run "$ROOT/tests/tools/mutate-states.sh"
	echo "$output"
	[ "$status" -eq 0 ]
}
