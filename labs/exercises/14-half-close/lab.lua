-- shutdown() closes one half: the other end may go on for as long as it likes. close() does not.
ask_len, reply_len = random(4, 9), random(10, 30)

function fin_of(c)
	return those(c.seg, function(s) return has(s, "FIN") end)[1]
end
-- What the server says after the client's FIN, and what is said to that.
function late(c)
	local f = fin_of(c)
	return those(c.seg, function(s) return s.n > f.n and s.dir == "s2c" and s.len > 0 end)[1]
end
function answer(c)
	local d = late(c)
	return those(c.seg, function(s) return s.n > d.n and s.dir == "c2s" end)[1]
end

question{
	id = "acked",
	right = function()
		local f = fin_of(conn[1])
		return those(seg, function(s) return s.n > f.n and s.dir == "s2c" end)[1].ack
	end,
	wrong = function() return misread(fin_of(conn[1]), conn[1].isn.y) end,
}
question{
	id = "client",
	kind = "state",
	right = function()
		local f = fin_of(conn[1])
		return those(seg, function(s) return s.n > f.n and s.dir == "s2c" end)[1].state.client
	end,
	wrong = {{"fin-not-acked", "FIN-WAIT-1"}, {"closed-at-once", "CLOSED"},
		{"both-have-closed", "TIME-WAIT"}, {"other-end", "CLOSE-WAIT"}},
}
question{
	id = "server",
	kind = "state",
	right = function() return fin_of(conn[1]).state.server end,
	wrong = {{"still-open", "ESTABLISHED"}, {"fin-sent-already", "LAST-ACK"},
		{"other-end", "FIN-WAIT-2"}, {"closed-at-once", "CLOSED"}},
}
question{
	id = "may",
	kind = "choice",
	right = function()
		return answer(conn[1]).ack == behind(late(conn[1])) and "c" or "a"
	end,
	wrong = {{"server-has-nothing-left", "a"}, {"kernel-refuses", "b"}},
}
question{
	id = "late-ack",
	right = function() return answer(conn[1]).ack end,
	wrong = function() return misread(late(conn[1]), conn[1].isn.x) end,
}
question{
	id = "late-seq",
	right = function() return answer(conn[1]).seq end,
	wrong = function()
		local f = fin_of(conn[1])
		return {{"fin-takes-none", f.seq}, {"wrong-direction", behind(late(conn[1]))},
			{"acks-take-numbers", behind(f) + 1}}
	end,
}
question{
	id = "closed",
	kind = "flags",
	right = function() return answer(conn[2]).flags end,
	wrong = {{"close-is-shutdown", "ACK"}, {"fin-again", "FIN,ACK"},
		{"rst-has-its-number", "RST,ACK"}},
}

local function talk(server)
	local client = kernel.connect{to = server.port()}
	client.connected()
	local s = server.accept()
	client.say(("what now??"):sub(1, ask_len))
	s.hear()
	wait(0.1)
	return client, s
end

play(function()
	local server = kernel.listen{}
	local client, s = talk(server)
	ask "acked"
	ask "client"
	ask "server"
	client.shutdown()
	s.hear()
	wait(0.1) -- until the ACK of the FIN has gone
	ask "may"
	ask "late-ack"
	ask "late-seq"
	s.say(("a long answer, and some more of it"):sub(1, reply_len))
	client.hear()
	wait(0.1)
	s.close()
	client.hear()
	client.close()
	tell "close"
	client, s = talk(server)
	ask "closed"
	client.close()
	s.hear()
	s.say("too late")
	s.close()
end)
