-- Eight connections in an order of chance: what happened to each?

cases = {"refused", "three", "four", "server-first", "abort", "half", "lost-syn", "lost-ack"}
for i = #cases, 2, -1 do
	local k = random(1, i)
	cases[i], cases[k] = cases[k], cases[i]
end

-- How a case is known by its packets: by what the model says of them.
local signs = {
	refused = function(c) return diagnosed("refused", c) end,
	three = function(c) return diagnosed("close-three", c) and c.close.by == "client" end,
	four = function(c) return diagnosed("close-four", c) and not diagnosed("half-close", c) end,
	["server-first"] = function(c) return diagnosed("close-three", c) and c.close.by == "server" end,
	abort = function(c) return diagnosed("abortive-close", c) end,
	half = function(c) return diagnosed("half-close", c) end,
	["lost-syn"] = function(c) return diagnosed("syn-retransmitted", c) end,
	["lost-ack"] = function(c) return diagnosed("third-ack-not-accepted", c) end,
}

-- The number of the one connection that is such a case.
function case(name)
	local found
	for i, c in ipairs(conn) do
		if c.shape and signs[name](c) then
			if found then error("two of them") end
			found = i
		end
	end
	return found or error("none of them")
end

-- What one case is taken for: by each name a misconception.
local mistaken = {
	{"refused", {["rst-is-rst"] = "abort"}},
	{"three", {["slow-server"] = "four", ["wrong-end"] = "server-first"}},
	{"four", {["prompt-server"] = "three", ["went-on-sending"] = "half"}},
	{"server-first", {["wrong-end"] = "three"}},
	{"abort", {["rst-is-rst"] = "refused"}},
	{"half", {["just-slow"] = "four"}},
	{"lost-syn", {["other-loss"] = "lost-ack"}},
	{"lost-ack", {["other-loss"] = "lost-syn"}},
}

for _, row in ipairs(mistaken) do
	question{
		id = row[1],
		late = true,
		right = function() return case(row[1]) end,
		wrong = function()
			local list = {}
			for name, other in pairs(row[2]) do list[#list + 1] = {name, case(other)} end
			return list
		end,
	}
end

local listener

-- Both ends of a connection over which both have talked.
local function opened()
	local client = kernel.connect{to = server_port}
	client.connected(3)
	local server = listener.accept(3)
	client.say("question")
	server.hear()
	server.say("answer")
	client.hear()
	return client, server
end

local plays = {
	refused = function()
		kernel.connect{to = server_port + 1}.connected()
	end,
	three = function()
		local client, server = opened()
		client.close()
		server.close()
	end,
	four = function()
		local client, server = opened()
		client.close()
		wait(0.2)
		server.close()
	end,
	["server-first"] = function()
		local client, server = opened()
		server.close()
		client.close()
	end,
	abort = function()
		local client, server = opened()
		client.say("no, wait")
		client.abort()
		wait(0.02)
		server.close()
	end,
	half = function()
		local client, server = opened()
		client.shutdown()
		wait(0.1)
		server.say("a last answer")
		client.hear()
		server.close()
		client.close()
	end,
	["lost-syn"] = function()
		listener.lose("S", "SA")
		local client = kernel.connect{to = server_port}
		wait(0.1)
		listener.lose()
		client.connected(3)
		listener.accept(3)
	end,
	["lost-ack"] = function()
		listener.lose("A", "SA")
		local client = kernel.connect{to = server_port}
		client.connected(3)
		wait(0.1)
		listener.lose()
		listener.accept(3)
	end,
}

play(function()
	listener = kernel.listen{}
	for _, name in ipairs(cases) do
		plays[name]()
		wait(0.05)
	end
	for _, row in ipairs(mistaken) do ask(row[1]) end
end)
