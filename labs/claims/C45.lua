-- Keepalive after two seconds; meanwhile the client says something, and later the server does.
documented "true"
play(function()
	local client, s = pair(nil, {keepalive = 1, keepidle = 2, keepintvl = 1})
	wait(1.2)
	client.say("a request")
	s.hear()
	wait(1.2)
	s.say("news")
	client.hear()
	wait(2.6)
end)
function probe()
	return those(seg, function(s) return s.dir == "c2s" and s.len <= 1
		and s.seq + 1 == said("c2s") end)[1]
end
function said(dir)
	local last = those(seg, function(s) return s.dir == dir and s.len > 0 end)
	return behind(last[#last])
end
verdict(function()
	local data = those(seg, function(s) return s.len > 0 end)
	local p = probe()
	local idle, since = when(p) - when(data[2]), when(p) - when(seg[3])
	return idle > 1.8 and idle < 2.4 and since > 3.5 and "true" or "false",
		{seg[1], seg[2], seg[3], data, p}
end)
