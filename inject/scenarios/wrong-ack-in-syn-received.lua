-- A third ACK with a wrong number: a RST, and the half-open connection stays until a right one.
-- RFC 9293 3.10.7.4, fifth: <SEQ=SEG.ACK><CTL=RST>. An exact RST then returns the server to LISTEN.
-- Names: third-ack-wrong
local server = kernel.listen{}
send{flags="S"}
expect{flags="SA", ack=x+1}
send{flags="A", ack=y+1000}
expect{flags="R", seq=y+1000, ack=0}
kernel.is("SYN-RECEIVED")
send{flags="R", seq=x+1}
kernel.is("CLOSED") -- that connection; the listener is still there
silence(0.2)
