-- The last ACK is lost, the FIN comes again: what happens to the timer?
documented "true"
play(function()
	local client = kernel.connect{}
	expect{flags = "S"}
	send{flags = "SA"}
	expect{flags = "A"}
	client.close()
	expect{flags = "FA"}
	send{flags = "A"}
	send{flags = "FA"}
	drop{flags = "A"}
	wait(4)
	saw("seconds left", timer(client_port, port))
	send{flags = "FA", seq = y + 1}
	settle(0.3)
	saw("seconds left then", timer(client_port, port))
end)
verdict(function()
	local fins = those(seg, function(s) return has(s, "FIN") and s.dir == "s2c" end)
	local acks = those(seg, function(s) return s.dir == "c2s" and s.n > fins[1].n end)
	local restarted = tonumber(seen "seconds left then") > tonumber(seen "seconds left") + 2
	return #acks == 2 and restarted and "true" or #acks == 2 and "partly" or "false",
		{fins[1], acks[1], fins[2], acks[2], calls("kernel", "")}
end)
