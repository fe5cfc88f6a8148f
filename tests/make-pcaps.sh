#!/bin/sh
# SPDX-License-Identifier: MIT
# Record the captures of pcaps/ anew with this machine's kernel, as root or with user namespaces.
# usage: make-pcaps.sh [ACTOR [DIRECTORY [NAME...]]]
set -eu

here=$(cd "$(dirname "$0")/.." && pwd)
actor=${1:-${ACTOR:-$here/build/gcc/tests/live/actor}}
out=${2:-$here/pcaps}
[ $# -gt 2 ] && shift 2 && only=" $* " || only=

# Run as `$recorder FILE`. Room for two thousand packets, all of them whole.
recorder=${RECORDER:-"tcpdump -i lo --immediate-mode -U -s 4096 -B 16384"}
case $recorder in
tcpdump*)
	# without this a tcpdump started by root becomes somebody who may not write here
	[ "$(id -u)" -ne 0 ] || recorder="$recorder -Z root"
	recorder="$recorder tcp -w" ;;
esac

fail() {
	echo "make-pcaps: $*" >&2
	exit 1
}

# record NAME OPTION... CASE; the new file's name ends so that AppArmor lets tcpdump write it
record() {
	name=$1
	shift
	case $only in '' | *" $name "*) ;; *) return 0 ;; esac
	if ! "$actor" --netns --with "$recorder '$out/$name.new.pcap'" "$@" 2>"$log"; then
		cat "$log" >&2
		fail "$name was not recorded"
	fi
	! grep -q '[1-9][0-9]* packets dropped by kernel' "$log" || fail "$name: packets were dropped"
	mv "$out/$name.new.pcap" "$out/$name.pcap"
	echo "$name.pcap"
}

log=$(mktemp)
trap 'rm -f "$log" "$out"/*.new.pcap' EXIT

# Fixed ports, so that a client is easily told from a server in a list.
record close-four --client-port 40001 --port 8081 four-close
record close-three --client-port 40002 --port 8082 three-close
record server-first --client-port 40003 --port 8083 server-first
record half-close --client-port 40004 --port 8084 half-close
record refused --client-port 40005 --port 8085 refused
record reset --client-port 40006 --port 8086 reset
record unread-data --client-port 40007 --port 8087 unread-data
record lost-third-ack --client-port 40008 --port 8088 lost-third-ack
record lost-syn --client-port 40009 --port 8089 lost-syn
record lost-last-ack --client-port 40010 --port 8090 lost-last-ack
record close-simultaneous --client-port 40011 --port 8091 simultaneous-close
record self-connect --port 8092 self-connect
record keepalive --client-port 40013 --port 8093 keepalive
record fast-open --client-port 40014 --port 8094 fast-open
record ipv6 -6 --client-port 40015 --port 8095 four-close
record two-hundred --client-port 40016 --port 8096 many
record connect-close --client-port 40017 --port 8097 connect-close
record simultaneous-open --client-port 40018 --port 8098 simultaneous-open
