-- A server that talks to one client until it leaves: the next is connected, but not served.
play(function()
	local server = kernel.listen{backlog = 5}
	local first = kernel.connect{to = server.port(), name = "first"}
	first.connected()
	local s = server.accept()
	local second = kernel.connect{to = server.port(), name = "second"}
	second.connected()
	second.say("me too")
	first.say("hello")
	s.say(s.hear())
	first.hear()
	second.hear(0.3) -- nothing yet
	tell "waits"
	first.close()
	s.hear()
	s.close()
	local t = server.accept()
	t.say(t.hear())
	second.hear()
	second.close()
	t.hear()
	t.close()
end)

-- From the second client's send() to the answer.
function waited()
	local answers = calls("second", "recv")
	return round(answers[2].time - calls("second", "send")[1].time, 2)
end
