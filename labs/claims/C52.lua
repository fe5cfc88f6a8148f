-- Two datagrams as they are, and two calls with MSG_MORE.
documented "partly"
play(function()
	local server = kernel.udp{port = server_port, name = "server"}
	local client = kernel.udp{name = "client"}
	client.connect(server_port)
	client.say("hello")
	client.say("world")
	wait(0.1)
	server.hear()
	server.hear()
	client.say("hello", "more")
	client.say("world")
	server.hear()
end)
verdict(function()
	local heard = calls("server", "recv")
	local apart = heard[1].gave == '5 "hello"' and heard[2].gave == '5 "world"'
	local merged = heard[3].gave == '10 "helloworld"'
	return apart and (merged and "partly" or "true") or "false",
		{datagram, calls("client", "send"), heard}
end)
