#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2154 # stderr, stderr_lines: bats' run sets them
# Scenarios that are wrong: of the kernel, or in themselves. None hangs, each says what is wrong.

bats_require_minimum_version 1.5.0

# perform STATUS SCRIPT: run it, twenty seconds at most; what it says becomes $stderr.
perform() {
	printf '%s\n' "$2" >"$BATS_TEST_TMPDIR/wrong.lua"
	run -"$1" --separate-stderr timeout 20 "$SYNFIN" inject run "$BATS_TEST_TMPDIR/wrong.lua" --netns -q
	echo "$stderr"
}

# The kernel has said "hello", and nobody has looked yet.
prelude='local server = kernel.listen{} send{flags="S"} local win = expect{flags="SA"}.win send{}
local s = server.accept() s.say("hello")'

# what differs | right | wrong
fields='flags|expect{flags="A"}|expect{flags="FA"}
flags|expect{flags="PA"}|expect{flags="PS"}
seq|expect{seq=y+1}|expect{seq=y+2}
ack|expect{ack=x+1}|expect{ack=x}
len|expect{len=5}|expect{len=4}
win|expect{win=win}|expect{win=win-1}
data|expect{data="hello"}|expect{data="jello"}
opt|expect{opt="none"}|expect{opt="mss=1460"}
time: |expect{after=0.000001}|expect{after=5}
silence: a segment came|expect{} send{} silence(0.1)|silence(0.1)
silence: no segment came|expect{within=1}|expect{} send{} expect{within=0.1}
the state of |kernel.is("ESTABLISHED")|kernel.is("CLOSE-WAIT")'

@test "where the kernel does otherwise: exit status 3, and what differs" {
	while IFS='|' read -r differs right wrong; do
		echo "case $wrong"
		perform 0 "$prelude
$right"
		[ "$stderr" = "" ]
		perform 3 "$prelude
$wrong"
		[[ $stderr == "synfin: "*"wrong.lua:3: the kernel did otherwise"* ]]
		[[ $stderr == *$'\n  expected  '*$'\n  actual    '*$'\n  differs   '"$differs"* ]]
	done <<<"$fields"
}

@test "both rows show the octets that differ" {
	perform 3 "$prelude
expect{data='jello'}"
	[[ $stderr == *'expected  any len=5 data="jello"'* ]]
	[[ $stderr == *'actual    PSH,ACK '*' data="hello"'* ]]
	perform 3 "$prelude
expect{data='a\0\27]0;longer than all'}"
	[[ $stderr == *'data="a\x00\x1b]0;longer than al"...'* ]]
	perform 3 "$prelude
expect{opt='mss=1460'}"
	[[ $stderr == *' opt=hex=020405b4'*' opt=none'* ]]
}

@test "a forged segment, or one with a wrong sum, is not ours" {
	perform 0 'kernel.listen{} send{flags="S"} expect{flags="SA"} send{} local n, m = seq, y
send{data="no", forged=true} assert(seq == n) settle(0.2)
send{flags="S", seq=7, forged=true} assert(seq == n and y == m) settle(0.2)
send{flags="F", bad_sum=true} assert(seq == n)
send{data="yes"} assert(seq == n + 3)'
}

