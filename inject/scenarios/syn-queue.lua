-- Half-open connections fill the queue of a listener: without SYN cookies the rest is dropped.
-- RFC 4987 2: a SYN flood. listen() with 4 holds 5 of them; the others are counted, not answered.
-- Names: handshake-incomplete, syn-unanswered
kernel.sysctl("net/ipv4/tcp_syncookies", "0")
local server = kernel.listen{backlog=4}
local answered, before = 0, kernel.count("TcpExt", "TCPReqQFullDrop")
for i = 1, 12 do
	local p = peer()
	p.send{flags="S"}
	answered = answered + p.settle(0.05)
end
assert(answered == 5, answered .. " answered")
assert(kernel.count("TcpExt", "TCPReqQFullDrop") == before + 7, "counted")
