-- Our window is zero: the server keeps its data, and probes until the window opens.
-- RFC 9293 3.8.6.1. Linux probes with no octet, one below SND.NXT: as a keepalive looks, but for
-- our last window. Each probe waits twice as long.
-- Names: handshake-complete, ends-open
local server = kernel.listen{}
send{flags="S"}
expect{flags="SA", ack=x+1}
send{flags="A", win=0}
local s = server.accept()
s.say("hello")
expect{flags="A", seq=y, len=0, after=0.15}
send{flags="A", win=0}
expect{flags="A", seq=y, len=0, after=0.3}
send{flags="A"}
expect{data="hello", seq=y+1}
send{flags="A"}
