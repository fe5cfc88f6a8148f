-- A connection without data: what SYN and FIN count.
documented "true"
play(function()
	local client, s = pair()
	client.close()
	s.hear()
	wait(0.1)
	s.close()
	wait(0.1)
end)
function fin(dir) return those(seg, function(s) return has(s, "FIN") and s.dir == dir end)[1] end
-- What answers a segment.
function answer(to)
	return those(seg, function(s) return s.dir ~= to.dir and s.n > to.n
		and has(s, "ACK") end)[1]
end
verdict(function()
	local one, two = fin "c2s", fin "s2c"
	local right = seg[2].ack == behind(seg[1]) and answer(one).ack == behind(one)
		and answer(two).ack == behind(two) and one.len + two.len == 0
	return right and "true" or "false",
		{seg[1], seg[2], seg[3], one, answer(one), two, answer(two)}
end)
