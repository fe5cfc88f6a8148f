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
expect{flags="A", ack=4}
assert(s.hear() == "over")
s.close()
expect{flags="FA", seq=y+1, ack=4}
send{flags="FA"}
expect{flags="A", seq=y+2, ack=5}
kernel.is("TIME-WAIT")
