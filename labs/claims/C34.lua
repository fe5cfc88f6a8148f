-- Who closes first ends last: once the client, once the server.
documented "partly"
play(function()
	local function states(which, client, server, to)
		saw("client " .. which, state(client, server))
		saw("server " .. which, state(server, client))
	end
	local client, s, server = pair()
	local from = client.port()
	client.close()
	s.hear()
	s.close()
	wait(0.1)
	states("closed first", from, server.port())
	client, s = pair(server)
	from = client.port()
	s.close()
	client.hear()
	client.close()
	wait(0.1)
	states("closed second", from, server.port())
end)
verdict(function()
	local as_said = seen "server closed first" == "CLOSED"
		and seen "client closed first" == "TIME-WAIT"
	local turned = seen "server closed second" == "TIME-WAIT"
		and seen "client closed second" == "CLOSED"
	local function fins(c) return those(c.seg, function(s) return has(s, "FIN") end) end
	return as_said and (turned and "partly" or "true") or "false",
		{fins(conn[1]), fins(conn[2]), calls("kernel", "")}
end)
