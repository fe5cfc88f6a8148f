-- Data for a program that has closed both ways: a RST says that it will never be read.
-- RFC 9293 3.6.1: after close() of the whole socket TCP SHOULD send a RST to late data, to show
-- that it was lost. On Linux that RST has no ACK flag, and its number is the ack of the data.
-- Names: handshake-complete, rst-after-close
local server = kernel.listen{}
send{flags="S"}
expect{flags="SA", ack=x+1}
send{flags="A"}
local s = server.accept()
s.close()
expect{flags="FA", seq=y+1, ack=x+1}
send{flags="A"}
kernel.is("FIN-WAIT-2")
send{data="too late"}
expect{flags="R", seq=y+2, ack=0, len=0}
kernel.is("CLOSED")
