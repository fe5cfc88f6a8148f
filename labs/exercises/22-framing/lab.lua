-- Messages in a stream: a length before each, and a decoder that trusts neither reads nor peers.

size = 256 * random(1, 2) + random(128, 250) -- of the first body: two octets that are not zero
first = random(20, 100) -- how much of it comes at first, and then
second = random(20, 100)
extra = random(5, 20) -- how much of the second message comes with the end of the first
bodies, totals = {}, {0, 0}  -- of two more messages: octets that do not print as themselves
damaged = random(1, 2)       -- ... and which of them does not come as it was meant
for i = 1, 2 do
	bodies[i] = string.char(random(14, 31), random(128, 190), random(191, 250))
	for k = 1, 3 do totals[i] = totals[i] + bodies[i]:byte(k) end
end
-- For a program: five such messages, two of them damaged, and one more behind a huge length.
texts, spoilt, cuts = {}, random(1, 2), {2}
for i = 1, 6 do
	texts[i] = ""
	for _ = 1, random(3, 6) do texts[i] = texts[i] .. string.char(random(128, 250)) end
end
for i = 2, 40 do cuts[i] = cuts[i - 1] + random(9, 31) end

local function message(text)
	return string.char(0, 0, #text // 256, #text % 256) .. text
end

-- The number in four octets of a text, in network byte order.
function big(octets, at)
	local a, b, c, d = octets:byte(at or 1, (at or 1) + 3)
	return ((a * 256 + b) * 256 + c) * 256 + d
end

-- What the client of a connection has put into the stream so far, from the packets.
function stream(c)
	local octets = {}
	for _, s in ipairs(conn[c or 1].seg) do
		if s.dir == "c2s" and s.len > 0 then octets[#octets + 1] = frame[s.frame].octets:sub(-s.len) end
	end
	return table.concat(octets)
end

-- What the n-th recv() of the server gave.
local function got(n)
	return tonumber(calls("server", "recv")[n].gave:match("%d+"))
end

-- Where the third message begins in the stream: behind two whole ones.
local function third()
	local octets, at = stream(), 1
	for _ = 1, 2 do at = at + 4 + big(octets, at) end
	return octets, at
end

-- A message with its header; `off`: how much the digest is wrong by.
local function with_header(body, off)
	local sum = off
	for k = 1, #body do sum = sum + body:byte(k) end
	return message('{"size":' .. #body .. ',"sum":' .. sum % 256 .. "}") .. body
end

-- The messages with a header of a connection: what the digest says, the body, its sum, whether that
-- is as was said, and whether a huge length came before.
local function messages(c)
	local octets, at, all, behind = stream(c), 1, {}, false
	while at < #octets do
		local len = big(octets, at)
		at = at + 4
		if len > 65536 then
			behind = true
		else
			local size, said = octets:sub(at, at + len - 1):match('{"size":(%d+),"sum":(%d+)}')
			local body, sum = octets:sub(at + len, at + len + size - 1), 0
			if #body < tonumber(size) then error("the body has not come yet") end
			for k = 1, #body do sum = sum + body:byte(k) end
			said = tonumber(said)
			all[#all + 1] = {said = said, body = body, sum = sum, good = sum % 256 == said, behind = behind}
			at = at + len + size
		end
	end
	return all
end

function digest(n) return messages(2)[n].said end

-- Both on one line: what was read has left the screen when it is asked about.
function shown(n)
	local m = messages(2)[n]
	return ("%d: sum %3d, body %02x %02x %02x"):format(n, m.said, m.body:byte(1, 3))
end

-- The sums of those messages that `counts` takes: as terms, and in all.
local function add(counts)
	local terms, total = {}, 0
	for _, m in ipairs(messages(3)) do
		if counts(m) then
			terms[#terms + 1] = m.sum
			total = total + m.sum
		end
	end
	return table.concat(terms, " + "), total
end

local function counts(m) return m.good and not m.behind end
function terms() return (add(counts)) end
function total() return select(2, add(counts)) end

question{
	id = "short",
	right = function() return got(1) end,
	wrong = {{"waits-for-all", 4}, {"nothing-yet", 0}},
}
question{
	id = "length",
	right = function() return big(stream()) end,
	wrong = function()
		return {{"little-endian", big(stream():sub(1, 4):reverse())},
			{"last-octet-only", stream():byte(4)}, {"two-of-two", stream():byte(3)}}
	end,
}
question{
	id = "missing",
	right = function() return big(stream()) - got(3) - got(4) end,
	wrong = function()
		local len = big(stream())
		return {{"counts-calls", 0}, {"header-counts-too", len - got(3) - got(4) - 4},
			{"only-the-last-read", len - got(4)}}
	end,
}
question{
	id = "whose",
	right = function()
		return got(3) + got(4) + got(5) - big(stream())
	end,
	wrong = function() return {{"one-read-one-message", 0}, {"all-of-it", got(5)}} end,
}
question{
	id = "huge",
	kind = "choice",
	right = function()
		local octets, at = third()
		return big(octets, at) > 1 << 31 and "c" or "a"
	end,
	wrong = {{"believes-it", "a"}, {"signed", "b"}, {"skips-it", "d"}},
}
question{
	id = "digest",
	kind = "choice",
	right = function()
		local m = messages(2)
		return m[1].good and (m[2].good and "d" or "b") or (m[2].good and "a" or "c")
	end,
	wrong = {{"complete-is-intact", "d"}, {"no-modulo", "c"}},
}
question{
	id = "decode",
	right = total,
	wrong = function()
		return {{"trusts-all", select(2, add(function(s) return not s.behind end))},
			{"goes-on", select(2, add(function(s) return s.good end))},
			{"modulo", total() % 256}}
	end,
}

play(function()
	local listener = kernel.listen{}
	local client = kernel.connect{to = server_port, set = {nodelay = 1}}
	client.connected()
	local server = listener.accept()
	local function pass(octets, size)
		client.say(octets)
		wait(0.03)
		server.hear(1, size)
	end
	local one = message(("a long story "):rep(60):sub(1, size))
	local two = message(("another one, "):rep(3))
	ask "short"
	pass(one:sub(1, 2), 4)
	pass(one:sub(3, 4), 2)
	ask "length"
	pass(one:sub(5, 4 + first), size)
	pass(one:sub(5 + first, 4 + first + second), size - first)
	ask "missing"
	pass(one:sub(5 + first + second) .. two:sub(1, extra), 65536)
	ask "whose"
	pass(two:sub(extra + 1), #two - extra)
	pass("\xff\xff\xff\xf0", 4)
	ask "huge"
	client.close()
	server.hear()
	server.close()
	wait(0.05)

	client = kernel.connect{to = server_port, set = {nodelay = 1}}
	client.connected()
	server = listener.accept()
	for i = 1, 2 do
		local sum = (totals[i] + (i == damaged and 7 or 0)) % 256
		local json = '{"size":3,"sum":' .. sum .. "}"
		pass(message(json), 4)
		server.hear(1, #json)
		pass(bodies[i], 3)
	end
	ask "digest"
	client.close()
	server.hear()
	server.close()
	wait(0.05)

	client = kernel.connect{to = server_port, set = {nodelay = 1}}
	client.connected()
	server = listener.accept()
	local octets, from = "", 1
	for i = 1, 5 do
		octets = octets .. with_header(texts[i], (i == spoilt or i == spoilt + 2) and 9 or 0)
	end
	octets = octets .. "\xff\xff\xff\xf0" .. with_header(texts[6], 0)
	for _, cut in ipairs(cuts) do
		if from <= #octets then pass(octets:sub(from, cut), 99) end
		from = cut + 1
	end
	ask "decode"
	client.close()
	server.hear()
	server.close()
end)
