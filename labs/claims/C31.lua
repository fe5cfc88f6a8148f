-- A FIN after some silence, and one behind data that still waited.
documented "partly"
play(function()
	local client, s, server = pair()
	client.close()
	s.hear()
	s.close()
	client, s = pair(server)
	client.say("goodbye", "more")
	client.close()
	s.hear()
	s.close()
	wait(0.1)
end)
function fins(c) return those(c.seg, function(s) return has(s, "FIN") end) end
verdict(function()
	local one, two = fins(conn[1])[1], fins(conn[2])[1]
	local alone, with_data = one.len == 0 and has(one, "ACK"), two.len > 0
	return alone and with_data and "partly" or alone and "true" or "false", {one, two}
end)
