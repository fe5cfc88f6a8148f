-- A close in three segments: the ACK of the first FIN rides on the second.
-- RFC 9293 3.6. The server has just answered, and so delays its ACK for 40 ms; its program is
-- faster: it reads the end and closes.
-- Names: handshake-complete, close-three, time-wait
local server = kernel.listen{}
send{flags="S"}
expect{flags="SA", ack=x+1}
send{flags="A"}
local s = server.accept()
send{data="ping"}
expect{flags="A", ack=x+5}
assert(s.hear() == "ping")
s.say("pong")
expect{data="pong"}
send{flags="FA"}
assert(s.hear() == "")
s.close()
expect{flags="FA", seq=y+5, ack=x+6}
send{flags="A"}
kernel.is("CLOSED")
