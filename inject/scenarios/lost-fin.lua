-- Our FIN is lost, here for its wrong checksum; the server hears of it when it comes again.
-- RFC 9293 3.8.1: a FIN takes a number, and is repeated like data.
-- Names: fin-retransmitted, close-four, time-wait
local server = kernel.listen{}
send{flags="S"}
expect{flags="SA", ack=x+1}
send{flags="A"}
local s = server.accept()
send{flags="FA", bad_sum=true}
silence(0.3)
kernel.is("ESTABLISHED")
send{flags="FA"}
expect{flags="A", ack=x+2}
kernel.is("CLOSE-WAIT")
s.close()
expect{flags="FA", seq=y+1}
send{flags="A"}
kernel.is("CLOSED")
