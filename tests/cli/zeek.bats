#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# synfin analyze --as zeek: the rows of Zeek's conn.log. What each letter and state means is tested
# in tests/unit/test_zeek.c.

load analyze.bash

setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

# rows FILE...: port of the originator, state, history, octets of both, packets and IP octets of
# both, in order of beginning.
rows() {
	analyze "$@" --as zeek | grep -v '^#' | sort -n | cut -f4,9-11,13-17 | tr '\t' ' '
}

# capture|rows
table='close-four|40001 5 5 SF ShADadFf 6 325 5 273
close-simultaneous|40011 5 5 SF ShADadFf 6 325 5 273
close-three|40002 5 5 SF ShADadFf 6 325 4 221
connect-close|40017 0 0 SF ShAFaf 4 216 3 164
half-close|40004 5 1500 SF ShADaFdf 7 377 6 1820
ipv6|40015 5 5 SF ShADadFf 6 445 5 373
keepalive|40013 5 5 SF ShADadFf 8 429 7 377
lost-last-ack|40010 5 5 SF ShADadFf 7 377 6 325
lost-syn|40009 0 0 SF ShAFaf 5 276 3 164
refused|40005 0 0 REJ Sr 1 60 1 40
reset|40006 5 5 RSTO ShADadR 5 273 3 169
server-first|40003 5 5 SF ShADadfF 6 325 5 273
unread-data|40007 5 0 RSTR ShADar 3 169 3 164
simultaneous-open|40018 - - S0 S 1 60 0 0;8098 0 0 SF ShaAfF 5 288 4 228'

@test "the captures of pcaps/" {
	while IFS='|' read -r name wanted; do
		echo "row: $name"
		[ "$(rows "$PCAPS/$name.pcap" | paste -sd ';')" = "$wanted" ]
	done <<<"$table"
	[ "$(rows "$PCAPS/two-hundred.pcap" | cut -d' ' -f4,5 | sort | uniq -c | xargs)" = \
		'40 RSTO ShADaR 40 RSTR ShADar 80 SF ShADaFf 40 SF ShADafF' ]
}

@test "the header lines, the types and the times are Zeek's" {
	analyze "$PCAPS/close-four.pcap" --as zeek >log
	cut -f1 log >first
	diff first - <<-'LINES'
		#separator \x09
		#set_separator
		#empty_field
		#unset_field
		#path
		#open
		#fields
		#types
		1795215029.896376
		#close
	LINES
	grep -qE $'^#open\t2026-11-20-22-50-29$' log
	grep -qE $'^#close\t2026-11-20-22-50-29$' log
	[ "$(sed -n '/^#[ft]/s/[^\t]//gp' log | awk '{ print length }' | xargs)" = '17 17' ]
	[ "$(grep -v '^#' log | cut -f3-8)" = $'127.0.0.1\t40001\t127.0.0.1\t8081\ttcp\t0.000092' ]
	[ "$(analyze "$PCAPS/ipv6.pcap" --as zeek | grep -v '^#' | cut -f3,5)" = $'::1\t::1' ]
}

@test "JSON has what the columns have, and leaves out what is not set" {
	local f
	for f in "$PCAPS"/*.pcap; do
		analyze "$f" --as zeek | sed -n 's/^#fields\t//p' >fields
		analyze "$f" --as zeek | grep -v '^#' >tabbed
		analyze "$f" --as zeek:json >json
		jq -r --rawfile fields fields '. as $row | $fields | rtrimstr("\n") | split("\t") |
			map($row[.]) | map(if . == null then "-" else tostring end) | @tsv' json |
			awk -F'\t' -v OFS='\t' '{ $1 = sprintf("%.6f", $1) } $8 != "-" { $8 = sprintf("%.6f", $8) } 1' >again
		diff tabbed again || { echo "$f"; false; }
	done
	[ "$(analyze "$PCAPS/simultaneous-open.pcap" --as zeek:json | head -n 1 | jq -c 'has("duration")')" = false ]
}

@test "rows come as they end, each with an uid that is always the same" {
	analyze "$PCAPS/two-hundred.pcap" --as zeek:json >all
	[ "$(jq -r .uid all | grep -cxE 'C[0-9A-Za-z]{16}')" = 200 ]
	[ "$(jq -r .uid all | sort -u | wc -l)" = 200 ]
	analyze - --as zeek:json <"$PCAPS/two-hundred.pcap" | diff all -
	analyze "$PCAPS/refused.pcap" "$PCAPS/close-four.pcap" "$PCAPS/keepalive.pcap" --as zeek:json |
		jq -r '.["id.orig_p"]' | paste -sd' ' >ends
	[ "$(<ends)" = '40005 40001 40013' ] || [ "$(<ends)" = '40001 40005 40013' ]
}

# wrong FILE AT: another octet there, so that the checksum is wrong.
wrong() {
	printf '\xaa' | dd of="$1" bs=1 seek="$2" conv=notrunc status=none
}

# The sums of pcaps/ are left to the network card: of the pseudo-header only. The file header has 24
# octets, that of a frame 16, Ethernet 14, IP 20, and TCP 16 before its checksum; "hello" comes
# behind a TCP header of 32.
@test "a wrong checksum is a C and nothing else" {
	cp "$PCAPS/close-four.pcap" syn.pcap
	cp "$PCAPS/close-four.pcap" data.pcap
	wrong syn.pcap $((24 + 16 + 14 + 20 + 16))
	wrong data.pcap $(($(grep -obaF hello data.pcap | head -n 1 | cut -d: -f1) - 16))
	[ "$(rows syn.pcap)" = '40001 - - OTH C 0 0 0 0
40001 5 5 SF ^hADadFf 5 265 5 273' ]
	[ "$(rows data.pcap)" = '40001 5 5 SF ShACaGdFf 5 268 5 273' ]
	for f in syn data; do
		[ "$(rows $f.pcap --no-checksums)" = '40001 5 5 SF ShADadFf 6 325 5 273' ]
	done
}

@test "one connection, a port, and words that are none of its forms" {
	[ "$(rows "$PCAPS/two-hundred.pcap" --id 7 | wc -l)" = 1 ]
	[ "$(rows "$PCAPS/two-hundred.pcap" -p 37335 | cut -d' ' -f1)" = 37335 ]
	expect 2 "*unknown view 'zek': did you mean 'zeek'*" "*" "$PCAPS/refused.pcap" --as zek
	expect 2 "*unknown form of zeek 'jsn': did you mean 'json'*" "*" "$PCAPS/refused.pcap" --as zeek:jsn
	expect 2 "*unknown form of zeek ''*" "*" "$PCAPS/refused.pcap" --as zeek:
}

@test "without a TCP packet there are the header lines only" {
	run -0 --separate-stderr analyze "$PCAPS/refused.pcap" -f udp --as zeek
	[ "${#lines[@]}" = 9 ]
	[[ ${lines[5]} == $'#open\t1970-01-01-00-00-00' && ${lines[8]} == $'#close\t1970-01-01-00-00-00' ]]
	run -0 --separate-stderr analyze "$PCAPS/refused.pcap" -f udp --as zeek:json
	[ -z "$output" ]
}
