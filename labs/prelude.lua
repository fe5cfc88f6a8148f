-- What every exercise has beside the functions of scenarios: short names for what is asked often.

-- Whether a segment has a flag: has(seg[3], "SYN").
function has(s, flag)
	for _, f in ipairs(s.flags) do
		if f == flag then return true end
	end
	return false
end

-- The number behind a segment: what acknowledges all of it. SYN and FIN count one each.
function behind(s)
	return (s.seq + s.len + (has(s, "SYN") and 1 or 0) + (has(s, "FIN") and 1 or 0)) % 4294967296
end

-- The segments of a list for which f holds.
function those(list, f)
	local found = {}
	for _, s in ipairs(list) do
		if f(s) then found[#found + 1] = s end
	end
	return found
end

-- The segments that have just these of SYN, FIN, RST and ACK: with("SYN,ACK").
function with(flags, list)
	local want = {SYN = false, FIN = false, RST = false, ACK = false}
	for f in flags:gmatch("%u+") do want[f] = true end
	return those(list or seg, function(s)
		for f, wanted in pairs(want) do
			if has(s, f) ~= wanted then return false end
		end
		return true
	end)
end

-- The calls of a program, or of all, whose text begins with a word: calls("client", "send").
function calls(who, word)
	return those(call, function(c)
		return (not who or c.who == who) and c.call:sub(1, #word) == word
	end)
end

-- Whether a connection has a diagnosis: diagnosed("close-three").
function diagnosed(name, c)
	for _, d in ipairs((c or conn[1]).diagnosis) do
		if d.id == name then return true end
	end
	return false
end

-- The wrong answers to "what acknowledges this segment?" that have a name. `other` is the ISN of the
-- end that answers.
function misread(s, own)
	local right, flags = behind(s), (has(s, "SYN") and 1 or 0) + (has(s, "FIN") and 1 or 0)
	local list = {}
	local function add(name, value)
		if value % 4294967296 ~= right then list[#list + 1] = {name, value % 4294967296} end
	end
	if s.len > 0 or flags == 0 then add("always-plus-one", s.seq + 1) end
	if flags > 0 then add("forgot-flag", s.seq + s.len) end
	add("last-octet", right - 1)
	if own then add("wrong-direction", own) end
	local first = conn[1].isn
	add("relative-number", right - (s.dir == "c2s" and first.x or first.y))
	return list
end

-- When a segment or a call was, in seconds since 1970.
function when(s)
	local of_segment, n = pcall(function() return s.frame end)
	return of_segment and n and frame[n].t or s.time
end

-- What was noted while it was played, by saw(what, ...): the kernel's own word.
function seen(what)
	return calls("kernel", what)[1].gave
end

-- The number in so many octets of a text, from its at-th one on, as networks write it.
function number_at(octets, at, size)
	local n = 0
	for i = at, at + size - 1 do n = n * 256 + octets:byte(i) end
	return n
end

-- For play: an open connection between two sockets of the kernel's, and its listener.
function pair(listener, set)
	listener = listener or kernel.listen{}
	local client = kernel.connect{to = listener.port(), set = set}
	client.connected()
	return client, listener.accept(), listener
end

-- For pages: a number with so many digits behind the point.
function round(x, digits)
	return string.format("%." .. (digits or 1) .. "f", x)
end
