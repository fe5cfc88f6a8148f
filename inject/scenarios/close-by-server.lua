-- The server closes first, and is the one that keeps TIME-WAIT.
-- RFC 9293 3.6: TIME-WAIT is for whoever closed first. A server that does so cannot be started
-- again on its port for 60 s, unless with SO_REUSEADDR.
-- Names: handshake-complete, close-four, time-wait
local server = kernel.listen{}
send{flags="S"}
expect{flags="SA", ack=x+1}
send{flags="A"}
local s = server.accept()
s.close()
expect{flags="FA", seq=y+1}
kernel.is("FIN-WAIT-1")
send{flags="A"}
kernel.is("FIN-WAIT-2")
send{flags="FA"}
expect{flags="A", seq=y+2, ack=x+2}
kernel.is("TIME-WAIT")
