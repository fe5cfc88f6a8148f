-- Our ACK of data is lost: the server sends them again, and we acknowledge again.
-- RFC 9293 3.10.7.4 (first check): what has come before is acknowledged and dropped.
-- Names: handshake-complete, close-four
local server = kernel.listen{}
send{flags="S"}
expect{flags="SA", ack=x+1}
send{flags="A"}
local s = server.accept()
s.say("hello")
expect{data="hello", seq=y+1}
send{flags="A", bad_sum=true}
expect{data="hello", seq=y+1, after=0.15}
send{flags="A"}
silence(0.5)
s.close()
expect{flags="FA", seq=y+6}
send{flags="A"}
send{flags="FA"}
expect{flags="A", ack=x+2}
