-- What the kernel has of a connection after its SYN: with room in its queue, and with cookies only.
documented "partly"
play(function()
	local server, other = kernel.listen{}, peer()
	send{flags = "S"}
	expect{flags = "SA"}
	saw("with a queue it keeps", state(server.port(), port))
	server.accept(0.1)
	kernel.sysctl("net/ipv4/tcp_syncookies", "2")
	other.send{flags = "S"}
	other.expect{flags = "SA"}
	saw("with cookies it keeps", state(server.port(), other.port))
	other.send{flags = "A"}
	server.accept()
	saw("after the third segment", state(server.port(), other.port))
end)
verdict(function()
	local queue, cookies, third = seen "with a queue it keeps", seen "with cookies it keeps",
		seen "after the third segment"
	local partly = queue == "SYN-RECEIVED" and cookies == "CLOSED" and third == "ESTABLISHED"
	return partly and "partly" or cookies ~= "CLOSED" and "true" or "false",
		{seg[1], seg[2], conn[2].seg[1], conn[2].seg[2], conn[2].seg[3],
			calls("kernel", ""), calls("server", "accept")}
end)
