-- Nobody calls accept(): the third ACK is ignored, and the SYN,ACK repeated as if it were lost.
-- listen() with 1 holds two connections. The client believes to be connected; the sysctl
-- tcp_abort_on_overflow would tell it otherwise. When there is room a repeated ACK is taken.
-- Names: third-ack-not-accepted, handshake-complete
local server = kernel.listen{backlog=1}
local a, b = peer(), peer()
a.send{flags="S"}
a.expect{flags="SA", ack=a.x+1}
a.send{flags="A"}
b.send{flags="S"}
send{flags="S"}
b.expect{flags="SA", ack=b.x+1}
expect{flags="SA", ack=x+1}
b.send{flags="A"}
send{flags="A"}
kernel.is("SYN-RECEIVED")
expect{flags="SA", seq=y, ack=x+1, after=0.9, within=1.5}
assert(server.accept(), "a's")
send{flags="A"}
kernel.is("ESTABLISHED")
