-- A peer that dies: its kernel says FIN or RST, and the other program reads nothing, or an error.
play(function()
	local client, s, server = pair()
	client.say("hello")
	s.hear()
	killed(client)
	s.hear() -- empty
	s.say("are you there?")
	wait(0.05)
	s.say("hello?")
	s.close()
	tell "unread"
	client = kernel.connect{to = server.port(), name = "client"}
	client.connected()
	s = server.accept()
	s.say("an answer that nobody reads")
	wait(0.05)
	killed(client)
	s.hear()
	s.close()
end)
