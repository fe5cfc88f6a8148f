#!/bin/bash
# SPDX-License-Identifier: MIT
# demo.sh: two real connections between kernel sockets on lo, drawn while they happen. Run by
# `make demo`, which sets SYNFIN and ACTOR.
set -eu
SYNFIN=${SYNFIN:-./synfin}
capture=

# Whatever ends us ends the capture too; one that nobody ends stops by itself (-t).
leave() {
	[ -z "$capture" ] || kill "$capture" 2>/dev/null || true
	[ -z "$capture" ] || wait "$capture" || true
}
trap leave EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

play() { # play PORT CASE
	timeout --foreground 15 "$ACTOR" --port "$1" "$2"
}

# No socket uses it at either end (06 is TIME-WAIT: an earlier demo's), and it can be listened on.
is_free() {
	local hex
	printf -v hex '%04X' "$1"
	! cat /proc/net/tcp /proc/net/tcp6 2>/dev/null |
		awk -v port=":$hex\$" '$4 != "06" && ($2 ~ port || $3 ~ port) { used = 1 } END { exit !used }' &&
		play "$1" connect-close 2>/dev/null
}

choose_port() {
	for port in {8081..8120}; do
		! is_free "$port" || return 0
	done
	echo "demo: no port from 8081 to $port is free, or connections on 127.0.0.1 are not possible:" >&2
	play "$port" connect-close || true
	exit 1
}

give_up() {
	[ -z "${line:-}" ] || printf '%s\n' "$line" >&2
	cat <&"$said" >&2
	[ "$(id -u)" = 0 ] || echo "The demo captures, and that needs root: sudo make demo" >&2
	exit 1
}

# watch CASE: capture one connection, which is played once the capture says that it listens.
watch() {
	local said line='' status=0
	echo "\$ sudo ./synfin capture -p $port --conns 1"
	exec {out}>&1
	exec {said}< <(exec timeout --foreground -k 2 30 \
		"$SYNFIN" capture -p "$port" --conns 1 -t 20 2>&1 >&"$out" {out}>&-)
	capture=$!
	exec {out}>&-
	read -r -t 15 line <&"$said" || true
	[[ $line == *"listening on"* ]] || give_up
	play "$port" "$1" || status=$?
	[ $status = 0 ] || kill "$capture"
	wait "$capture" || status=$?
	capture=
	[ $status = 0 ] || give_up
	exec {said}<&-
}

# seen TEXT: what was to be seen, below the ladder: together they are 24 lines. In a terminal there is
# time to read: Enter goes on, and so do four seconds.
seen() {
	if [ -t 0 ] && [ -t 1 ]; then
		printf '%s (Enter, or four seconds)' "$1"
		read -r -s -t 4 || true
		printf '\r%-79s\r' ''
	fi
	printf '%s\n\n' "$1"
}

choose_port
watch told-four
seen "1. FIN, ACK, FIN, ACK: four segments."
watch told-three
seen "2. The server's ACK and FIN are one: three segments."
cat <<'TEXT'
Now try:
  sudo ./synfin capture -p 8080                your own connections, live on lo
  ./synfin analyze pcaps/lost-third-ack.pcap   from a file: a segment is lost
  ./synfin analyze pcaps/two-hundred.pcap      many at once, a line for each
TEXT
