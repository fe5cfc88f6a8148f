-- The client closes its half; the server still talks.
documented "true"
play(function()
	local client, s = pair()
	client.shutdown()
	s.hear()
	wait(0.1)
	s.say("late news")
	wait(0.05)
	saw("state of the client", client.state())
	saw("state of the server", s.state())
	client.hear()
	s.close()
	wait(0.1)
end)
verdict(function()
	local fin = those(seg, function(s) return has(s, "FIN") end)[1]
	local late = those(seg, function(s) return s.dir == "s2c" and s.len > 0 and s.n > fin.n end)
	local heard = calls("client", "recv")[1].gave:find("late news", 1, true)
	return heard and #late > 0 and "true" or "false",
		{fin, late, calls("kernel", ""), calls("client", "recv")}
end)
