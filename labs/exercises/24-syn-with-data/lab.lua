-- Data on a SYN, without Fast Open, with it, with a bad cookie: what does the SYN,ACK acknowledge?
-- Claim C07: a SYN may carry data; whether the data count is another question.
plain, early, bad = random(3, 9), random(10, 19), random(20, 29) -- octets on each SYN

local function at(s) return frame[s.frame].t end
function syn(c) return conn[c].seg[1] end
function syn_ack(c) return with("SYN,ACK", conn[c].seg)[1] end
-- What acknowledges the SYN, and no data.
function only_syn(c) return (syn(c).seq + 1) % 4294967296 end
-- The segment that brought the first data once more, and its answer.
function repeated() return those(conn[1].seg, function(s) return s.len > 0 and s.n > 1 end)[1] end
function first_read() return calls("server", "recv")[2] end
-- The third segment, of the connection with the good cookie.
function third() return with("ACK", conn[3].seg)[1] end

-- Wrong answers of those who expect the data to count, and not to count, and the usual ones.
local function mistaken(c, other)
	local s = syn(c)
	return {{other, other == "data-count" and behind(s) or s.seq + 1}, {"forgot-flag", s.seq + s.len},
		{"forgot-flag", s.seq}, {"relative-number", s.len + 1}}
end

question{
	id = "plain-ack",
	right = function() return syn_ack(1).ack end,
	wrong = function() return mistaken(1, "data-count") end,
}
question{
	id = "then",
	kind = "choice",
	right = function()
		local r = repeated()
		local gave = calls("server", "recv")[1].gave
		return r.seq == only_syn(1) and gave:sub(1, 1) ~= "-" and "b" or "a"
	end,
	wrong = {{"server-keeps-it", "a"}, {"lost-for-ever", "c"}, {"is-an-error", "d"}},
}
question{
	id = "cookie-ack",
	conn = 3,
	right = function() return syn_ack(3).ack end,
	wrong = function() return mistaken(3, "syn-only") end,
}
question{
	id = "read-when",
	kind = "state",
	right = function()
		local c = first_read()
		return c.time < at(third()) and syn_ack(3).state.server or third().state.server
	end,
	wrong = {{"waits-for-the-third", "ESTABLISHED"}, {"nothing-there-yet", "LISTEN"}},
}
question{
	id = "bad-ack",
	conn = 4,
	right = function() return syn_ack(4).ack end,
	wrong = function() return mistaken(4, "data-count") end,
}

-- Close in order, so that each connection is over before the next one.
local function finish(p, s)
	s.close()
	p.expect{flags = "FA"}
	p.send{flags = "FA"}
	p.expect{flags = "A"}
end

play(function()
	kernel.sysctl("net/ipv4/tcp_fastopen", "3")
	local server = kernel.listen{set = {fastopen = 5}}
	ask "plain-ack"
	ask "then"
	send{flags = "S", data = ("p"):rep(plain)}
	expect{flags = "SA"}
	send{data = ("p"):rep(plain), seq = x + 1}
	expect{flags = "A", ack = x + 1 + plain}
	local s = server.accept()
	s.hear()
	finish({send = send, expect = expect}, s)

	tell "cookie"
	local a, b, c = peer(), peer(), peer()
	a.send{flags = "S", opt = "mss=1460,fo,nop,nop"}
	local given = a.expect{flags = "SA"}.options:match("\34\10(........)")
	assert(given, "the kernel gives no cookie")
	a.send{flags = "A"}
	finish(a, server.accept())
	local cookie = given:gsub(".", function(o) return ("%02x"):format(o:byte()) end)
	ask "cookie-ack"
	ask "read-when"
	b.send{flags = "S", data = ("e"):rep(early), opt = "mss=1460,nop,nop,fo=" .. cookie}
	b.expect{flags = "SA"}
	s = server.accept()
	s.hear()
	b.send{flags = "A"}
	wait(0.05)
	finish(b, s)
	ask "bad-ack"
	c.send{flags = "S", data = ("b"):rep(bad), opt = "mss=1460,nop,nop,fo=0123456789abcdef"}
	c.expect{flags = "SA"}
	c.send{data = ("b"):rep(bad), seq = c.x + 1}
	c.expect{flags = "A"}
	s = server.accept()
	s.hear()
	finish(c, s)
end)
