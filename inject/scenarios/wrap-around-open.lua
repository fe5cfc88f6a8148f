-- An ISN of 2^32-1: the SYN has the highest number, the next octet has number 0.
-- RFC 9293 3.4: all comparisons are modulo 2^32.
-- Names: handshake-complete, seq-wrapped, close-three
again(0xffffffff)
local server = kernel.listen{}
send{flags="S"}
expect{flags="SA", ack=0}
send{flags="A", seq=0}
local s = server.accept()
send{data="over"}
expect{flags="A", ack=x+5}
assert(s.hear() == "over")
send{flags="FA", seq=4}
s.close()
expect{flags="FA", ack=5}
send{flags="A"}
kernel.is("CLOSED")
