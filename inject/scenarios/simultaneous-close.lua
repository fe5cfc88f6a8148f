-- Both ends close at once: the FINs cross, CLOSING, and TIME-WAIT at both ends.
-- RFC 9293 3.6, Figure 13. Our FIN acknowledges nothing of the server's, as if that were still on
-- its way.
-- Names: handshake-complete, close-simultaneous, time-wait
local server = kernel.listen{}
send{flags="S"}
expect{flags="SA", ack=x+1}
send{flags="A"}
local s = server.accept()
s.close()
drop{flags="FA", seq=y+1, ack=x+1}
send{flags="FA", ack=y+1}
expect{flags="A", seq=y+2, ack=x+2}
kernel.is("CLOSING")
send{flags="A", ack=y+2}
kernel.is("TIME-WAIT")
silence(0.3)
