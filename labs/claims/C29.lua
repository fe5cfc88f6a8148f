-- A close in four: what does the server's FIN acknowledge?
documented "false"
play(function()
	local client, s = pair()
	s.say("some octets")
	client.hear()
	client.close()
	s.hear()
	wait(0.1)
	s.close()
	wait(0.1)
end)
function fin(dir) return those(seg, function(s) return has(s, "FIN") and s.dir == dir end)[1] end
verdict(function()
	local own, other = fin "s2c", fin "c2s"
	local right = own.ack == behind(other)
	return right and "false" or "true", {other, own}
end)
