-- The server closes while our window is zero: its data wait, and its FIN behind them.
-- RFC 9293 3.8.6.1, 3.10.4 (CLOSE): what was sent before is sent first. The program has gone; the
-- kernel probes on its own, in FIN-WAIT-1 although no FIN has left.
-- Names: handshake-complete, fin-with-data, close-four, time-wait
local server = kernel.listen{}
send{flags="S"}
expect{flags="SA", ack=x+1}
send{flags="A", win=0}
local s = server.accept()
s.say("farewell")
s.close()
expect{flags="A", seq=y, len=0, after=0.15}
kernel.is("FIN-WAIT-1")
send{flags="A"}
expect{flags="FA", data="farewell", seq=y+1}
send{flags="A"}
kernel.is("FIN-WAIT-2")
send{flags="FA"}
expect{flags="A", seq=y+10, ack=x+2}
kernel.is("TIME-WAIT")
