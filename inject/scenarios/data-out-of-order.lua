-- Data beyond a gap: the old ACK again, with what lies beyond as SACK; then one ACK of all.
-- RFC 5681 4.2, RFC 2018 4.
-- Names: handshake-complete, close-four
local server = kernel.listen{}
send{flags="S", opt="mss=1460,sackok"}
expect{flags="SA", ack=x+1}
send{flags="A"}
local s = server.accept()
send{data="world", seq=x+6}
local beyond = string.format("%08x%08x", x + 6 & 0xffffffff, x + 11 & 0xffffffff)
expect{flags="A", ack=x+1, opt="nop,nop,hex=050a" .. beyond}
send{data="hello", seq=x+1}
expect{flags="A", ack=x+11}
assert(s.hear() == "helloworld")
send{flags="FA", seq=x+11}
expect{flags="A", ack=x+12}
s.close()
expect{flags="FA", seq=y+1}
send{flags="A"}
