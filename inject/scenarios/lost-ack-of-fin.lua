-- Our ACK of the server's FIN is lost: it stays in FIN-WAIT-1, and sends the FIN again.
-- RFC 9293 3.8.1. The ACK has a wrong checksum; the next one leads to FIN-WAIT-2.
-- Names: fin-retransmitted, close-four, time-wait
local server = kernel.listen{}
send{flags="S"}
expect{flags="SA", ack=x+1}
send{flags="A"}
local s = server.accept()
s.close()
expect{flags="FA", seq=y+1}
send{flags="A", bad_sum=true}
expect{flags="FA", seq=y+1, after=0.15}
kernel.is("FIN-WAIT-1")
send{flags="A"}
kernel.is("FIN-WAIT-2")
send{flags="FA"}
expect{flags="A", seq=y+2, ack=x+2}
kernel.is("TIME-WAIT")
