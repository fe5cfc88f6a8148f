-- A server is started again on its port: who closed first, and who had SO_REUSEADDR, decides.
-- Claims C36, C40-C42: TIME-WAIT, what it blocks, and what cures it.
one = random(0, 1) == 0 and "client" or "server"
other = one == "client" and "server" or "client"
-- Each case: who closes first; whether the old server had SO_REUSEADDR, and the new one has it.
cases = {
	{one, false, false}, {one, true, true}, {other, false, false}, {other, true, true},
	{"server", false, true}, {"server", true, false},
}
zh = {client = "客户端", server = "服务器"} -- as the Chinese page calls them
server_first = one == "server" and 1 or 3 -- without SO_REUSEADDR

-- What bind() and listen() of the new server in case i gave.
local function again(i)
	return those(calls("new" .. i, ""), function(c) return c.call:find("bind", 1, true) end)[1]
end
function in_use(i) return again(i).gave == "-1 EADDRINUSE" end
local function failing(from, to)
	local list = {}
	for i = from, to do
		if in_use(i) then list[#list + 1] = i - from + 1 end
	end
	return list
end

question{
	id = "old-end",
	kind = "state",
	right = function() return conn[server_first].final.server end,
	wrong = {
		{"thinks-closed", "CLOSED"},
		{"passive-end", "LAST-ACK"},
		{"halfway", "FIN-WAIT-2"},
		{"never-closed", "CLOSE-WAIT"},
	},
}
question{
	id = "table",
	kind = "list",
	right = function() return failing(1, 4) end,
	wrong = {
		{"always", {1, 3}},
		{"client-holds-it", {one == "client" and 1 or 3}},
		{"option-is-no-use", one == "server" and {1, 2} or {3, 4}},
		{"never", {}},
	},
}
question{
	id = "half",
	kind = "list",
	right = function() return failing(5, 6) end,
	wrong = {{"new-is-enough", {2}}, {"old-is-enough", {1}}, {"either-is-enough", {}}},
}
question{
	id = "holder",
	kind = "choice",
	-- The old server has closed both its sockets before bind() fails.
	right = function()
		local b = again(server_first)
		local closed = calls("old" .. server_first, "close")
		local gone = those(closed, function(c) return c.time < b.time end)
		return in_use(server_first) and #gone == 2 and "c" or "a"
	end,
	wrong = {{"kill-it", "a"}, {"ask-the-client", "b"}, {"rename", "d"}},
}

local function play_case(i)
	local who, had, has_it = table.unpack(cases[i])
	local port = server_port + i - 1
	local old = kernel.listen{port = port, reuse = had, name = "old" .. i}
	local client = kernel.connect{to = port}
	client.connected()
	local s = old.accept()
	local first, second = client, s
	if who == "server" then first, second = s, client end
	first.close()
	second.hear()
	second.close()
	old.close()
	wait(0.1) -- the last ACK, too, has come: only TIME-WAIT is left
	local new = kernel.listen{port = port, reuse = has_it, fails = true, name = "new" .. i}
	if new then new.close() end
end

play(function()
	ask "old-end"
	ask "table"
	for i = 1, 4 do
		tell("case-" .. i)
		play_case(i)
	end
	ask "half"
	for i = 5, 6 do
		tell("case-" .. i)
		play_case(i)
	end
	ask "holder"
end)
