-- The server talks to its first client only; the second one connects and says something.
documented "false"
play(function()
	local first, s, server = pair()
	local second = kernel.connect{to = server.port(), name = "second client"}
	second.connected()
	second.say("hello")
	wait(0.3)
	first.close()
	s.hear()
	s.close()
	local t = server.accept()
	t.hear()
end)
verdict(function()
	local two = conn[2].seg
	local said = those(two, function(s) return s.len > 0 end)[1]
	local acked = those(two, function(s) return s.dir == "s2c" and s.ack == behind(said) end)[1]
	local left = those(seg, function(s) return has(s, "FIN") end)[1]
	local accepted = calls("server", "accept")
	local before = acked and when(acked) < when(left)
	return before and "false" or "true", {two[1], two[2], two[3], said, acked, left,
		accepted[#accepted], calls("server", "recv")}
end)
