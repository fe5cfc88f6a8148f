-- A socket connects to itself: one end, whose SYN is answered by itself.
-- A simultaneous open with oneself (RFC 9293 3.5). connect() to a free local port may be given that
-- very port; the program then reads what it wrote.
-- Names: self-connect
local s = kernel.socket{}
local both = peer{port=s.port(), peer_port=s.port()}
s.connect(s.port())
local syn = both.expect{flags="S"}
both.expect{flags="SA", seq=syn.seq, ack=syn.seq+1}
both.expect{flags="A", seq=syn.seq+1, ack=syn.seq+1}
assert(s.state() == "ESTABLISHED", s.state())
s.say("echo")
both.expect{flags="A", seq=syn.seq+1, data="echo"}
assert(s.hear() == "echo")
both.expect{flags="A", ack=syn.seq+5}
