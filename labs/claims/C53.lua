-- Ten octets, and a buffer for four.
documented "true"
play(function()
	local server = kernel.udp{port = server_port, name = "server"}
	local client = kernel.udp{name = "client"}
	client.connect(server_port)
	client.say("0123456789")
	wait(0.1)
	server.hear(1, 4)
	server.hear(0.2)
end)
verdict(function()
	local heard = calls("server", "recv")
	local lost = heard[1].gave == '4 "0123"' and heard[2].gave:find "EAGAIN"
	return lost and "true" or "false", {datagram, calls("client", "send"), heard}
end)
