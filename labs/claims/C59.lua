-- A server that never reads: how much goes in?
documented "false"
play(function()
	local client, s = pair()
	local taken, piece = 0, string.rep("x", 65536)
	for _ = 1, 400 do
		local n = client.say(piece)
		if not n then
			wait(0.2)
			n = client.say(piece)
		end
		if not n then break end
		taken = taken + n
	end
	saw("octets taken from the client", taken)
end)
function received()
	local last = those(seg, function(s) return s.dir == "s2c" end)
	return (last[#last].ack - conn[1].isn.x - 1) % 4294967296
end
verdict(function()
	local taken = tonumber(seen "octets taken from the client")
	local data = those(seg, function(s) return s.len > 0 end)
	return taken <= 2 * 8192 and "true" or "false",
		{data[1], data[#data], seg[#seg], calls("kernel", "octets")}
end)
