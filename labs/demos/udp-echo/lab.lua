-- UDP: one socket serves all, since each datagram tells where it came from.
play(function()
	local server = kernel.udp{port = server_port, name = "server"}
	local function echo()
		local text, from = server.hear_from()
		server.send_to(from, text)
	end
	local ann, ben = kernel.udp{name = "ann"}, kernel.udp{name = "ben"}
	ann.send_to(server_port, "hello")
	ben.send_to(server_port, "me too")
	echo()
	echo()
	ann.hear_from()
	ben.hear_from()
	tell "empty"
	ann.send_to(server_port, "")
	echo()
	ann.hear_from()
	ann.close()
	ben.close()
	server.close()
end)
