-- A handshake that needs four segments: both ends open at once.
documented "partly"
play(function()
	local s = kernel.connect{}
	expect{flags = "S"}
	send{flags = "S"}
	expect{flags = "SA"}
	send{flags = "SA", seq = y, ack = x + 1}
	expect{flags = "A"}
	saw("state of the kernel's end", s.state())
	pair()
end)
verdict(function()
	local four = diagnosed "simultaneous-open"
		and seen "state of the kernel's end" == "ESTABLISHED"
	local three = conn[2].handshake.segments == 3
	return four and three and "partly" or three and "true" or "false",
		{seg[1], seg[2], seg[3], seg[4], calls("kernel", "state"), conn[2].seg}
end)
