# SPDX-License-Identifier: MIT
# What a terminal of 80 columns shows.
# shellcheck shell=bash

# Two columns for a character of three octets.
no_line_over_80() {
	LC_ALL=C awk '{ gsub(/[\343-\357][\200-\277][\200-\277]/, "ww") } length($0) > 80 { print; bad = 1 }
		END { exit bad }' "$1"
}
