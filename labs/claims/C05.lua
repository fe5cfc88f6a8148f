-- Both states, as the kernel has them while a handshake is held back.
documented "partly"
play(function()
	local client = kernel.connect{}
	expect{flags = "S"}
	local listener = kernel.listen{}
	saw("state of who has sent a SYN", client.state())
	local other = peer()
	other.send{flags = "S", to = listener.port()}
	other.expect{flags = "SA"}
	saw("state of who has answered it", state(listener.port(), other.port))
end)
verdict(function()
	local both = seen "state of who has sent a SYN" == "SYN-SENT"
		and seen "state of who has answered it" == "SYN-RECEIVED"
	return both and "partly" or "false",
		{seg[1], conn[2].seg[1], conn[2].seg[2], calls("kernel", "state")}
end)
