-- Three closes: a server that takes its time, one that closes at once, and one that aborts.
documented "false"
play(function()
	local function close(lingers, abort)
		local client, s, server = pair(the_server)
		the_server = server
		client.say("x")
		s.hear()
		client.close()
		s.hear()
		if lingers then wait(0.3) end
		if abort then s.abort() else s.close() end
		wait(0.1)
	end
	the_server = kernel.listen{}
	close(true)
	close(false)
	local client, s = pair(the_server)
	client.abort()
	wait(0.1)
end)
function closing(c)
	local first = those(c.seg, function(s) return has(s, "FIN") or has(s, "RST") end)[1]
	return those(c.seg, function(s) return s.n >= first.n end)
end
verdict(function()
	local four, three, one = #closing(conn[1]), #closing(conn[2]), #closing(conn[3])
	return four == 4 and three == 4 and one == 4 and "true" or "false",
		{closing(conn[1]), closing(conn[2]), closing(conn[3])}
end)
