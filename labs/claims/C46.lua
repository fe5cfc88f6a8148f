-- A program that is killed, and a host that is dead: who needs keepalive?
documented "partly"
play(function()
	local client, s, server = pair()
	killed(client)
	s.hear()
	s.close()
	send{flags = "S"}
	expect{flags = "SA"}
	send{flags = "A"} -- from here on this end is dead
	local t = server.accept()
	t.set("keepidle", 1)
	t.set("keepintvl", 1)
	t.set("keepcnt", 2)
	t.set("keepalive", 1)
	t.hear(6)
end)
verdict(function()
	local fin = those(seg, function(s) return has(s, "FIN") end)[1]
	local dead = conn[2].seg
	local heard = calls("server", "recv")
	local program = heard[1].gave == "0" and fin and fin.dir == "c2s"
	local host = heard[2].gave:find "ETIMEDOUT"
	return program and host and "partly" or host and "true" or "false",
		{calls("client", "killed"), fin, heard, those(dead, function(s) return s.n > 3 end)}
end)
