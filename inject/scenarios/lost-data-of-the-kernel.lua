-- The server's data do not reach us: they come again, after twice the time each time.
-- RFC 6298 5. Linux begins with 0.2 s, where the RFC asks for 1 s.
-- Names: handshake-complete, close-four
local server = kernel.listen{}
send{flags="S"}
expect{flags="SA", ack=x+1}
send{flags="A"}
local s = server.accept()
s.say("hello")
drop{data="hello", seq=y+1}
drop{data="hello", seq=y+1, after=0.19}
expect{data="hello", seq=y+1, after=0.38}
send{flags="A"}
silence(0.5)
s.close()
expect{flags="FA", seq=y+6}
send{flags="A"}
send{flags="FA"}
expect{flags="A", ack=x+2}
