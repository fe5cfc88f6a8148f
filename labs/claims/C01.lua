-- A kernel client opens a connection to a kernel server: the three segments and their numbers.
documented "true"
play(function() pair() end)
verdict(function()
	local right = has(seg[1], "SYN") and seg[2].ack == behind(seg[1])
		and seg[3].ack == behind(seg[2])
	return right and #with "SYN" == 1 and "true" or "false", {seg[1], seg[2], seg[3]}
end)
