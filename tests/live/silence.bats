#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# What only silence says is said when its time has come, not when the capture ends.

# said CASE NAME: the second in which the live capture names it, and the second of its end.
said() {
	SECONDS=0
	"$ACTOR" --netns --with "$SYNFIN capture --as jsonl:diagnosis,end" "$1" 2>/dev/null |
		while read -r line; do
			case $line in
			*"\"id\":\"$2\""*) printf '%d ' "$SECONDS" ;;
			*'"type":"end"'*) echo "$SECONDS" ;;
			esac
		done
}

@test "a SYN is unanswered after twice the longest pause" {
	read -r named ended <<<"$(said unanswered syn-unanswered)"
	echo "named after $named s, the end after $ended s"
	[ "$named" -ge 2 ] && [ "$named" -le 3 ] && [ "$ended" -ge 4 ]
}

@test "CLOSE-WAIT is stuck after ten seconds" {
	read -r named ended <<<"$(said stuck close-wait-stuck)"
	echo "named after $named s, the end after $ended s"
	[ "$named" -ge 10 ] && [ "$named" -le 12 ] && [ "$ended" -ge 13 ]
}
