-- Three segments and one ACK; an ACK that nobody acknowledges; data that is not acknowledged.
documented "partly"
play(function()
	local client = kernel.connect{set = {nodelay = 1}}
	expect{flags = "S"}
	send{flags = "SA"}
	expect{flags = "A"}
	for _, text in ipairs{"one", "two", "three"} do client.say(text) end
	settle(0.1)
	send{flags = "A"}
	settle(0.6)
	client.say("four")
	settle(0.7)
	send{flags = "A"}
	settle(0.1)
end)
function all_said() return those(seg, function(s) return s.len > 0 end) end
verdict(function()
	local data = all_said()
	local one_ack = those(seg, function(s) return s.dir == "s2c"
		and s.ack == behind(data[3]) end)
	local again = those(data, function(s) return s.seq == data[4].seq end)
	local answered = those(seg, function(s) return s.n > one_ack[1].n and s.n < data[4].n end)
	local partly = #one_ack == 1 and #again > 1 and #answered == 0
		and data[4].seq == behind(data[3])
	return partly and "partly" or "true", {data[1], data[2], data[3], one_ack, again}
end)
