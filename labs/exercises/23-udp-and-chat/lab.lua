-- UDP: no handshake and no stream; what is lost, what is merged, and who said it.

longer = random(10, 14)       -- a datagram that is too long for a buffer of 4
words = {("onetwothree"):sub(1, random(3, 6)), ("fourfivesix"):sub(1, random(3, 6))}
who = random(1, 2)            -- who writes to Alice, and in whose name
names = {"carol", "dave"}

-- The datagrams from a port since a call, or all.
local function datagrams(since, port)
	return those(datagram, function(d)
		return d.type == "datagram" and (not since or d.time >= since.time) and
			(not port or d.src:match(":(%d+)$") == port)
	end)
end

local function port_of(name)
	return calls(name, "socket")[1].call:match("bind%((%d+)%)")
end

-- The first call of somebody that begins so; an error until it was made.
local function call_of(name, text)
	return calls(name, text)[1] or error("not yet")
end

local function more()
	return those(calls("bob", "send("), function(c) return c.call:find("MSG_MORE", 1, true) end)[1]
end

-- How many datagrams brought the two words, from what is said with MSG_MORE on.
local function merged()
	local left = #words[1] + #words[2]
	for n, d in ipairs(datagrams(more(), port_of("bob"))) do
		left = left - d.len
		if left == 0 then return n end
	end
	error("not all has been sent yet")
end

-- All frames since a call, once that was made.
local function frames_since(c)
	return #those(frame, function(f) return f.t >= c.time end)
end

question{
	id = "start",
	kind = "choice",
	right = function()
		return #those(datagram, function(d) return d.type == "icmp" and d.icmp_code == 3 end) > 0 and
			"b" or error("nothing yet")
	end,
	wrong = {{"nobody-tells", "a"}, {"rst", "c"}, {"waits-for-him", "d"}},
}
question{
	id = "error",
	kind = "choice",
	right = function()
		local sent = calls("bob", "send(")
		return sent[2].gave:find("ECONNREFUSED", 1, true) and not sent[1].gave:find("-1", 1, true) and
			"b" or "a"
	end,
	wrong = {{"at-once", "a"}, {"udp-never", "c"}},
}
question{
	id = "truncated",
	right = function() return tonumber(call_of("alice", "recv(65536)").gave:match("%d+")) end,
	wrong = {{"rest-is-kept", longer - 4}, {"a-stream", longer - 4 + 5}},
}
question{
	id = "more",
	right = merged,
	wrong = {{"udp-never-sticks", 2}},
}
question{
	id = "who",
	kind = "choice",
	right = function()
		local heard = those(calls("alice", "recvfrom"), function(c)
			return c.gave:find(": hi", 1, true)
		end)
		local port = heard[1].gave:match("from (%d+)")
		for i, name in ipairs{"bob", "carol", "dave"} do
			if port_of(name) == port then return ("abc"):sub(i, i) end
		end
	end,
	wrong = {{"believes-the-text", who == 1 and "c" or "b"}, {"the-first-who-wrote", "a"}},
}
question{
	id = "all",
	right = function()
		return #datagrams(call_of("alice", "sendto"), port_of("alice"))
	end,
	wrong = {{"one-for-all", 1}, {"with-acks", 6}},
}
question{
	id = "leave",
	right = function() return frames_since(call_of("alice", "close")) end,
	wrong = {{"fin", 1}, {"four-waves", 4}, {"one-each", 3}},
}
question{
	id = "unix",
	right = function()
		call_of("two", "recv") -- it has come
		return frames_since(call_of("one", "socketpair"))
	end,
	wrong = {{"one-each", 2}, {"on-lo", 1}},
}

play(function()
	local bob = kernel.udp{name = "bob"}
	bob.connect(server_port)
	ask "start"
	ask "error"
	bob.say("anyone?")
	wait(0.05)
	bob.say("hello?")
	local alice = kernel.udp{port = server_port, name = "alice"}
	bob.say("hello!")
	alice.hear_from()
	tell "buffer"
	bob.say(("0123456789abcd"):sub(1, longer))
	bob.say("later")
	wait(0.05)
	alice.hear(1, 4)
	ask "truncated"
	alice.hear(1, 65536)
	ask "more"
	bob.say(words[1], "more")
	bob.say(words[2])
	alice.hear(1, 100)

	local carol, dave = kernel.udp{name = "carol"}, kernel.udp{name = "dave"}
	local friends = {carol, dave}
	friends[who].send_to(server_port, names[3 - who] .. ": hi")
	alice.hear_from()
	ask "who"
	ask "all"
	for _, friend in ipairs{bob, carol, dave} do
		alice.send_to(friend.port(), "hi all")
		friend.hear_from()
	end
	ask "leave"
	alice.close()
	wait(0.05)
	ask "unix"
	local one, two = kernel.unix{type = "datagram", name = "one", other = "two"}
	one.say("psst")
	two.hear()
	two.say("yes?")
	one.hear()
end)
