#!/bin/bash
# SPDX-License-Identifier: MIT
# demo.sh: real connections between kernel sockets on lo, drawn while they happen. Run by
# `make demo`, which sets SYNFIN and ACTOR.
set -eu
SYNFIN=${SYNFIN:-./synfin}
port=8081
said=$(mktemp -u)
mkfifo "$said"
trap 'rm -f "$said"' EXIT

# watch SCRIPT: capture one connection, which the actor plays once capture says that it listens.
watch() {
	"$SYNFIN" capture -p $port --conns 1 -t 20 2>"$said" &
	local capture=$! line
	exec 3<"$said"
	read -r -t 15 line <&3 || true
	printf '%s\n' "$line" >&2
	cat <&3 >&2 &
	kill -0 $capture 2>/dev/null && "$ACTOR" --port $port "$1"
	wait $capture
	exec 3<&-
}

echo "== A client closes, the server takes its time: four segments."
watch four-close
echo
echo "== The server closes at once: its ACK and FIN travel together, three segments."
watch three-close
echo
echo "Now try:"
echo "  sudo ./synfin capture -p 8081          in one terminal, and in another: nc -l 8081, nc 127.0.0.1 8081"
echo "  ./synfin analyze pcaps/*.pcap          connections from files; no root needed"
echo "  ./synfin help                          everything else"
