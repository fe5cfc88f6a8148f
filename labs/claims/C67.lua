-- Two sockets of AF_UNIX talk; nothing is on lo but our own two segments.
documented "true"
play(function()
	kernel.connect{to = server_port, name = "TCP, to compare"}.connected()
	local one, other = kernel.unix{}
	one.say("hello")
	other.hear()
	other.say("nobody saw that")
	one.hear()
	wait(0.1)
end)
verdict(function()
	local heard = calls("one", "recv")[1].gave:find("nobody saw that", 1, true)
	local nothing = #frame == #seg and #conn == 1
	for _, f in ipairs(frame) do 
		nothing = nothing and not f.octets:find("hello", 1, true)
			and not f.octets:find("nobody", 1, true)
	end
	return heard and nothing and "true" or "false",
		{seg, calls("one", ""), calls("other", "")}
end)
