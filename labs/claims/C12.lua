-- Both numbers must be said and acknowledged: four messages, of which two are one segment.
documented "partly"
play(function()
	local s = kernel.connect{}
	expect{flags = "S"}
	send{flags = "S"}
	expect{flags = "SA"}
	send{flags = "SA", seq = y, ack = x + 1}
	expect{flags = "A"}
	pair()
end)
verdict(function()
	local apart, three = conn[1].seg, conn[2].seg
	local merged = #three == 3 and has(three[2], "SYN") and has(three[2], "ACK")
	local four = has(apart[1], "SYN") and not has(apart[2], "ACK")
		and #with("SYN,ACK", apart) >= 1
	return merged and four and "partly" or "true",
		{apart[1], apart[2], apart[3], apart[4], three}
end)
