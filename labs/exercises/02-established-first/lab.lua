-- The third segment is held back: which end is ESTABLISHED before it, and what do the calls say?
function at(n) return ("%.6f"):format(seg[n].t) end

question{
	id = "client-2",
	kind = "state",
	right = function() return seg[2].state.client end,
	wrong = {{"third-for-both", "SYN-SENT"}, {"that-is-the-server", "SYN-RECEIVED"}},
}
question{
	id = "connect",
	kind = "choice",
	right = function()
		local returned = calls("client", "connect()")[1].time
		local accepted = calls("server", "accept")[1].time
		return returned < conn[1].start + seg[3].t and "a" or returned < accepted and "b" or "c"
	end,
	wrong = {{"connect-waits-for-three", "b"}, {"accept-does-it", "c"}},
}
question{
	id = "server-2",
	kind = "state",
	conn = 2,
	right = function() return conn[2].seg[2].state.server end,
	wrong = {{"both-at-the-second", "ESTABLISHED"}, {"the-listener-goes-on", "LISTEN"}},
}
question{
	id = "accept-early",
	kind = "choice",
	conn = 2,
	right = function() return calls("server", "accept")[2].gave == "-1 EAGAIN" and "b" or "a" end,
	wrong = {{"half-open-is-not-accepted", "a"}, {"nothing-refused", "c"}},
}
question{
	id = "server-3",
	kind = "state",
	conn = 2,
	right = function() return conn[2].seg[3].state.server end,
	wrong = {{"accept-does-it", "SYN-RECEIVED"}},
}

play(function()
	local server = kernel.listen{}
	ask "client-2"
	ask "connect"
	-- With quickack off the client's kernel delays its ACK, as that of data: by 200 ms.
	local client = kernel.connect{to = server.port(), set = {quickack = 0}}
	client.connected()
	assert(client.state() == "ESTABLISHED")
	wait(0.3)
	local s = server.accept()
	tell "before-the-third"
	client.close()
	s.hear()
	s.close()

	ask "server-2"
	ask "accept-early"
	ask "server-3"
	send{flags = "S"}
	expect{flags = "SA", ack = x + 1}
	kernel.is("SYN-RECEIVED")
	server.accept(0.3)
	send{flags = "A"}
	kernel.is("ESTABLISHED")
	wait(0.1)
	s = server.accept()
	tell "after-the-third"
	send{flags = "FA"}
	s.hear()
	s.close()
	settle(0.1)
	send{flags = "A"}
end)
