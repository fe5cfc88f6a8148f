-- SO_REUSEADDR on the old server, on the new one: all four.
documented "partly"
play(function()
	local at = server_port
	for _, old in ipairs{false, true} do
		for _, new in ipairs{false, true} do
			local who = (old and "old" or "no") .. (new and "+new" or "+no")
			local server = kernel.listen{port = at, reuse = old, name = who}
			local client = kernel.connect{to = at}
			client.connected()
			local s = server.accept()
			s.close()
			server.close()
			wait(0.05)
			client.close()
			wait(0.1)
			kernel.listen{port = at, reuse = new, fails = true, name = who}
			at = at + 1
		end
	end
end)
function started(who)
	return those(calls(who, ""), function(c) return c.call:find("bind", 1, true) end)[2]
end
function works(who) return not started(who).gave:find "EADDR" end
verdict(function()
	local only_new, both = works "no+new", works "old+new"
	local shown = {}
	for _, who in ipairs{"no+no", "no+new", "old+no", "old+new"} do
		shown[#shown + 1] = started(who)
	end
	return both and (only_new and "true" or "partly") or "false", {shown,
		those(conn[4].seg, function(s) return has(s, "FIN") end)}
end)
