-- A close in four segments: a FIN, its ACK, and later the other FIN and its ACK.
-- RFC 9293 3.6, Figure 12. The server's program takes its time, so that the ACK goes first: at the
-- kernel's next tick, or after 40 ms and more once data have come.
-- Names: handshake-complete, close-four, time-wait
local server = kernel.listen{}
send{flags="S"}
expect{flags="SA", ack=x+1}
send{flags="A"}
local s = server.accept()
send{flags="FA"}
expect{flags="A", ack=x+2}
kernel.is("CLOSE-WAIT")
assert(s.hear() == "")
s.close()
expect{flags="FA", seq=y+1, ack=x+2}
kernel.is("LAST-ACK")
send{flags="A"}
kernel.is("CLOSED")