# script | what is said of it
scripts='local = 1|:1: <name> expected near '"'='"'
expect{{|:2: unexpected symbol near <eof>
send{flag="S"}|:1: a row of this kind has no '"'flag'"'
send{flags=1, to=1}|:1: '"'flags' is to be a text"'
send{flags="SX", to=1}|:1: flags: '"'SX'"'
send{opt="mss", to=1}|:1: opt: '"'mss'"'
send{seq="one", to=1}|:1: '"'seq' is to be a whole number"'
send{ack=1.5, to=1}|:1: '"'ack' is to be a whole number"'
send{data=("x"):rep(1401), to=1}|:1: '"'data' has at most 1400 octets"'
send{win=65536, to=1}|the window is 65536, and the most is 65535
send{flags="S"}|:1: to which port?
send{flags="S", to=65536}|:1: '"'to' is to be a port from 1 to 65535"'
send{"S"}|:1: a row has names
send("S")|:1: bad argument #1 to '"'send' (table expected, got string)"'
send()|:1: bad argument #1 to '"'send'"'
expect{within="long"}|:1: '"'within' is to be a number"'
expect{within=-1}|:1: a time is from 0 to 60 seconds
wait(1000)|:1: a time is from 0 to 60 seconds
wait(0/0)|:1: a time is from 0 to 60 seconds
wait("a")|:1: bad argument #1 to '"'wait'"'
silence()|:1: bad argument #1 to '"'silence'"'
return y|:1: y is not known before the other end'"'"'s SYN
return z|:1: there is no '"'z'"'
kernel.listen{port=8080} kernel.listen{port=8080, reuse=false}|cannot have 127.0.0.1:8080: Address already in use
kernel.listen{set={speed=1}}|:1: there is no socket option '"'speed'"'
kernel.is("TIMEWAIT")|:1: there is no state '"'TIMEWAIT'"'
kernel.is("TIME-WAIT")|expected
kernel.listen{port=70000}|:1: a port is from 1 to 65535
peer{port=-1, peer_port=1}|:1: a port is from 1 to 65535
kernel.sysctl("kernel/hostname", "a")|:1: only sysctls below net/
kernel.sysctl("net/../kernel/hostname", "a")|:1: only sysctls below net/
kernel.count("TcpExt", "Nothing")|:1: there is no counter TcpExt Nothing
for i = 1, 20 do peer() end|:1: more than 20 crafted ends
for i = 1, 33 do kernel.socket{} end|:1: more than 32 sockets
io.open("/etc/passwd")|:1: there is no '"'io'"'
os.exit(0)|:1: there is no '"'os'"'
require("os")|:1: there is no '"'require'"'
error("\27[31mred")|:1: \x1b[31mred
while true do end|it takes too long
while true do pcall(error) end|it takes too long
local t = {} while true do t[#t+1] = ("x"):rep(1000) .. #t end|it takes too much memory
local s = "x" while true do s = s .. s end|it takes too much memory
local function f() return 1 + f() end f()|it takes too much memory
for i = 1, 100000 do send{flags="R", to=1} end|all 1000 packets that may be sent have been sent
for i = 1, 100000 do pcall(send, {flags="R", to=1}) end|all 1000 packets that may be sent have been sent'

@test "a script that is wrong, endless or greedy ends soon, with a sentence" {
	local code
	while IFS='|' read -r script said; do
		echo "case $script"
		[[ $said = expected ]] && code=3 || code=1
		perform "$code" "$script"
		[[ $stderr == "synfin: "*"$said"* ]]
		[ "${#stderr_lines[@]}" -le 4 ]
	done <<<"$scripts"
}

refused() { # refused SENTENCE FILE
	echo "case $2"
	run -1 --separate-stderr timeout 20 "$SYNFIN" inject run "$2" --netns -q
	[[ ${stderr_lines[0]} == "synfin: "*"$1" ]]
	[ "${stderr_lines[1]}" = "synfin inject list shows those that are built in." ]
}

@test "what is no script: missing, a directory, binary, too long" {
	cd "$BATS_TEST_TMPDIR"
	head -c 1048576 /dev/zero | tr '\0' ' ' >long.lua
	printf 'note("a")\0' >zero.lua
	head -c 5000 "$SYNFIN" >binary.lua
	refused ': No such file or directory' three-wya
	refused ': No such file or directory' missing.lua
	refused ': Is a directory' .
	refused ': no text' binary.lua
	refused ': no text' zero.lua
	refused ': longer than 64 KiB' long.lua
	refused ': longer than 64 KiB' /dev/zero
	: >empty.lua
	run -0 "$SYNFIN" inject run empty.lua --netns -q
	[ "$output" = "" ]
}

@test "bytecode is not taken, nor a function that would make some" {
	perform 1 $'\eLuaT'
	[[ $stderr == *"wrong.lua:1: unexpected symbol"* || $stderr == *"binary chunk"* ]]
	perform 1 'string.dump(function() end)'
}
