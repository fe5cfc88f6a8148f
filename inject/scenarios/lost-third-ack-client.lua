-- The client's ACK of the SYN,ACK is lost: it is asked again, and answers again.
-- RFC 9293 3.10.7.4: in ESTABLISHED a SYN,ACK is unacceptable, and is answered with an ACK of the
-- present numbers, which is just what the server waits for. (RFC 5961 4 calls it a challenge ACK.)
-- Names: handshake-complete, third-ack-not-accepted
local s = kernel.connect{}
expect{flags="S"}
send{flags="SA"}
drop{flags="A", seq=x+1, ack=y+1}
kernel.is("ESTABLISHED")
wait(0.6)
send{flags="SA", seq=y}
expect{flags="A", seq=x+1, ack=y+1}
send{data="welcome"}
expect{flags="A", ack=y+8}
assert(s.hear() == "welcome")
