-- Two connections: in the first the client closes first, in the second the server.
documented "partly"
play(function()
	local client, s, server = pair()
	client.close()
	s.hear()
	s.close()
	client, s = pair(server)
	s.close()
	client.hear()
	client.close()
	wait(0.1)
end)
verdict(function()
	local by = {conn[1].close.by, conn[2].close.by}
	local function fins(c) return those(c.seg, function(s) return has(s, "FIN") end) end
	return by[1] == "client" and (by[2] == "server" and "partly" or "true") or "false",
		{fins(conn[1]), fins(conn[2]), calls(nil, "close")}
end)
