-- Segments of some lengths, and what acknowledges them.
documented "false"
function said()
	return those(seg, function(s) return s.len > 0 end)[1]
end
function answer(s)
	return those(seg, function(a) return a.dir ~= s.dir and a.n > s.n and has(a, "ACK") end)[1]
end
play(function()
	local client, s = pair()
	client.say("hello")
	s.hear()
	wait(0.1)
end)
verdict(function()
	local s = said()
	return answer(s).ack == (s.seq + 1) % 4294967296 and "true" or "false",
		{seg[1], seg[2], s, answer(s)}
end)
