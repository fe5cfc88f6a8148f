# SPDX-License-Identifier: MIT
# For the tests of the witness.
# shellcheck shell=bash

# Linux 6.18 was seen to keep back what interrupts the idle task of some CPU (see trace_lost):
# nobody idles here. Who is busy stands in BUSY, to be killed.
keep_busy() {
	local cpu
	for cpu in $(seq 0 $(($(nproc) - 1))); do
		chrt --idle 0 taskset -c "$cpu" bash -c 'while :; do :; done' 3>&- &
		BUSY+=($!)
	done
}
