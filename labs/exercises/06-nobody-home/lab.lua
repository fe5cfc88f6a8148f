-- A port where nobody listens: the numbers of the RST, and a connection without any server.
len, number = random(3, 40), random(100000, 4000000000)

function plus(a, b) return (a + b) % 4294967296 end

question{
	id = "flags",
	kind = "flags",
	right = function() return seg[2].flags end,
	wrong = {{"bare-rst", "RST"}, {"polite", "FIN,ACK"}, {"as-if-open", "SYN,ACK"}},
}
question{
	id = "seq",
	right = function() return seg[2].seq end,
	wrong = function()
		return {{"wrong-direction", behind(seg[1])}, {"echo", seg[1].seq}, {"off-by-one", 1}}
	end,
}
question{
	id = "ack",
	right = function() return seg[2].ack end,
	wrong = function() return {{"forgot-flag", seg[1].seq}, {"nothing-heard", 0}} end,
}
question{
	id = "connect",
	kind = "choice",
	right = function()
		local gave = calls("client", "connect()")[1].gave
		return gave == "-1 ECONNREFUSED" and "b" or gave == "0" and "a" or "c"
	end,
	wrong = {{"no-timeout", "c"}, {"somebody-needed", "a"}},
}
question{
	id = "ack-data",
	conn = 2,
	right = function() return conn[2].seg[2].ack end,
	wrong = function()
		local first = conn[2].seg[1]
		return {
			{"forgot-data", first.seq + 1}, {"forgot-flag", first.seq + first.len},
			{"nothing-heard", 0},
		}
	end,
}
question{
	id = "seq-of-ack",
	conn = 3,
	right = function() return conn[3].seg[2].seq end,
	wrong = function()
		local first = conn[3].seg[1]
		return {
			{"as-to-a-syn", 0}, {"one-further", first.ack + 1}, {"wrong-direction", first.seq},
		}
	end,
}
question{
	id = "itself",
	kind = "choice",
	conn = 4,
	right = function() return calls("alone", "connect()")[1].gave == "0" and "b" or "a" end,
	wrong = {{"no-listener-needed", "a"}, {"not-for-ever", "c"}},
}

play(function()
	local text = ("is anybody there? "):rep(3):sub(1, len)
	ask "flags"
	ask "seq"
	ask "ack"
	ask "connect"
	local client = kernel.connect{to = server_port}
	client.connected()
	client.close()
	tell "refused"

	ask "ack-data"
	send{flags = "S", data = text, to = server_port}
	settle(0.1)
	tell "answered"

	ask "seq-of-ack"
	local lost = peer()
	lost.send{flags = "A", seq = isn, ack = number, to = server_port}
	lost.settle(0.1)
	tell "not-a-connection"

	ask "itself"
	local alone = kernel.socket{name = "alone", port = server_port}
	alone.connect(server_port)
	if alone.connected() then
		alone.say("hello, myself")
		alone.hear()
	end
	alone.close()
end)
