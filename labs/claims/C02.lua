-- The third segment: its flags, and where its number comes from.
documented "false"
play(function() pair() end)
verdict(function()
	local third = seg[3]
	local claimed = has(third, "SYN") or third.seq ~= behind(seg[1])
	return claimed and "true" or "false", {seg[1], seg[2], third}
end)
