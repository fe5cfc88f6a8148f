-- Twenty SYNs that nobody means, a short queue, and an honest client: without and with SYN cookies.
FLOOD = 20
backlog = random(3, 8)
off, on = server_port, server_port + 1 -- two listeners: cookies off, cookies on

-- How many of the flood's SYNs to a port were answered, and how many of the answers came again; and
-- the honest client's connection, which is the last one. Plain loops: there are many segments.
function count(port)
	local answered, again, seen, honest = 0, 0, 0, nil
	for i = 1, #conn do
		local c, n = conn[i], 0
		for k = 1, c.server == "127.0.0.1:" .. port and #c.seg or 0 do
			local f = c.seg[k].flags
			if f[1] == "SYN" and #f == 2 then n = n + 1 end
			if k == 1 then seen, honest = seen + 1, c end
		end
		if seen <= FLOOD and n > 0 then answered = answered + 1 end
		if seen <= FLOOD and n > 1 then again = again + 1 end
	end
	assert(seen == FLOOD + 1, "it is not over")
	return answered, again, honest
end

-- For the page.
function answered() return (count(off)) end
function kept() return select(2, count(on)) end
function cookies() return (count(on)) - kept() end

-- The honest client: in, refused, or left without an answer.
local function fate(c)
	local second = c.seg[2]
	return second and has(second, "RST") and "b" or second and second.dir == "s2c" and "a" or "c"
end

question{
	id = "answers",
	kind = "choice",
	right = function()
		local n = answered()
		return n == FLOOD and "a" or n > 0 and "b" or "c"
	end,
	wrong = {{"no-limit", "a"}, {"listen-is-for-accept", "c"}},
}
question{
	id = "honest",
	kind = "choice",
	right = function() return fate(select(3, count(off))) end,
	wrong = {{"only-the-flood-suffers", "a"}, {"refused", "b"}},
}
question{
	id = "cookies",
	right = function() return kept() > 0 and cookies() end,
	wrong = function()
		return {{"all-are-cookies", FLOOD}, {"those-with-room", kept()}, {"dropped-as-before", 0}}
	end,
}
question{
	id = "repeated",
	right = function() return kept() > 0 and kept() end,
	wrong = function()
		return {{"all-come-again", FLOOD}, {"cookies-come-again", cookies()}, {"none-comes-again", 0}}
	end,
}
question{
	id = "honest-again",
	kind = "choice",
	right = function() return fate(select(3, count(on))) end,
	wrong = {{"refused", "b"}, {"queue-is-full", "c"}},
}
question{
	id = "where",
	kind = "choice",
	right = function()
		local _, _, honest = count(on)
		return behind(honest.seg[2]) == honest.seg[3].ack and "c" or "a"
	end,
	wrong = {{"in-memory", "a"}, {"in-an-option", "b"}},
}

-- All the crafted ends send a SYN, and never the third segment. Then comes somebody who means it.
local function flood(crafted, port)
	for i = 1, FLOOD do
		crafted[i].again()
		crafted[i].send{flags = "S", to = port, opt = "none"}
	end
	wait(0.1)
	local client = kernel.connect{to = port, name = "honest"}
	client.connected(0.5)
	return client
end

play(function()
	local crafted = {{again = again, send = send}}
	for i = 2, FLOOD do crafted[i] = peer() end
	kernel.sysctl("net/ipv4/tcp_syncookies", "0")
	local server = kernel.listen{port = off, backlog = backlog}
	ask "answers"
	ask "honest"
	flood(crafted, off).close()
	server.close() -- which forgets what is half open
	tell "queue"
	kernel.sysctl("net/ipv4/tcp_syncookies", "1")
	server = kernel.listen{port = on, backlog = backlog}
	ask "cookies"
	ask "repeated"
	ask "honest-again"
	ask "where"
	local client = flood(crafted, on)
	local s = server.accept(0.5)
	wait(1.3) -- what is kept is sent again, after a second
	client.close()
	if s then s.close() end
	server.close()
end)
