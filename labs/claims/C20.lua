-- Two clients of one server: which ports do its connections have?
documented "false"
play(function()
	local _, one, server = pair()
	local _, two = pair(server)
	saw("port of the first", one.port())
	saw("port of the second", two.port())
	one.say("for one")
	two.say("for two")
	wait(0.1)
end)
verdict(function()
	local same = conn[1].server == conn[2].server and conn[1].client ~= conn[2].client
		and seen "port of the first" == seen "port of the second"
	return same and "false" or "true",
		{seg[1], seg[2], conn[2].seg[1], conn[2].seg[2], calls("kernel", ""),
			those(seg, function(s) return s.len > 0 end),
			those(conn[2].seg, function(s) return s.len > 0 end)}
end)
