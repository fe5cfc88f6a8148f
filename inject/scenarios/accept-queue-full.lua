-- Nobody calls accept(): the third ACK is ignored, and the SYN,ACK repeated as if it were lost.
-- listen() with 0 holds one connection. The client believes to be connected; tcp_abort_on_overflow
-- would tell it otherwise. As soon as there is room the repeated ACK is taken.
-- Names: third-ack-not-accepted, handshake-complete
local server = kernel.listen{backlog=0}
local other = peer()
other.send{flags="S"}
send{flags="S"}
other.expect{flags="SA", ack=other.x+1}
expect{flags="SA", ack=x+1}
other.send{flags="A"}
send{flags="A"}
kernel.is("SYN-RECEIVED")
expect{flags="SA", seq=y, ack=x+1, after=0.9, within=1.5}
assert(server.accept(), "the other's")
send{flags="A"}
kernel.is("ESTABLISHED")
assert(server.accept(), "ours")
