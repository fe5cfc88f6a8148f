-- A close in three segments, in four, and with one: it depends on when and how the programs close.
linger = random(200, 400) / 1000

-- The first FIN of a connection, and the other end's.
function fins(c)
	local f = those(c.seg, function(s) return has(s, "FIN") end)
	return f[1], those(f, function(s) return s.dir ~= f[1].dir end)[1]
end
-- The time between them in the second connection, and a time as the page shows it.
function gap()
	local first, second = fins(conn[2])
	return second.t - first.t
end
function secs(t) return ("%.2f"):format(t) end

question{
	id = "alone",
	kind = "flags",
	right = function() return (fins(conn[1])).flags end,
	wrong = {{"fin-alone", "FIN"}, {"ack-only", "ACK"}, {"rst-is-abort", "RST"}},
}
question{
	id = "prompt",
	right = function() return conn[1].close.segments end,
	wrong = {{"always-four", 4}, {"nobody-acks", 2}},
}
question{
	id = "merged",
	kind = "choice",
	right = function()
		local first, second = fins(conn[1])
		return second.n == first.n + 1 and second.ack == behind(first) and "b" or "d"
	end,
	wrong = {{"own-ack", "a"}, {"last-two", "c"}, {"nothing-merged", "d"}},
}
question{
	id = "lingering",
	right = function() return conn[2].close.segments end,
	wrong = {{"always-three", 3}, {"asks-to-wait", 5}},
}
question{
	id = "wait",
	kind = "choice",
	right = function()
		local first, second = fins(conn[2])
		local between = those(conn[2].seg, function(s) return s.n > first.n and s.n < second.n end)
		return #between == 1 and between[1].ack == behind(first) and "c" or "a"
	end,
	wrong = {{"asks-client-to-wait", "a"}, {"zero-window", "b"}},
}
question{
	id = "client",
	kind = "state",
	right = function()
		local first = fins(conn[2])
		return conn[2].seg[first.n + 1].state.client
	end,
	wrong = {{"ack-has-come", "FIN-WAIT-1"}, {"not-yet-both", "TIME-WAIT"},
		{"other-end", "CLOSE-WAIT"}},
}
question{
	id = "gap",
	kind = "time",
	right = function() return gap() end,
	wrong = {{"kernel-closes", 0.04}, {"that-is-time-wait", 60}},
}
question{
	id = "abort",
	right = function()
		local list = conn[3].seg
		local rst = those(list, function(s) return has(s, "RST") end)[1]
		local fin = those(list, function(s) return has(s, "FIN") end)
		return #fin == 0 and #list - rst.n + 1
	end,
	wrong = {{"rst-is-acked", 2}, {"always-three", 3}, {"always-four", 4}},
}

-- A connection whose server has just answered: then its kernel delays an ACK by 40 ms and more.
local function talk(server)
	local client = kernel.connect{to = server.port()}
	client.connected()
	local s = server.accept()
	client.say("ping")
	s.hear()
	s.say("pong")
	client.hear()
	wait(0.1)
	return client, s
end

play(function()
	local server = kernel.listen{}
	local client, s = talk(server)
	ask "alone"
	ask "prompt"
	ask "merged"
	client.close()
	s.hear()
	s.close()
	wait(0.1)
	tell "linger"
	client, s = talk(server)
	ask "lingering"
	ask "wait"
	ask "client"
	ask "gap"
	client.close()
	s.hear()
	wait(linger)
	s.close()
	wait(0.1)
	tell "abort"
	client, s = talk(server)
	client.say("bye")
	s.hear()
	ask "abort"
	client.abort()
	s.hear()
	s.close()
end)
