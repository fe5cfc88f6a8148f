-- Nobody calls accept() until long after the handshake.
documented "false"
play(function()
	local server = kernel.listen{}
	local client = kernel.connect{to = server.port()}
	client.connected()
	wait(0.3)
	saw("state of the server's end", state(server.port(), client.port()))
	client.say("early")
	wait(0.1)
	server.accept()
end)
verdict(function()
	local accepted = calls("server", "accept")[1]
	local before = seen "state of the server's end" == "ESTABLISHED"
		and when(seg[3]) < when(accepted)
	return before and "false" or "true",
		{seg[1], seg[2], seg[3], calls("kernel", ""), calls("client", "connect"), accepted}
end)
