-- The handshake and a close in four, segment by segment.
-- RFC 9293 3.5 figure 6, 3.6 figure 12. SYN and FIN take one number each. Linux delays the ACK of
-- the FIN, here by some 40 ms: a program that closes meanwhile merges it with its own FIN.
-- Names: handshake-complete, options-negotiated, close-four, time-wait
local server = kernel.listen{}
send{flags="S"}
expect{flags="SA", ack=x+1}
send{flags="A"}
local s = server.accept()
send{data="hello"}
expect{flags="A", ack=x+6}
assert(s.hear() == "hello")
send{flags="FA"}
expect{flags="A", ack=x+7}
kernel.is("CLOSE-WAIT")
s.close()
expect{flags="FA", seq=y+1}
send{flags="A"}
kernel.is("CLOSED")
