#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# Every scenario against this kernel, and what the analysis finds in its capture. No root needed.
# They wait most of the time: several run at once, each in a namespace of its own.

bats_require_minimum_version 1.5.0

names_of() { # names_of SCENARIO: the diagnoses that its capture is to have
	sed -n 's/^-- Names: //p' "$ROOT/inject/scenarios/$1.lua" | tr -d ,
}

# try DIRECTORY NAME: says what is wrong, else nothing.
try() {
	local pcap=$1/$2.pcap said=$1/$2.said code=0 found name
	"$SYNFIN" inject run "$2" --netns -q -w "$pcap" >"$said" 2>&1 || code=$?
	[ "$code" = 0 ] || {
		echo "$2: exit status $code"
		cat "$said"
		return 0
	}
	found=$("$SYNFIN" analyze "$pcap" --as jsonl:connection | jq -r '.diagnoses[]')
	for name in $(names_of "$2"); do
		grep -qxF "$name" <<<"$found" || echo "$2: no $name in its capture"
	done
}

listed() {
	"$SYNFIN" inject list | sed 's/ .*//'
}

@test "each does what it says, and its capture shows it" {
	local wrong ran there
	export -f try names_of
	wrong=$(listed | xargs -P 6 -I NAME bash -c 'try "$@"' try "$BATS_TEST_TMPDIR" NAME)
	echo "$wrong"
	[ "$wrong" = "" ]
	ran=("$BATS_TEST_TMPDIR"/*.pcap) there=("$ROOT"/inject/scenarios/*.lua)
	[ "${#ran[@]}" = "${#there[@]}" ]
}

@test "an ordinary user can do the same: sysctls, counters and states too" {
	[ "$(id -u)" = 0 ] || skip "the test before has done so"
	local name
	cp "$SYNFIN" "$BATS_TEST_TMPDIR/synfin"
	chmod 755 "$BATS_TEST_TMPDIR" "$BATS_TEST_TMPDIR/synfin"
	for name in three-way simultaneous-open self-connect fast-open syn-cookies; do
		echo "$name"
		run -0 setpriv --reuid=65534 --regid=65534 --clear-groups \
			"$BATS_TEST_TMPDIR/synfin" inject run "$name" --netns -q
	done
}

@test "datagrams: their bounds, what is lost, who is not there; and they are drawn" {
	cat >"$BATS_TEST_TMPDIR/udp.lua" <<-'EOF'
		local server = kernel.udp{port=5000, name="server"}
		local a = kernel.udp{name="alice", port=5001}
		assert(a.send_to(5000, "hello") == 5)
		local text, port = server.hear_from()
		assert(text == "hello" and port == 5001)
		server.send_to(port, "0123456789")
		assert(a.hear(1, 4) == "0123" and a.hear(0.05) == nil)
		a.connect(5000)
		a.say("one", "more") a.say("two")
		assert(server.hear() == "onetwo")
		a.set("udp-cork", 1) a.say("1") a.say("2") a.set("udp-cork", 0)
		assert(server.hear() == "12")
		server.close()
		a.say("x") wait(0.05)
		local got, why = a.say("y")
		assert(not got and why == "ECONNREFUSED")
		local u, v = kernel.unix{name="left", other="right"}
		u.say("abc") u.close()
		assert(v.hear(1, 2) == "ab" and v.hear() == "c" and v.hear() == "")
		u, v = kernel.unix{type="datagram"}
		u.say("abc") u.say("d")
		assert(v.hear(1, 2) == "ab" and v.hear() == "d" and not pcall(u.port))
		local taken, name = kernel.udp{port=5001, fails=true}
		assert(taken == nil and name == "EADDRINUSE")
		assert(not pcall(a.hear, 0, 0) and not pcall(a.hear, 0, 65537))
	EOF
	run -0 --separate-stderr "$SYNFIN" inject run "$BATS_TEST_TMPDIR/udp.lua" --netns
	[ "$output" = ". UDP 127.0.0.1:5001 -> 127.0.0.1:5000 len=5
. UDP 127.0.0.1:5000 -> 127.0.0.1:5001 len=10
. UDP 127.0.0.1:5001 -> 127.0.0.1:5000 len=6
. UDP 127.0.0.1:5001 -> 127.0.0.1:5000 len=2
. UDP 127.0.0.1:5001 -> 127.0.0.1:5000 len=1
! ICMP 3/3 port unreachable from 127.0.0.1" ]
}

@test "a stream is read in pieces, and a cork keeps it back" {
	cat >"$BATS_TEST_TMPDIR/tcp.lua" <<-'EOF'
		local server = kernel.listen{}
		local c = kernel.connect{to=8080}
		assert(c.connected() == 0)
		local s = server.accept()
		c.set("cork", 1) c.say("abc") c.say("de")
		assert(s.hear(0.05) == nil)
		c.set("cork", 0)
		assert(s.hear(1, 2) == "ab" and s.hear(1, 1) == "c" and s.hear() == "de")
		c.say("f", "more") c.say("g")
		assert(s.hear() == "fg")
		local refused = kernel.connect{to=9}
		local gave, why = refused.connected()
		assert(gave == nil and why == "ECONNREFUSED")
	EOF
	"$SYNFIN" inject run "$BATS_TEST_TMPDIR/tcp.lua" --netns -q -w "$BATS_TEST_TMPDIR/tcp.pcap"
	run -0 "$SYNFIN" analyze "$BATS_TEST_TMPDIR/tcp.pcap" --as jsonl:segment
	[ "$(jq -s '[.[] | select(.len > 0).len]' -c <<<"$output")" = "[5,2]" ]
}

@test "a second host: ARP, MAC addresses, nobody at other addresses" {
	cat >"$BATS_TEST_TMPDIR/two.lua" <<-'EOF'
		-- Two hosts.
		-- Hosts: 2
		local c = kernel.connect{host="192.0.2.2", to=7}
		assert(c.connected() == 0)
		c.say("hello")
		assert(c.hear() == "hello")
		local nobody = kernel.connect{host="192.0.2.9", to=7}
		local gave, why = nobody.connected(5)
		assert(gave == nil and why == "EHOSTUNREACH")
		assert(not pcall(kernel.connect, {host="127.0.0.2", to=7}))
	EOF
	"$SYNFIN" inject run "$BATS_TEST_TMPDIR/two.lua" --netns -q -w "$BATS_TEST_TMPDIR/two.pcap"
	tcpdump -enr "$BATS_TEST_TMPDIR/two.pcap" >"$BATS_TEST_TMPDIR/text"
	[ "$(grep -c 'who-has 192.0.2.2 tell 192.0.2.1' "$BATS_TEST_TMPDIR/text")" = 1 ]
	[ "$(grep -c 'who-has 192.0.2.9' "$BATS_TEST_TMPDIR/text")" -ge 2 ]
	local mac
	mac=$(sed -n 's/.*Reply 192.0.2.2 is-at \([0-9a-f:]*\).*/\1/p' "$BATS_TEST_TMPDIR/text")
	grep -q " > $mac, .*192.0.2.1.* > 192.0.2.2.7: Flags \[S\]" "$BATS_TEST_TMPDIR/text"
}

@test "a second host is in a namespace of our own only, and for who asks for it" {
	printf -- '-- Hosts: 2\n' >"$BATS_TEST_TMPDIR/two.lua"
	run -1 "$SYNFIN" inject run "$BATS_TEST_TMPDIR/two.lua"
	[[ $output == *"Add --netns."* ]]
	echo 'kernel.connect{host="192.0.2.2", to=7}' >"$BATS_TEST_TMPDIR/one.lua"
	run -1 "$SYNFIN" inject run "$BATS_TEST_TMPDIR/one.lua" --netns
	[[ $output == *"-- Hosts: 2"* ]]
}

@test "each file says in a line what it shows, and names diagnoses that there are" {
	local known file
	known=$("$SYNFIN" explain)
	for file in "$ROOT"/inject/scenarios/*.lua; do
		name=$(basename "$file" .lua)
		echo "$name"
		[[ $(head -n 1 "$file") == "-- "?*. ]]
		[ "$(grep -c '^-- Names: ' "$file")" = 1 ]
		[ "$(wc -L <"$file")" -le 100 ]
		[ -n "$(names_of "$name")" ]
		for name in $(names_of "$name"); do
			grep -qwF -- "$name" <<<"$known"
		done
	done
	[ "$(listed)" = "$(cd "$ROOT/inject/scenarios" && printf '%s\n' *.lua | sed 's/\.lua$//' | LC_ALL=C sort)" ]
}
