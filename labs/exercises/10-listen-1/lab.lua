-- listen(1), five clients, and nobody calls accept(): who gets in, and what the others are told.
len = random(4, 20)
CLIENTS = 5

-- Connections whose first SYN was answered.
function in_at_once()
	return #those(conn, function(c) return #c.seg > 1 and c.seg[2].dir == "s2c" end)
end
-- The client's data in the second connection.
function said()
	return those(conn[2].seg, function(s) return s.dir == "c2s" and s.len > 0 end)[1]
end

question{
	id = "in",
	right = function() return #conn == CLIENTS and in_at_once() end,
	wrong = {{"just-n", 1}, {"accept-does-it", 0}, {"all-of-them", CLIENTS}},
}
question{
	id = "next",
	kind = "choice",
	right = function()
		local answer = conn[3].seg[2]
		return answer.dir == "c2s" and "b" or has(answer, "RST") and "a" or "c"
	end,
	wrong = {{"refused", "a"}, {"half-open", "c"}},
}
question{
	id = "unread",
	conn = 2,
	right = function()
		return those(conn[2].seg, function(s) return s.dir == "s2c" and s.n > said().n end)[1].ack
	end,
	wrong = function()
		local d, y = said(), conn[2].isn.y
		return {{"not-taken", d.seq}, {"forgot-flag", conn[2].isn.x + d.len}, {"wrong-direction", y + 1},
			{"relative-number", d.len + 1}}
	end,
}
question{
	id = "later",
	kind = "choice",
	right = function()
		return #with("SYN", conn[3].seg) > 1 and #with("SYN,ACK", conn[3].seg) == 1 and "b" or "a"
	end,
	wrong = {{"must-call-again", "a"}, {"server-remembers", "c"}},
}
question{
	id = "reads",
	right = function() return tonumber(calls("server", "recv")[1].gave:match("^%d+")) end,
	wrong = {{"lost-before-accept", 0}},
}

play(function()
	local server = kernel.listen{backlog = 1}
	local client = {}
	ask "in"
	ask "next"
	ask "unread"
	ask "later"
	for i = 1, CLIENTS do
		client[i] = kernel.connect{to = server.port(), name = "client " .. i}
		client[i].connected(0.1)
	end
	client[2].say(("x"):rep(len))
	wait(0.8)
	client[4].close()
	client[5].close()
	local s = server.accept()
	client[3].connected(3)
	ask "reads"
	s.close()
	s = server.accept()
	s.hear()
	s.close()
end)
