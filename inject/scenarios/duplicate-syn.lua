-- The very SYN of the connection comes once more when it has long been established.
-- RFC 9293 3.10.7.4 (RFC 5961 4): whatever its number, it is answered with a challenge ACK.
-- Names: handshake-complete, challenge-ack
local server = kernel.listen{}
send{flags="S"}
expect{flags="SA", ack=x+1}
send{flags="A"}
local s = server.accept()
send{flags="S", seq=x, forged=true}
expect{flags="A", seq=y+1, ack=x+1}
send{data="on"}
expect{flags="A", ack=x+3}
kernel.is("ESTABLISHED")
