-- Our FIN comes again: the server in TIME-WAIT acknowledges it again, and begins its wait anew.
-- RFC 9293 3.10.7.4 (TIME-WAIT). Each time: the limit of one such ACK in 500 ms is for segments
-- that take no number, not for data and FIN.
-- Names: fin-retransmitted, close-three, time-wait
local server = kernel.listen{}
send{flags="S"}
expect{flags="SA", ack=x+1}
send{flags="A"}
local s = server.accept()
s.close()
expect{flags="FA", seq=y+1}
send{flags="FA"}
drop{flags="A", seq=y+2, ack=x+2}
wait(0.2)
send{flags="FA", seq=x+1}
drop{flags="A", seq=y+2, ack=x+2}
wait(0.2)
send{flags="FA", seq=x+1}
expect{flags="A", seq=y+2, ack=x+2}
kernel.is("TIME-WAIT")
