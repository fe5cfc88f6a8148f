-- The handshake and a close in four, segment by segment.
local server = kernel.listen{}
send{flags="S"}
expect{flags="SA", ack=x+1}
send{flags="A"}
local s = server.accept()
send{data="hello"}
expect{flags="A", ack=x+6}
assert(s.hear() == "hello")
send{flags="FA"}
expect{flags="A", ack=x+7}
kernel.is("CLOSE-WAIT")
s.close()
expect{flags="FA", seq=y+1}
send{flags="A"}
kernel.is("CLOSED")
