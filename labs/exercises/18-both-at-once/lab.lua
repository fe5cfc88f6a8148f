-- Both ends open at once, both close at once, and a socket connects to itself.
-- Claim C13: a simultaneous open takes four segments. The states come from the segments, and the
-- kernel is asked whether it agrees.
said = random(3, 19)
own_port = client_port + 1 -- of the socket that connects to itself

-- The first segment after which both ends are established.
function both_open()
	return those(seg, function(s)
		return s.state.client == "ESTABLISHED" and s.state.server == "ESTABLISHED"
	end)[1]
end
function our_fin() return those(with("FIN,ACK"), function(s) return s.dir == "s2c" end)[1] end

question{
	id = "crossed",
	kind = "state",
	right = function() return seg[2].state.client end,
	wrong = {{"still-waits", "SYN-SENT"}, {"one-is-enough", "ESTABLISHED"}, {"gives-up", "CLOSED"}},
}
question{
	id = "syn-ack-seq",
	right = function() return with("SYN,ACK")[1].seq end,
	wrong = function()
		local s = with("SYN,ACK")[1]
		return {{"syn-counts-twice", s.seq + 1}, {"wrong-direction", s.ack - 1},
			{"mixed-up", s.ack}}
	end,
}
question{
	id = "how-many",
	right = function() return both_open().n end,
	wrong = {{"always-three", 3}, {"one-too-soon", 2}, {"twice-three", 6}},
}
question{
	id = "fins-crossed",
	kind = "state",
	right = function() return our_fin().state.client end,
	wrong = {{"took-it-for-an-ack", "FIN-WAIT-2"}, {"as-if-second", "CLOSE-WAIT"},
		{"nearly", "LAST-ACK"}, {"too-fast", "TIME-WAIT"}},
}
question{
	id = "who-waits",
	kind = "choice",
	right = function()
		local final = conn[1].final
		local c, s = final.client == "TIME-WAIT", final.server == "TIME-WAIT"
		return c and s and "c" or c and "a" or s and "b" or "d"
	end,
	wrong = {{"one-is-always-first", "a"}, {"one-is-always-first", "b"}, {"nobody-first", "d"}},
}
question{
	id = "self",
	kind = "choice",
	right = function()
		local c, r = calls("loner", "connect()")[1], calls("loner", "recv")[1]
		if c.gave ~= "0" then return c.gave == "-1 ECONNREFUSED" and "a" or "c" end
		return r.gave:find("hello?", 1, true) and "b" or "d"
	end,
	wrong = {{"refused", "a"}, {"hangs", "c"}, {"into-the-void", "d"}},
}
question{
	id = "self-count",
	conn = 2,
	right = function()
		return those(conn[2].seg, function(s) return s.len > 0 end)[1].n - 1
	end,
	wrong = {{"both-sides", 4}, {"both-sides", 6}, {"one-is-enough", 1}, {"two", 2}},
}

play(function()
	ask "crossed"
	ask "syn-ack-seq"
	ask "how-many"
	local s = kernel.connect{}
	expect{flags = "S"}
	send{flags = "S"}
	expect{flags = "SA", seq = x, ack = y + 1}
	kernel.is("SYN-RECEIVED")
	send{flags = "SA", seq = y, ack = x + 1}
	expect{flags = "A", seq = x + 1, ack = y + 1}
	s.connected()
	kernel.is("ESTABLISHED")
	send{data = ("b"):rep(said)}
	expect{flags = "A", ack = y + 1 + said}
	s.hear()

	ask "fins-crossed"
	ask "who-waits"
	s.close()
	drop{flags = "FA"} -- still on its way when we send ours
	send{flags = "FA"}
	expect{flags = "A", ack = y + said + 2}
	kernel.is("CLOSING")
	send{flags = "A", ack = x + 2}
	kernel.is("TIME-WAIT")

	ask "self"
	ask "self-count"
	local loner = kernel.socket{port = own_port, name = "loner"}
	loner.connect(own_port)
	loner.connected()
	loner.say("hello?")
	loner.hear()
	loner.close()
	wait(0.1)
end)
