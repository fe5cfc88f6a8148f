-- One send read in pieces, and three sends read at once.
documented "false"
play(function()
	local client, s = pair(nil, {nodelay = 1})
	client.say("one message")
	wait(0.05)
	s.hear(1, 4)
	s.hear(1, 4)
	s.hear(1, 4)
	for _, text in ipairs{"two", "three", "four"} do client.say(text) end
	wait(0.1)
	s.hear()
end)
verdict(function()
	local heard = calls("server", "recv")
	local apart = heard[1].gave == '4 "one "' and #heard == 4
		and heard[4].gave == '12 "twothreefour"'
	return apart and "false" or "true",
		{those(seg, function(s) return s.len > 0 end), calls("client", "send"), heard}
end)
