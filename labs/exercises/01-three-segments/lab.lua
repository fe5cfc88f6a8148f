-- A kernel client connects to a kernel server: which flags and numbers are in the three segments?
len = random(3, 20)

question{
	id = "flags",
	kind = "flags",
	right = function() return seg[3].flags end,
	wrong = {{"says-syn-again", "SYN"}, {"that-is-the-second", "SYN,ACK"}},
}
question{
	id = "ack-2",
	right = function() return seg[2].ack end,
	wrong = function()
		return {
			{"forgot-flag", seg[1].seq}, {"wrong-direction", seg[2].seq + 1},
			{"flag-and-number", 1},
		}
	end,
}
question{
	id = "seq-3",
	kind = "choice",
	right = function()
		local seq = seg[3].seq
		return seq == behind(seg[1]) and "b" or seq == behind(seg[2]) and "c"
			or seq == seg[1].seq and "d" or "a"
	end,
	wrong = {{"random-again", "a"}, {"wrong-direction", "c"}, {"forgot-flag", "d"}},
}
question{
	id = "ack-3",
	right = function() return seg[3].ack end,
	wrong = function()
		return {
			{"forgot-flag", seg[2].seq}, {"wrong-direction", behind(seg[1])},
			{"flag-and-number", 1},
		}
	end,
}
question{
	id = "ack-counts",
	kind = "list",
	right = function()
		local found = {}
		for n = 1, 3 do
			if has(seg[n], "ACK") then found[#found + 1] = n end
		end
		return found
	end,
	wrong = {{"the-field-is-always-there", "1,2,3"}, {"only-the-last", "3"}},
}
question{
	id = "first-octet",
	right = function() return those(seg, function(s) return s.len > 0 end)[1].seq end,
	wrong = function()
		return {
			{"pure-ack-advances", behind(seg[3]) + 1}, {"forgot-flag", seg[1].seq},
			{"wrong-direction", behind(seg[2])},
		}
	end,
}

play(function()
	local server = kernel.listen{}
	ask "flags"
	ask "ack-2"
	ask "seq-3"
	ask "ack-3"
	ask "ack-counts"
	local client = kernel.connect{to = server.port()}
	client.connected()
	local s = server.accept()
	tell "opened"
	ask "first-octet"
	client.say(("hello, "):rep(3):sub(1, len))
	s.hear()
	client.close()
	s.hear()
	s.close()
end)
