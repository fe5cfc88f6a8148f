-- Two sends with Nagle off, and two with a cork: where do they stick?
documented "false"
play(function()
	local client, s, server = pair(nil, {nodelay = 1})
	client.say("hello")
	client.say("world")
	wait(0.1)
	s.hear()
	client, s = pair(server, {cork = 1})
	client.say("hello")
	client.say("world")
	client.set("cork", 0)
	wait(0.1)
	s.hear()
end)
function data(c) return those(c.seg, function(s) return s.len > 0 end) end
verdict(function()
	local apart, together = data(conn[1]), data(conn[2])
	local heard = calls("server", "recv")
	local at_receiver = #apart == 2 and #together == 1 and heard[1].gave == '10 "helloworld"'
	return at_receiver and "false" or "true",
		{apart, heard[1], together, calls("client", "send")}
end)
