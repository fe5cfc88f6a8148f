-- An ACK of data that was never sent: it is answered with the present numbers, and dropped.
-- RFC 9293 3.10.7.4, fifth: where SEG.ACK > SND.NXT, send an ACK, drop the segment.
-- Names: handshake-complete, ack-of-unsent
local server = kernel.listen{}
send{flags="S"}
expect{flags="SA", ack=x+1}
send{flags="A"}
local s = server.accept()
send{flags="A", ack=y+1001, forged=true}
expect{flags="A", seq=y+1, ack=x+1}
send{data="on"}
expect{flags="A", ack=x+3}
kernel.is("ESTABLISHED")
