-- seq + data + SYN + FIN: what the kernel acknowledges, and where its own numbers stand.
len1, len2, len3 = random(4, 40), random(4, 40), random(4, 40)

function plus(a, b) return (a + b) % 4294967296 end

-- The first segment of one end that has a flag, or data; what the other end said to it.
function first(dir, what)
	return those(seg, function(s)
		return s.dir == dir and (what == "data" and s.len > 0 or has(s, what))
	end)[1]
end
function answer_to(s)
	return those(seg, function(r) return r.n > s.n and r.dir ~= s.dir end)[1]
end

question{
	id = "ack-syn",
	right = function() return seg[2].ack end,
	wrong = function() return {{"forgot-flag", seg[1].seq}, {"relative-number", 1}} end,
}
question{
	id = "ack-data",
	right = function() return answer_to(first("c2s", "data")).ack end,
	wrong = function() return misread(first("c2s", "data"), first("s2c", "SYN").seq) end,
}
question{
	id = "seq-reply",
	right = function() return first("s2c", "data").seq end,
	wrong = function()
		return {
			{"pure-ack-advances", first("s2c", "SYN").seq + 2},
			{"forgot-flag", first("s2c", "SYN").seq},
			{"counted-ours", first("s2c", "SYN").seq + 1 + len1},
			{"wrong-direction", first("c2s", "data").seq + len1},
		}
	end,
}
question{
	id = "ack-fin",
	right = function() return answer_to(first("c2s", "FIN")).ack end,
	wrong = function()
		local fin = first("c2s", "FIN")
		return {
			{"forgot-flag", fin.seq + fin.len}, {"always-plus-one", fin.seq + 1},
			{"each-one-more", fin.seq + fin.len + 2},
		}
	end,
}
question{
	id = "seq-fin",
	right = function() return first("s2c", "FIN").seq end,
	wrong = function()
		local y = first("s2c", "SYN").seq
		return {
			{"forgot-data", y + 1}, {"forgot-flag", y + len2},
			{"pure-ack-advances", y + 1 + len2 + 1}, {"wrong-direction", behind(first("c2s", "FIN"))},
		}
	end,
}

play(function()
	local text = ("to be, or not to be, "):rep(2)
	local server = kernel.listen{}
	ask "ack-syn"
	send{flags = "S"}
	expect{flags = "SA"}
	send{flags = "A"}
	local s = server.accept()
	ask "ack-data"
	send{data = text:sub(1, len1)}
	expect{flags = "A"}
	s.hear()
	ask "seq-reply"
	s.say(text:upper():sub(1, len2))
	expect{len = len2}
	send{flags = "A"}
	ask "ack-fin"
	send{flags = "FPA", data = text:sub(1, len3)}
	s.hear()
	s.hear()
	settle(0.1) -- the ACK may be delayed
	ask "seq-fin"
	s.close()
	expect{flags = "FA"}
	send{flags = "A"}
end)
