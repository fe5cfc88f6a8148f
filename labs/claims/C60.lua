-- A small buffer and a large text: what send() says, and what arrives.
documented "false"
play(function()
	local client, s = pair(nil, {sndbuf = 4608})
	local text = string.rep("0123456789", 100000)
	local taken = client.say(text)
	local heard = 0
	for _ = 1, 300 do
		local got = s.hear(0.2)
		if not got then break end
		heard = heard + #got
	end
	saw("octets given to send()", #text)
	saw("octets taken", taken)
	saw("octets heard", heard)
end)
verdict(function()
	local given, taken, heard = seen "octets given to send()", seen "octets taken",
		seen "octets heard"
	local whole = tonumber(taken) < tonumber(given) and taken == heard
	local data = those(seg, function(s) return s.len > 0 end)
	return whole and "false" or "true",
		{calls("client", "send"), data[1], data[#data], calls("kernel", "")}
end)
