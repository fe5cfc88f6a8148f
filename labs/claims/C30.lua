-- Some octets, then the FIN: its number.
documented "true"
play(function()
	local client, s = pair()
	client.say("hello")
	s.hear()
	wait(0.1)
	client.close()
	s.hear()
	s.close()
	wait(0.1)
end)
verdict(function()
	local said = those(seg, function(s) return s.len > 0 end)[1]
	local fin = those(seg, function(s) return has(s, "FIN") and s.dir == "c2s" end)[1]
	return fin.seq == behind(said) and "true" or "false", {said, fin}
end)
