-- The last ACK is lost: the server in LAST-ACK sends its FIN again, until an ACK comes.
-- RFC 9293 3.6: this is what TIME-WAIT is for, at the end that has to acknowledge once more.
-- Names: fin-retransmitted, close-four, time-wait
local server = kernel.listen{}
send{flags="S"}
expect{flags="SA", ack=x+1}
send{flags="A"}
local s = server.accept()
send{flags="FA"}
expect{flags="A", ack=x+2}
s.close()
expect{flags="FA", seq=y+1, ack=x+2}
note("The ACK that is due now never leaves.")
expect{flags="FA", seq=y+1, ack=x+2, after=0.19}
kernel.is("LAST-ACK")
send{flags="A"}
kernel.is("CLOSED")
silence(0.5)
