-- A server that sends back what comes, and two programs that chat; "q" quits, an empty read ends it.
play(function()
	local client, s, server = pair()
	for _, text in ipairs{"hello", "again"} do
		client.say(text)
		s.say(s.hear())
		client.hear()
	end
	tell "quit"
	client.close()
	s.hear() -- empty
	s.close()
	wait(0.05)

	tell "chat"
	local ann = kernel.connect{to = server.port(), name = "ann"}
	ann.connected()
	local ben = named(server.accept(), "ben")
	ann.say("hi, ben")
	ben.hear()
	ben.say("hi. any news?")
	ann.hear()
	ann.say("q")
	if ben.hear() == "q" then ben.close() end
	ann.hear() -- empty, the other way round
	ann.close()
end)
