-- Third segments with wrong numbers: what the kernel answers, and what becomes of the request.
isn2, isn3, isn4 = random(1000, 4294967290), random(1000, 4294967290), random(1000, 4294967290)
off = random(2, 900)

function plus(a, b) return (a + b) % 4294967296 end

-- What the kernel said to our n-th segment of a connection: letters of the choices below.
local function said(c, n)
	local ours, found = 0
	for _, s in ipairs(conn[c].seg) do
		if s.dir == "c2s" then ours = ours + 1 end
		if s.dir == "s2c" and ours == n then found = s end
	end
	if not found then return ours > n and "c" end -- silence, up to our next segment
	return has(found, "RST") and "a" or has(found, "SYN") and "d" or "b"
end

question{
	id = "flags",
	kind = "flags",
	right = function() return seg[4].flags end,
	wrong = {{"challenged", "ACK"}, {"has-ack-already", "RST,ACK"}, {"says-it-again", "SYN,ACK"}},
}
question{
	id = "rst-seq",
	right = function() return seg[4].seq end,
	wrong = function()
		return {
			{"its-own-next", behind(seg[2])}, {"as-if-closed", 0}, {"own-first", seg[2].seq},
			{"wrong-direction", seg[2].ack},
		}
	end,
}
question{
	id = "after-rst",
	kind = "choice",
	right = function()
		return calls("server", "accept")[1].gave == "a connection" and said(1, 3) == "c" and "b"
			or "a"
	end,
	wrong = {{"request-gone", "a"}},
}
question{
	id = "rst-seq-2",
	conn = 2,
	right = function() return conn[2].seg[4].seq end,
	wrong = function()
		local seg = conn[2].seg
		return {{"its-own-next", behind(seg[2])}, {"as-if-closed", 0}}
	end,
}
question{
	id = "seq-low",
	kind = "choice",
	conn = 3,
	right = function() return said(3, 2) end,
	wrong = {{"rst-is-for-acks", "a"}, {"not-silent", "c"}, {"says-it-again", "d"}},
}
question{
	id = "low-ack",
	conn = 3,
	right = function() return conn[3].seg[4].ack end,
	wrong = function()
		local first = conn[3].seg[1].seq
		return {{"takes-what-it-got", first}, {"one-more", first + 2}}
	end,
}
question{
	id = "seq-high",
	kind = "choice",
	conn = 4,
	right = function() return said(4, 2) end,
	wrong = {{"window", "a"}, {"window", "b"}},
}

local function open(first)
	local client = peer()
	client.again(first)
	client.send{flags = "S"}
	client.expect{flags = "SA"}
	return client
end

-- A reset, so that nothing is pending while somebody thinks.
local function leave(client, server)
	client.settle(0.2)
	server.accept(0.1)
	client.send{flags = "R", seq = client.x + 1}
	client.settle(0.1)
end

play(function()
	local server = kernel.listen{}
	ask "flags"
	ask "rst-seq"
	ask "after-rst"
	local c = open(isn)
	c.send{flags = "A", ack = c.y + off}
	c.settle(0.2)
	c.send{flags = "A", ack = c.y + 1}
	leave(c, server)
	tell "first"

	ask "rst-seq-2"
	c = open(isn2)
	c.send{flags = "A", ack = c.y}
	leave(c, server)
	tell "second"

	ask "seq-low"
	ask "low-ack"
	c = open(isn3)
	c.send{flags = "A", seq = c.x, ack = c.y + 1}
	c.settle(0.6) -- one answer of this kind in 500 ms
	c.send{flags = "A", seq = c.x + 1}
	leave(c, server)
	tell "third"

	ask "seq-high"
	c = open(isn4)
	c.send{flags = "A", seq = c.x + 2, ack = c.y + 1}
	leave(c, server)
end)
