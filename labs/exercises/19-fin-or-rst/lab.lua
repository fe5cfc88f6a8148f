-- How a connection dies: which close() sends RST instead of FIN, what the other program reads, and
-- which RST is believed.
said = random(3, 12) -- octets of the client's
heard = random(3, 12) -- octets that our crafted end has sent when the RSTs come

-- Four RSTs, in an order that differs: how far each is off the number that the server expects.
off = {-random(2, 900), random(2, 900), 100000 + random(0, 900), 0}
for i = 4, 2, -1 do
	local j = random(1, i)
	off[i], off[j] = off[j], off[i]
end
expected = (isn + 1 + heard) % 4294967296
rst, exact = {}, 0
for i, o in ipairs(off) do
	rst[i] = (expected + o) % 4294967296
	if o == 0 then exact = i end
end
local function where(f)
	local list = {}
	for i, o in ipairs(off) do
		if f(o) then list[#list + 1] = i end
	end
	return list
end
in_window = where(function(o) return o > 0 and o < 1000 end)[1]

-- The connection of the crafted end is the last one.
local function has_rst(c)
	return #those(conn[c].seg, function(s) return has(s, "RST") and s.dir == "s2c" end) > 0
end
-- The segment that is the i-th RST.
function shot(i)
	return those(conn[4].seg, function(s) return has(s, "RST") and s.seq == rst[i] end)[1]
end
function killers()
	local list = {}
	for i = 1, 4 do
		if shot(i).state.server == "CLOSED" then list[#list + 1] = i end
	end
	return list
end
-- What came from the server behind the RST in the window.
function challenge()
	local s = shot(in_window)
	return those(conn[4].seg, function(a) return a.n == s.n + 1 and a.dir == "s2c" end)[1]
end
-- What the server answered to data that came after its close().
function late()
	local s = those(conn[3].seg, function(s) return s.dir == "c2s" and s.len > 0 end)[2]
	return those(conn[3].seg, function(a) return a.n > s.n end)[1]
end

-- What recv() gave a client at last; the answer of its server came before.
function reads(i) return calls("client" .. i, "recv")[i == 2 and 1 or 2].gave end

question{
	id = "closes",
	kind = "list",
	right = function()
		local list = {}
		for i = 1, 3 do
			local ends = those(conn[i].seg, function(s) return has(s, "FIN") or has(s, "RST") end)
			if has(ends[1], "RST") then list[#list + 1] = i end
		end
		return list
	end,
	wrong = {
		{"close-is-fin", {}},
		{"only-linger", {1}},
		{"only-unread", {2}},
		{"close-is-rst", {1, 2, 3}},
	},
}
question{
	id = "reads",
	kind = "choice",
	right = function()
		local gave = reads(1)
		return gave == "0" and "a" or gave == "-1 ECONNRESET" and "b" or "c"
	end,
	wrong = {{"an-end-is-an-end", "a"}, {"never-learns", "c"}, {"data-first", "d"}},
}
question{
	id = "late",
	kind = "flags",
	right = function() return late().flags end,
	wrong = {{"still-acknowledged", "ACK"}, {"with-ack", "RST,ACK"}, {"second-fin", "FIN,ACK"},
		{"second-fin", "FIN"}},
}
question{
	id = "kills",
	kind = "list",
	right = killers,
	wrong = function()
		return {
			{"any-in-window", where(function(o) return o >= 0 and o < 1000 end)},
			{"any-rst", {1, 2, 3, 4}},
			{"not-the-future", where(function(o) return o < 1000 end)},
			{"none-does", {}},
		}
	end,
}
question{
	id = "challenge",
	kind = "choice",
	right = function()
		local a = challenge()
		if not a then return conn[4].close.kind and "a" end
		return has(a, "RST") and "c" or a.ack == expected and "b" or "d"
	end,
	wrong = {{"ignored", "a"}, {"rst-for-rst", "c"}, {"believed", "d"}},
}

local function pair(n)
	local server = kernel.listen{port = server_port + n - 1, name = "server" .. n}
	local client = kernel.connect{to = server.port(), name = "client" .. n}
	client.connected()
	local s = server.accept()
	client.say(("d"):rep(said))
	return client, s
end

-- The server reads all, and answers.
local function talk(client, s)
	s.hear()
	s.say("ok")
	client.hear()
end

play(function()
	ask "closes"
	ask "reads"
	local client, s = pair(1)
	talk(client, s)
	s.abort()
	client.hear()
	client, s = pair(2)
	wait(0.05)
	s.close()
	client.hear()
	client, s = pair(3)
	talk(client, s)
	s.close()
	client.hear()
	wait(0.1) -- the ACK of this FIN may be late
	ask "late"
	client.say("more")
	client.close()

	local server = kernel.listen{port = server_port + 3, name = "server4"}
	send{flags = "S", to = server_port + 3}
	expect{flags = "SA"}
	send{flags = "A"}
	s = server.accept()
	send{data = ("d"):rep(heard)}
	expect{flags = "A", ack = x + 1 + heard}
	s.hear()
	ask "kills"
	ask "challenge"
	for i, n in ipairs(rst) do
		if i ~= exact then
			send{flags = "R", seq = n, forged = true}
			settle(0.15)
			kernel.is("ESTABLISHED")
		end
	end
	send{flags = "R", seq = rst[exact]}
	kernel.is("CLOSED")
	s.hear()
end)
