-- Fast Open: a cookie is asked for, then the SYN carries data; with a bad one it does not count.
-- RFC 7413 3, 4.2.2. With a good cookie accept() and recv() happen before the third ACK.
-- Names: tfo-requested, tfo-accepted, tfo-ignored
kernel.sysctl("net/ipv4/tcp_fastopen", "3")
local server = kernel.listen{set={fastopen=5}}
local a, b = peer(), peer()
send{flags="S", opt="mss=1460,fo,nop,nop"}
local given = expect{flags="SA", ack=x+1}.options:match("\34\10(........)")
assert(given, "a cookie of eight octets")
local cookie = given:gsub(".", function(c) return string.format("%02x", c:byte()) end)
a.send{flags="S", data="early", opt="mss=1460,nop,nop,fo=" .. cookie}
a.expect{flags="SA", ack=a.x+6}
local s = server.accept()
assert(s.hear() == "early" and s.state() == "SYN-RECEIVED", s.state())
a.send{flags="A"}
b.send{flags="S", data="early", opt="mss=1460,nop,nop,fo=0123456789abcdef"}
b.expect{flags="SA", ack=b.x+1}
b.send{flags="A", seq=b.x+1}
