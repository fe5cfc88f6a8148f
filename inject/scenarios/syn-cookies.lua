-- Twelve half-open connections, room for five: the other seven are answered with SYN cookies.
-- RFC 4987 3.6: the SYN,ACK's number holds what the queue has no room for; the ACK brings it back.
-- In the capture a cookie looks like any other ISN.
-- Names: handshake-incomplete, handshake-complete
kernel.sysctl("net/ipv4/tcp_syncookies", "1")
local server = kernel.listen{backlog=4}
local sent = kernel.count("TcpExt", "SyncookiesSent")
local p
for i = 1, 12 do
	p = peer()
	p.send{flags="S", opt="mss=1460"}
	p.expect{flags="SA", ack=p.x+1}
end
assert(kernel.count("TcpExt", "SyncookiesSent") == sent + 7, "seven cookies")
p.send{flags="A"} -- the twelfth was a cookie
assert(server.accept())
assert(kernel.count("TcpExt", "SyncookiesRecv") == 1)
