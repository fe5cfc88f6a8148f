-- The student is the client: the numbers that are typed go into the segments that are sent.
isn2, isn3 = random(1000, 4294967295), random(1000, 4294967295)
len = random(5, 30)

question{
	id = "ack",
	right = function() return behind(seg[2]) end,
	wrong = function()
		return {
			{"forgot-flag", seg[2].seq}, {"wrong-direction", seg[2].ack},
			{"relative-number", 1}, {"one-too-many", behind(seg[2]) + 1},
		}
	end,
}
question{
	id = "seq-2",
	conn = 2,
	right = function() return behind(conn[2].seg[1]) end,
	wrong = function()
		local seg = conn[2].seg
		return {
			{"forgot-flag", seg[1].seq}, {"wrong-direction", behind(seg[2])},
			{"relative-number", 1}, {"the-other-connection", behind(conn[1].seg[1])},
		}
	end,
}
question{
	id = "ack-2",
	conn = 2,
	right = function() return behind(conn[2].seg[2]) end,
	wrong = function()
		local seg = conn[2].seg
		return {
			{"forgot-flag", seg[2].seq}, {"wrong-direction", seg[2].ack},
			{"relative-number", 1}, {"the-other-connection", behind(conn[1].seg[2])},
		}
	end,
}
question{
	id = "seq-data",
	conn = 3,
	right = function() return conn[3].seg[2].ack end, -- what the kernel said it expects
	wrong = function()
		local seg = conn[3].seg
		return {
			{"pure-ack-advances", behind(seg[1]) + 1}, {"forgot-flag", seg[1].seq},
			{"wrong-direction", behind(seg[2])}, {"relative-number", 1},
		}
	end,
}

local function same(a, b) return (a - b) % 4294967296 == 0 end

-- Each connection has a port of its own: a RST of the one before means nothing to it.
local function open(first)
	local client = peer()
	client.again(first)
	client.send{flags = "S"}
	client.expect{flags = "SA", ack = client.x + 1}
	return client
end

-- SYN cookies: the server keeps nothing and repeats nothing while somebody thinks. To a number that
-- is none it would say nothing, either; without them it says what every server says.
local function third(client, server, seq, ack)
	local good = same(seq, client.x + 1) and same(ack, client.y + 1)
	if not good then kernel.sysctl("net/ipv4/tcp_syncookies", "0") end
	client.send{flags = "A", seq = seq, ack = ack}
	client.settle(0.1)
	kernel.sysctl("net/ipv4/tcp_syncookies", "2")
	local s = server.accept(0.1)
	if good and not s then tell "too-late" end
	return s
end

local function close(client, s)
	client.send{flags = "FA"}
	s.hear()
	s.close()
	client.settle(0.1)
	client.send{flags = "A"}
end

play(function()
	kernel.sysctl("net/ipv4/tcp_syncookies", "2")
	local server = kernel.listen{}
	local c = open(isn)
	local s = third(c, server, c.x + 1, ask "ack" or c.y + 1)
	if s then close(c, s) end
	tell "again"

	c = open(isn2)
	local seq = ask "seq-2" or c.x + 1
	s = third(c, server, seq, ask "ack-2" or c.y + 1)
	if s then close(c, s) end
	tell "open"

	c = open(isn3)
	s = third(c, server, c.x + 1, c.y + 1)
	seq = ask "seq-data" or c.x + 1
	c.send{data = ("as I have typed it, "):rep(2):sub(1, len), seq = seq}
	c.settle(0.1)
	s.hear(0.1)
	if same(seq, c.x + 1) then close(c, s) else s.abort() end
end)
