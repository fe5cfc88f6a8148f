-- Nobody listens: an ordinary connect(), and a socket that connects to itself.
documented "partly"
play(function()
	kernel.connect{to = server_port}.connected()
	local self = kernel.socket{port = client_port + 10, name = "nobody's client"}
	self.connect(self.port())
	self.connected()
	self.say("echo")
	self.hear()
end)
verdict(function()
	local refused = conn[1].close.kind == "rst" or #with("RST,ACK", conn[1].seg) > 0
	local open = calls("nobody's client", "connect()")[1].gave == "0"
	return refused and (open and "partly" or "true") or "false",
		{conn[1].seg, calls("client", "connect()"), calls("nobody's client", "connect()"),
			conn[2].seg[1], conn[2].seg[2], conn[2].seg[3]}
end)
