-- A program that says "SYN" over an ordinary socket.
documented "false"
play(function()
	local client, s = pair()
	client.say("SYN")
	s.hear()
	s.say("SYN,ACK")
	client.hear()
	client.say("ACK")
	wait(0.1)
end)
verdict(function()
	local said = those(seg, function(s) return s.len > 0 end)
	local false_syns = those(said, function(s) return has(s, "SYN") end)
	local first = has(seg[1], "SYN") and seg[3].n < said[1].n and conn[1].handshake.complete
	return first and #false_syns == 0 and "false" or "true",
		{seg[1], seg[2], seg[3], said, calls(nil, "send")}
end)
