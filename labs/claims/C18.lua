-- The same four-tuple twice, half a second apart, and another one.
documented "partly"
play(function()
	local closed = server_port -- nobody listens there
	for _ = 1, 2 do
		kernel.connect{to = closed, port = client_port}.connected()
		wait(0.5)
	end
	kernel.connect{to = closed, port = client_port + 1}.connected()
end)
function syns()
	local list = {}
	for _, c in ipairs(conn) do
		for _, s in ipairs(with("SYN", c.seg)) do list[#list + 1] = s end
	end
	return list
end
function rise() return (syns()[2].seq - syns()[1].seq) % 4294967296 end
function rate() return rise() / (when(syns()[2]) - when(syns()[1])) end
function other() return (syns()[3].seq - syns()[2].seq) % 4294967296 end
verdict(function()
	local clock = rate() > 15.6e6 * 0.9 and rate() < 15.6e6 * 1.1 -- one in 64 ns
	local elsewhere = math.abs(other() - 0.5 * 15.6e6) > 1e6 -- another tuple begins elsewhere
	return clock and (elsewhere and "partly" or "false") or "true", syns()
end)
