-- One lost third ACK, then many SYNs, with cookies off and on: does an honest client get in?
documented "false"
play(function()
	local server = kernel.listen{backlog = 4}
	kernel.sysctl("net/ipv4/tcp_syncookies", "0")
	send{flags = "S"} -- its third ACK is lost for ever
	expect{flags = "SA"}
	kernel.connect{to = server.port(), name = "first client"}.connected(0.5)
	server.accept()
	local before = kernel.count("TcpExt", "TCPReqQFullDrop")
	for _ = 1, 12 do peer().send{flags = "S"} end
	wait(0.1)
	kernel.connect{to = server.port(), name = "in the flood"}.connected(0.5)
	saw("SYNs dropped", kernel.count("TcpExt", "TCPReqQFullDrop") - before)
	kernel.sysctl("net/ipv4/tcp_syncookies", "1")
	kernel.connect{to = server.port(), name = "with cookies"}.connected(0.5)
end)
function got_in(who) return calls(who, "connect()")[1].gave == "0" end
verdict(function()
	local first, flood, cookies = got_in "first client", got_in "in the flood",
		got_in "with cookies"
	return first and not flood and cookies and "false" or "true",
		{seg[1], seg[2], calls("first client", "connect()"), 
			calls("in the flood", "connect()"), calls("with cookies", "connect()"),
			calls("kernel", "")}
end)
