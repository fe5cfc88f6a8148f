-- The client first, then the server first.
documented "partly"
play(function()
	local client = kernel.udp{name = "client"}
	client.connect(server_port)
	client.say("anybody?")
	wait(0.1)
	client.hear(0.2)
	local server = kernel.udp{port = server_port, name = "server"}
	client.say("and now?")
	server.hear_from()
	server.send_to(client.port(), "yes")
	client.hear()
end)
verdict(function()
	local lost, heard = calls("client", "recv")[1], calls("client", "recv")[2]
	local first = calls("client", "recv")[1].gave:find "ECONNREFUSED"
	local second = heard.gave:find("yes", 1, true)
	return first and second and "partly" or second and "true" or "false",
		{datagram, calls("client", "send"), lost, heard}
end)
