-- Data with a timestamp older than the last are dropped, and answered with an ACK.
-- RFC 7323 5.3, rule R1: PAWS protects against segments of an earlier round of the numbers.
-- Names: paws-reject
local server = kernel.listen{}
send{flags="S", opt="mss=1460,ts=5000:0"}
expect{flags="SA", ack=x+1}
send{flags="A", opt="ts=5001:0"}
local s = server.accept()
send{data="old", opt="ts=4000:0"}
expect{flags="A", ack=x+1}
local text, why = s.hear(0.2)
assert(not text and why == "EAGAIN")
send{data="new", seq=x+1, opt="ts=5002:0"}
expect{flags="A", ack=x+4}
assert(s.hear() == "new")
