-- A server that lingers: what is said between the ACK of the client's FIN and its own FIN?
documented "false"
play(function()
	local client, s = pair()
	client.close()
	s.hear()
	wait(0.5)
	s.close()
	wait(0.1)
end)
function wave(i)
	local first = those(seg, function(s) return has(s, "FIN") end)[1]
	return seg[first.n + i - 1]
end
verdict(function()
	local plain = has(wave(3), "FIN") and wave(2).len == 0 and wave(3).len == 0
	local silence = when(wave(3)) - when(wave(2))
	return plain and silence > 0.3 and "false" or "true", {wave(1), wave(2), wave(3), wave(4)}
end)
