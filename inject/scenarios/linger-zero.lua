-- close() after SO_LINGER with 0: a RST instead of a FIN, and no TIME-WAIT.
-- RFC 9293 3.10.5, ABORT: <SEQ=SND.NXT><CTL=RST>. Linux sets ACK too.
-- Names: handshake-complete, abortive-close, rst-exact
local server = kernel.listen{}
send{flags="S"}
expect{flags="SA", ack=x+1}
send{flags="A"}
local s = server.accept()
s.say("bye")
expect{flags="A", seq=y+1, data="bye"}
send{flags="A"}
s.abort()
expect{flags="RA", seq=y+4, ack=x+1, len=0}
kernel.is("CLOSED")
