-- The families of sockets: which of them leave something on a network.
play(function()
	for _, type in ipairs{"stream", "datagram"} do
		local one, two = kernel.unix{type = type, name = "one", other = "two"}
		one.say("hello")
		one.say("world")
		wait(0.02)
		two.hear()
		if type == "datagram" then two.hear() end
		one.close()
		two.close()
	end
	wait(0.05)
	tell "unix"
	local bob = kernel.udp{port = server_port, name = "bob"}
	kernel.udp{name = "alice"}.send_to(server_port, "hello")
	bob.hear_from()
	wait(0.05)
	tell "udp"
	local client, s = pair()
	client.say("hello")
	s.hear()
	client.close()
	s.hear()
	s.close()
end)
