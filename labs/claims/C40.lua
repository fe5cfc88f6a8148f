-- A server starts again on its port: after its client closed first, and after itself did.
-- Without SO_REUSEADDR.
documented "partly"
play(function()
	local function again(port, server_first)
		local server = kernel.listen{port = port, reuse = false, name = server_first
			and "closed first" or "closed last"}
		local client = kernel.connect{to = port}
		client.connected()
		local s = server.accept()
		if server_first then s.close() else client.close() end
		wait(0.05)
		if server_first then client.close() else s.close() end
		server.close()
		wait(0.1)
		kernel.listen{port = port, reuse = false, fails = true,
			name = server_first and "closed first" or "closed last"}
	end
	again(server_port, false)
	again(server_port + 1, true)
end)
function started(who) return calls(who, "bind")[2] end
verdict(function()
	local last, first = started "closed last".gave == "0",
		started "closed first".gave:find "EADDRINUSE"
	local function fins(c) return those(c.seg, function(s) return has(s, "FIN") end) end
	return first and (last and "partly" or "true") or "false",
		{fins(conn[1]), started "closed last", fins(conn[2]), started "closed first"}
end)
