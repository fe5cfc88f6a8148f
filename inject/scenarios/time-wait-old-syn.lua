-- A SYN with an old number meets TIME-WAIT: an ACK with the old numbers. Our RST clears the way.
-- RFC 9293 3.10.7.4 (fourth check), 3.5.1: the ACK is of no connection that we know, and so the
-- RST takes its number. Then the same SYN is let in.
-- Names: time-wait, reuse-refused
local server = kernel.listen{}
send{flags="S"}
expect{flags="SA", ack=x+1}
send{flags="A"}
local s = server.accept()
s.close()
expect{flags="FA", seq=y+1}
send{flags="FA"}
expect{flags="A", seq=y+2, ack=x+2}
local old, theirs = x + 2, y + 2
again(x - 100000)
send{flags="S"}
drop{flags="A", seq=theirs, ack=old}
kernel.is("TIME-WAIT")
send{flags="R", seq=old}
kernel.is("CLOSED")
send{flags="S", seq=x}
expect{flags="SA", ack=x+1}
send{flags="A"}
assert(server.accept())
