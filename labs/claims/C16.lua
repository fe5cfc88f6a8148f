-- The client's ACK gets lost behind the tap: does it repeat its SYN?
documented "false"
play(function()
	local server = kernel.listen{}
	server.lose("A", "SA")
	local client = kernel.connect{to = server.port()}
	client.connected()
	wait(1.4)
	saw("state of the client", client.state())
	saw("state of the server", state(server.port(), client.port()))
	server.lose()
	client.say("hello")
	local s = server.accept()
	s.hear()
end)
verdict(function()
	local client = seen "state of the client" == "ESTABLISHED"
	local once = #with "SYN" == 1 and #with "SYN,ACK" > 1
	return client and once and "false" or "true",
		{with "SYN", with "SYN,ACK", those(seg, function(s) return s.len > 0 end),
			calls("kernel", ""),
			calls("server", "recv")}
end)
