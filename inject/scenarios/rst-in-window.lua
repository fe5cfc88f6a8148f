-- A RST in the window, but not at the next number: a challenge ACK, and the connection lives.
-- RFC 9293 3.10.7.4 (RFC 5961 3.2): an end that meant it answers the challenge with the right RST.
-- Names: handshake-complete, rst-in-window, challenge-ack, rst-exact
local server = kernel.listen{}
send{flags="S"}
expect{flags="SA", ack=x+1}
send{flags="A"}
local s = server.accept()
send{flags="R", seq=x+101, forged=true}
local challenge = expect{flags="A", seq=y+1, ack=x+1}
kernel.is("ESTABLISHED")
send{flags="R", seq=challenge.ack}
kernel.is("CLOSED")
