-- One send() is not one segment, and not one recv(): where octets stick together, and where not.

-- Words of other lengths in each run.
words = {("hello!..."):sub(1, random(4, 9)), ("world?..."):sub(1, random(4, 9)),
	("goodbye.."):sub(1, random(5, 9)), ("to all..."):sub(1, random(3, 9))}

-- The lengths of the segments in which a client's words went, the first of them all.
local function pieces(i, ...)
	local left, found = 0, {}
	for _, word in ipairs{...} do left = left + #words[word] end
	for _, s in ipairs(conn[i].seg) do
		if s.dir == "c2s" and s.len > 0 and left > 0 then
			found[#found + 1] = s.len
			left = left - s.len
		end
	end
	return left == 0 and found or error("not all has been sent yet")
end

-- What the n-th recv() of that text gave, as a number.
local function got(text, n)
	return tonumber(calls("server", text)[n].gave:match("%d+"))
end

question{
	id = "segments",
	right = function() return #pieces(1, 1, 2) end,
	wrong = {{"buffer-must-fill", 1}, {"one-each-way", 4}},
}
question{
	id = "read",
	right = function() return got("recv(65536)", 1) end,
	wrong = {{"one-send-one-recv", #words[1]}, {"fills-the-buffer", 65536}},
}
question{
	id = "small",
	right = function() return #calls("server", "recv(2)") end,
	wrong = {{"recv-is-a-message", 1}, {"forgot-the-odd-one", #words[3] // 2},
		{"one-octet-each", #words[3]}},
}
question{
	id = "nagle",
	right = function() return #pieces(2, 1, 2, 4) end,
	wrong = {{"one-send-one-segment", 3}, {"waits-from-the-start", 1}},
}
question{
	id = "nagle-length",
	right = function() return pieces(2, 1, 2, 4)[2] end,
	wrong = {{"one-send-one-segment", #words[2]}, {"all-of-it", #words[1] + #words[2] + #words[4]}},
}
question{
	id = "cork",
	right = function() return #pieces(3, 1, 2, 4) end,
	wrong = {{"one-send-one-segment", 3}, {"like-nagle", 2}},
}
-- NODELAY was on in the first connection, and one recv() got both; nothing but counting is left.
question{
	id = "cure",
	kind = "choice",
	right = function()
		return #pieces(1, 1, 2) == 2 and got("recv(65536)", 1) == #words[1] + #words[2] and "d"
			or error("the reads do not tell")
	end,
	wrong = {{"larger-buffer", "a"}, {"sleep", "b"}, {"nodelay", "c"}},
}

local function close(client, server)
	client.close()
	server.hear()
	server.close()
end

play(function()
	local wire = peer() -- before there is a listener: whoever connects is heard
	local listener = kernel.listen{}
	ask "segments"
	ask "read"
	local client = kernel.connect{to = server_port, set = {nodelay = 1}}
	client.connected()
	local server = listener.accept()
	client.say(words[1])
	client.say(words[2])
	wait(0.05)
	server.hear(1, 65536)
	ask "small"
	client.say(words[3])
	wait(0.05)
	local left = #words[3]
	while left > 0 do left = left - #server.hear(1, 2) end
	close(client, server)
	wait(0.05)

	ask "nagle"
	ask "nagle-length"
	local second = kernel.connect{to = wire.port}
	wire.expect{flags = "S"}
	wire.send{flags = "SA"}
	wire.expect{flags = "A"}
	second.say(words[1])
	second.say(words[2])
	second.say(words[4])
	wire.expect{flags = "PA", len = #words[1]}
	wire.silence(0.05) -- no ACK, no more data
	wire.send{flags = "A"}
	wire.expect{flags = "PA"}
	wire.send{flags = "A"}
	second.close()
	wire.expect{flags = "FA"}
	wire.send{flags = "FA"}
	wire.expect{flags = "A"}
	wait(0.05)

	ask "cork"
	local third = kernel.connect{to = server_port}
	third.connected()
	server = listener.accept()
	third.set("cork", 1)
	third.say(words[1])
	third.say(words[2])
	third.say(words[4])
	server.hear(0.05) -- nothing yet: the kernel keeps it for up to 200 ms
	third.set("cork", 0)
	server.hear(1, 65536)
	close(third, server)
	wait(0.05)
	ask "cure"
end)
