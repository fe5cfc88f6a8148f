-- A window of five octets, and eleven to say: they come five at a time, and late.
-- RFC 9293 3.8.6.2.1 (silly windows). Linux sends no part of a segment before its probe timer goes
-- off; then the probe is as much as the window takes.
-- Names: handshake-complete, ends-open
local server = kernel.listen{}
send{flags="S"}
expect{flags="SA", ack=x+1}
send{flags="A", win=5}
local s = server.accept()
s.say("hello world")
expect{data="hello", seq=y+1, after=0.15}
send{flags="A", win=5}
expect{data=" worl", seq=y+6, after=0.15}
send{flags="A", win=5}
expect{data="d", seq=y+11}
send{flags="A"}
