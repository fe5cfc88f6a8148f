-- A large recv(); and a sleep between the sends, but a receiver that comes late.
documented "false"
play(function()
	local client, s = pair(nil, {nodelay = 1})
	client.say("hello")
	client.say("world")
	wait(0.1)
	s.hear(1, 65536)
	client.say("hello")
	wait(0.4) -- the sleep
	client.say("world")
	wait(0.1)
	s.hear(1, 65536)
end)
verdict(function()
	local heard = calls("server", "recv")
	local sticks = heard[1].gave == '10 "helloworld"' and heard[2].gave == '10 "helloworld"'
	return sticks and "false" or "true",
		{those(seg, function(s) return s.len > 0 end), calls("client", "send"), heard}
end)
