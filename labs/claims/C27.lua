-- The server goes on after it has acknowledged the client's FIN.
documented "false"
play(function()
	local client, s = pair()
	client.shutdown()
	s.hear()
	wait(0.1)
	for _, text in ipairs{"there", "is", "more"} do
		s.say(text)
		client.hear()
	end
	saw("state of the server", s.state())
	s.close()
	wait(0.1)
end)
verdict(function()
	local fin = those(seg, function(s) return has(s, "FIN") end)[1]
	local acked = those(seg, function(s) return s.dir == "s2c" and s.ack == behind(fin)
		and s.len == 0 end)[1]
	local more = those(seg, function(s) return s.dir == "s2c" and s.len > 0
		and s.n > acked.n end)
	return #more > 0 and "false" or "true",
		{fin, acked, more, calls("kernel", ""), calls("client", "recv")}
end)
