-- An old SYN arrives late: the third segment saves the server from a connection with nobody.
old = random(100000, 4000000000)

question{
	id = "third",
	kind = "flags",
	right = function() return seg[3].flags end,
	wrong = {{"acks-anything", "ACK"}, {"polite-close", "FIN,ACK"}, {"keeps-silent", "none"},
		{"rst-needs-no-ack", "RST,ACK"}},
}
question{
	id = "number",
	right = function() return seg[3].seq end,
	wrong = function()
		return {{"forgot-flag", seg[1].seq}, {"wrong-direction", seg[2].seq + 1},
			{"rst-has-no-number", 0}}
	end,
}
question{
	id = "accept",
	kind = "choice",
	right = function() return calls("server", "accept")[1].gave == "-1 EAGAIN" and "c" or "a" end,
	wrong = {{"accept-at-syn", "a"}, {"accept-then-error", "b"}},
}
question{
	id = "two",
	kind = "choice",
	right = function()
		local told = seg[2].dir == "s2c" and has(seg[3], "RST") and seg[3].dir == "c2s"
		return told and seg[2].state.server == "SYN-RECEIVED" and "b" or "a"
	end,
	wrong = {{"client-would-tell", "a"}, {"client-open-too", "c"}},
}
question{
	id = "live",
	conn = 2,
	right = function() return conn[2].seg[3].ack end,
	wrong = function()
		local c = conn[2]
		return {{"forgot-flag", c.isn.y}, {"wrong-direction", c.isn.x + 1},
			{"old-numbers", seg[2].seq + 1}}
	end,
}
question{
	id = "knows",
	kind = "list", -- of one: #3 is written so, too
	right = function()
		local y = behind(conn[2].seg[2])
		return {those(conn[2].seg, function(s)
			return s.dir == "c2s" and has(s, "ACK") and s.ack == y
		end)[1].n}
	end,
	wrong = {{"syn-proves-nothing", "1"}, {"sent-is-not-arrived", "2"}, {"four-messages", "4"}},
}
question{
	id = "merged",
	kind = "list",
	right = function()
		local both = with("SYN,ACK", conn[2].seg)[1]
		return {both.n}
	end,
	wrong = {{"syn-has-one", "1"}, {"third-has-one", "3"}, {"none-merged", "none"}},
}

play(function()
	local server = kernel.listen{}
	ask "third"
	ask "number"
	ask "accept"
	ask "two"
	-- It comes from a port that no socket has: the client's host knows of no such connection.
	local ghost = peer{port = client_port, peer_port = server.port()}
	ghost.send{flags = "S", seq = old}
	wait(0.1)
	server.accept(0.2)
	tell "saved"
	ask "live"
	local client = kernel.connect{to = server.port()}
	client.connected()
	local s = server.accept()
	ask "knows"
	ask "merged"
	client.close()
	s.hear()
	s.close()
end)
