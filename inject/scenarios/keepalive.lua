-- A silent connection is probed; an answer keeps it alive, two unanswered probes end it with RST.
-- RFC 9293 3.8.4. A probe is an ACK one below SND.NXT, and so not acceptable: that is what makes a
-- living end answer. Linux probes without an octet of garbage.
-- Names: keepalive-probe, keepalive-timeout
local server = kernel.listen{}
send{flags="S"}
expect{flags="SA", ack=x+1}
send{flags="A"}
local s = server.accept()
s.set("keepidle", 1)
s.set("keepintvl", 1)
s.set("keepcnt", 2)
s.set("keepalive", 1)
expect{flags="A", seq=y, ack=x+1, len=0, after=0.9, within=2}
send{flags="A"}
expect{flags="A", seq=y, len=0, after=0.9, within=2}
expect{flags="A", seq=y, len=0, after=0.9, within=2}
expect{flags="RA", seq=y+1, ack=x+1, after=0.9, within=2}
local text, why = s.hear()
assert(not text and why == "ETIMEDOUT")
