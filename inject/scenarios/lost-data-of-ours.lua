-- Our data are lost, for their wrong checksum; they come again, and the server hears them once.
-- RFC 9293 3.8.1.
-- Names: handshake-complete, close-four
local server = kernel.listen{}
send{flags="S"}
expect{flags="SA", ack=x+1}
send{flags="A"}
local s = server.accept()
send{data="hello", bad_sum=true}
silence(0.3)
send{data="hello"}
expect{flags="A", ack=x+6}
assert(s.hear() == "hello")
send{flags="FA"}
expect{flags="A", ack=x+7}
s.close()
expect{flags="FA", seq=y+1}
send{flags="A"}
kernel.is("CLOSED")
