-- Numbers have 32 bits: behind 4294967295 comes 0. Claim C70.
before = random(2, 5) -- the ISN is so far from the end
said = random(6, 11)  -- octets, more than that
first = 4294967296 - before

-- The first data, their answer, and what was answered to them when they came again.
function data() return those(seg, function(s) return s.dir == "c2s" and s.len > 0 end) end
function answer(to) return those(seg, function(s) return s.dir == "s2c" and s.n > to.n end)[1] end
function fin() return with("FIN,ACK")[1] end

question{
	id = "syn-ack",
	right = function() return with("SYN,ACK")[1].ack end,
	wrong = function()
		return {{"forgot-flag", first}, {"starts-over", 0}, {"starts-over", 1}}
	end,
}
question{
	id = "data-ack",
	right = function() return answer(data()[1]).ack end,
	wrong = function()
		local right = behind(data()[1])
		return {{"last-octet", right - 1}, {"one-too-many", right + 1},
			{"stops-at-the-end", 4294967295}, {"relative-number", said + 1}}
	end,
}
question{
	id = "old",
	kind = "choice",
	right = function()
		local old = data()[2]
		local a = answer(old)
		if has(a, "RST") then return "c" end
		return a.ack == behind(old) and a.ack == answer(data()[1]).ack and "b" or "a"
	end,
	wrong = {{"greater-is-newer", "a"}, {"out-of-range", "c"}, {"silence", "d"}},
}
question{
	id = "distance",
	right = function() return (answer(data()[1]).ack - conn[1].isn.x) % 4294967296 end,
	wrong = function()
		local ack = answer(data()[1]).ack
		return {{"plain-difference", conn[1].isn.x - ack}, {"forgot-flag", said},
			{"since-zero", ack}}
	end,
}
question{
	id = "fin-ack",
	right = function() return answer(fin()).ack end,
	wrong = function() return misread(fin(), answer(fin()).seq) end,
}

play(function()
	again(first)
	local server = kernel.listen{}
	ask "syn-ack"
	send{flags = "S"}
	expect{flags = "SA"}
	send{flags = "A"}
	local s = server.accept()
	ask "data-ack"
	send{data = ("w"):rep(said)}
	expect{flags = "A"}
	s.hear()
	ask "old"
	ask "distance"
	send{data = ("w"):rep(said), seq = x + 1} -- the same once more
	expect{flags = "A"}
	wait(0.3) -- the program has nothing to read
	ask "fin-ack"
	send{flags = "FA"}
	expect{flags = "A"}
	s.hear()
	s.close()
	expect{flags = "FA"}
	send{flags = "A"}
	kernel.is("CLOSED")
end)
