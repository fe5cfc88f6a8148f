-- The student closes by hand: which number a FIN has, and what acknowledges it.
-- Claims C29 (a FIN acknowledges the other end's numbers), C30 (its seq is the last octet plus one).
said = random(4, 19) -- octets of ours, and of the server's
heard = random(3, 9)
again_said = random(2, 9) -- octets of ours in the second connection

local function of(dir, f, list)
	return those(list or seg, function(s) return s.dir == dir and f(s) end)
end
local function data(dir) return of(dir, function(s) return s.len > 0 end)[1] end
local function fins(dir, list) return of(dir, function(s) return has(s, "FIN") end, list) end
local function answer(to, list) return of("s2c", function(s) return s.n > to.n end, list)[1] end

-- Our FIN that has the right number: behind our data.
function fin()
	return those(fins("c2s"), function(s) return s.seq == behind(data("c2s")) end)[1]
end
function server_fin() return fins("s2c")[1] end

-- The second connection: a FIN one too high, what it is answered with, and what fills the gap.
function early() return fins("c2s", conn[2].seg)[1] end
function early_answer() return answer(early(), conn[2].seg) end
-- The number that the server expects, before our FIN has come.
function filler_seq_before() return (conn[2].isn.x + 1 + again_said) % 4294967296 end
function filler_seq() return (early().seq - 1) % 4294967296 end
function filler()
	return of("c2s", function(s) return s.n > early().n and s.len == 1 end, conn[2].seg)[1]
end

question{
	id = "fin-seq",
	right = function() return fin().seq end,
	wrong = function()
		local d = data("c2s")
		return {{"last-octet", behind(d) - 1}, {"one-too-many", behind(d) + 1},
			{"forgot-data", d.seq}, {"wrong-direction", behind(data("s2c"))},
			{"relative-number", said + 1}}
	end,
}
question{
	id = "fin-ack",
	right = function() return answer(fin()).ack end,
	wrong = function()
		local f = fin()
		return {{"forgot-flag", f.seq}, {"one-too-many", f.seq + 2},
			{"wrong-direction", answer(f).seq}, {"relative-number", said + 2}}
	end,
}
question{
	id = "server-fin-ack",
	right = function() return server_fin().ack end,
	wrong = function()
		local f = server_fin()
		return {{"own-plus-one", behind(f)}, {"counted-twice", f.ack + 1}, {"forgot-flag", fin().seq}}
	end,
}
question{
	id = "last-ack",
	right = function() return behind(server_fin()) end,
	wrong = function()
		local f = server_fin()
		return {{"forgot-flag", f.seq}, {"forgot-data", conn[1].isn.y + 2},
			{"wrong-direction", behind(fin())}, {"relative-number", heard + 2}}
	end,
}
question{
	id = "off",
	kind = "choice",
	right = function()
		local a = early_answer()
		return has(a, "RST") and "c" or a.ack == behind(early()) and "a" or "b"
	end,
	wrong = {{"a-fin-is-a-fin", "a"}, {"a-gap-is-no-crime", "c"}, {"silence", "d"}},
}
question{
	id = "filled",
	conn = 2,
	right = function() return answer(filler(), conn[2].seg).ack end,
	wrong = function()
		return {{"octet-only", behind(filler())}, {"last-octet", filler().seq},
			{"relative-number", again_said + 3}}
	end,
}

local function open(server, octets)
	send{flags = "S"}
	expect{flags = "SA"}
	send{flags = "A"}
	local s = server.accept()
	send{data = ("."):rep(octets)}
	expect{flags = "A", ack = x + 1 + octets}
	s.hear()
	return s
end

-- The server's FIN, and our ACK of it with the number n, then with the right one.
local function last(s, n)
	s.close()
	expect{flags = "FA"}
	if n and n ~= ack % 4294967296 then
		send{flags = "A", ack = n, forged = true}
		settle(0.35) -- long enough for the server to repeat its FIN
	end
	send{flags = "A"}
	kernel.is("CLOSED")
end

play(function()
	local server = kernel.listen{}
	local s = open(server, said)
	s.say(("o"):rep(heard))
	expect{len = heard}
	send{flags = "A"}
	local exact = x + 1 + said
	local n = ask "fin-seq"
	ask "fin-ack"
	if n and n ~= exact % 4294967296 then
		send{flags = "FA", seq = n, forged = true}
		settle(0.3)
		tell "not-that"
	end
	send{flags = "FA", seq = exact}
	expect{flags = "A", ack = exact + 1}
	s.hear()
	kernel.is("CLOSE-WAIT")
	ask "server-fin-ack"
	last(s, ask "last-ack")

	tell "second"
	again()
	s = open(server, again_said)
	ask "off"
	exact = x + 1 + again_said
	send{flags = "FA", seq = exact + 1}
	expect{flags = "A", ack = exact}
	kernel.is("ESTABLISHED")
	ask "filled"
	send{data = "!", seq = exact}
	expect{flags = "A", ack = exact + 2}
	kernel.is("CLOSE-WAIT")
	s.hear()
	last(s)
end)
