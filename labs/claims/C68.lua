-- A SYN,ACK that no socket waits for: our raw capture reads it, and what does the kernel do?
documented "false"
play(function()
	local before = kernel.count("Tcp", "OutRsts")
	local p = peer()
	p.send{flags = "SA", to = server_port, ack = isn}
	p.settle(0.3)
	saw("RSTs that the kernel has sent", kernel.count("Tcp", "OutRsts") - before)
end)
verdict(function()
	local reset = those(seg, function(s) return has(s, "RST") end)[1]
	return reset and reset.seq == seg[1].ack and "false" or "true",
		{seg[1], reset or {}, calls("kernel", "")}
end)
