-- The third segment gets lost: who is ESTABLISHED without it?
documented "partly"
play(function()
	local listener = kernel.listen{}
	listener.lose("A", "SA")
	local client = kernel.connect{to = listener.port()}
	client.connected()
	wait(0.1)
	saw("state of the client", state(client.port(), listener.port()))
	saw("state of the server", state(listener.port(), client.port()))
	listener.lose()
	client.say("go on")
	local s = listener.accept()
	saw("the server's, later", s.state())
end)
verdict(function()
	local client, server, later = seen "state of the client", seen "state of the server",
		seen "the server's, later"
	local verdict = client ~= "ESTABLISHED" and "true"
		or server == "SYN-RECEIVED" and later == "ESTABLISHED" and "partly" or "false"
	local data = those(seg, function(s) return s.len > 0 end)
	return verdict, {seg[1], seg[2], seg[3], calls("kernel", ""), data}
end)
