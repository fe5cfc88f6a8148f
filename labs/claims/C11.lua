-- An old SYN of a client that knows nothing of it any more: who saves the server?
documented "true"
play(function()
	local server = kernel.listen{}
	local old = peer{port = client_port, peer_port = server.port()}
	old.send{flags = "S", seq = isn}
	wait(0.2)
	saw("the half-open connection", state(server.port(), client_port))
	server.accept(0.2)
end)
verdict(function()
	local reset = #with("RST", seg) + #with("RST,ACK", seg) > 0
	local saved = reset and seen "the half-open connection" == "CLOSED"
		and seg[3].seq == seg[2].ack
	return saved and "true" or "false", {seg[1], seg[2], seg[3], call}
end)
