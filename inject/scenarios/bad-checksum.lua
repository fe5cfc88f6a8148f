-- A segment with a wrong TCP checksum: dropped unseen, be it a SYN, data or an exact RST.
-- RFC 9293 3.1. Kernels verify it on lo as well, though they leave their own unfinished there.
-- Names: handshake-complete
local server = kernel.listen{}
local bad = kernel.count("Tcp", "InCsumErrors")
send{flags="S", bad_sum=true}
silence(0.2)
send{flags="S"}
expect{flags="SA", ack=x+1}
send{flags="A"}
local s = server.accept()
send{data="spoilt", bad_sum=true}
send{flags="R", bad_sum=true}
silence(0.2)
assert(kernel.count("Tcp", "InCsumErrors") == bad + 3)
send{data="whole"}
expect{flags="A", ack=x+6}
assert(s.hear() == "whole")
