-- The third ACK is lost: who repeats what, what ends it, and why that is no SYN flood.
len = random(3, 9)

-- The server's SYN,ACKs; the client's data; what the server says to it.
local function repeats(c) return with("SYN,ACK", c.seg) end
function said(c)
	return those(c.seg, function(s) return s.dir == "c2s" and s.len > 0 end)[1]
end
function answer(c)
	local d = said(c)
	return those(c.seg, function(s) return s.n > d.n and s.dir == "s2c" end)[1]
end

-- When the n-th SYN,ACK left, counted from the first; as the page shows it.
function again(n) return repeats(conn[1])[n].t - seg[2].t end
function secs(t) return ("%.2f"):format(t) end

question{
	id = "who",
	kind = "choice",
	right = function() return repeats(conn[1])[2].again and #with("SYN") == 1 and "b" or "a" end,
	wrong = {{"client-repeats-syn", "a"}, {"ack-is-repeated", "c"}, {"nobody-repeats", "d"}},
}
question{
	id = "client",
	kind = "state",
	right = function() return seg[2].state.client end,
	wrong = {{"client-waits", "SYN-SENT"}, {"states-swapped", "SYN-RECEIVED"}},
}
question{
	id = "server",
	kind = "state",
	right = function() return repeats(conn[1])[2].state.server end,
	wrong = {{"server-is-open", "ESTABLISHED"}, {"back-to-listen", "LISTEN"}},
}
question{
	id = "when",
	kind = "time",
	right = function() return again(3) end,
	wrong = function() return {{"each-second", 2 * again(2)}, {"that-is-the-first", again(2)}} end,
}
question{ -- the capture cannot tell what got lost behind it: accept() can
	id = "ends",
	kind = "choice",
	right = function()
		local before, after = calls("server", "accept")[1], calls("server", "accept")[2]
		local send = calls("client", "send")[1]
		local by_data = before.gave ~= after.gave and before.time < send.time
		return by_data and #with("SYN") == 1 and "b" or "a"
	end,
	wrong = {{"opened-anew", "a"}, {"data-too-early", "c"}, {"needs-pure-ack", "d"}},
}
question{
	id = "data",
	right = function() return answer(conn[1]).ack end,
	wrong = function()
		local d = said(conn[1])
		return {{"forgot-flag", seg[1].seq + len}, {"always-plus-one", d.seq + 1},
			{"wrong-direction", seg[2].seq}, {"relative-number", len + 1},
			{"pure-ack-advances", behind(d) + 1}}
	end,
}
question{
	id = "gave-up",
	kind = "flags",
	right = function() return answer(conn[2]).flags end,
	wrong = {{"still-waits", "ACK"}, {"still-half-open", "SYN,ACK"}, {"closes-politely", "FIN,ACK"},
		{"rst-has-its-number", "RST,ACK"}},
}
question{
	id = "flood",
	kind = "choice",
	right = function()
		return #conn == 2 and #with("SYN") + #with("SYN", conn[2].seg) == 2 and "c" or "a"
	end,
	wrong = {{"half-open-is-flood", "a"}, {"counts-syn-acks", "b"}},
}

-- A client whose ACKs get lost between the tap and the server's socket.
local function connect_in_vain(server, seconds)
	server.lose("A", "SA")
	local client = kernel.connect{to = server.port()}
	client.connected()
	wait(seconds)
	return client
end

play(function()
	local server = kernel.listen{}
	ask "who"
	ask "client"
	ask "server"
	ask "when"
	ask "ends"
	ask "data" -- before it is to be read off
	local client = connect_in_vain(server, 3.3) -- two repetitions; the next is 4 s away
	server.accept(0)
	server.lose()
	client.say(("abcdefghi"):sub(1, len))
	local s = server.accept()
	wait(0.1)
	s.hear()
	client.close()
	s.hear()
	s.close()
	kernel.sysctl("net/ipv4/tcp_synack_retries", "1")
	ask "gave-up"
	client = connect_in_vain(server, 3.4) -- repeated at 1 s; at 3 s the server has had enough
	server.lose()
	client.say("anybody?")
	client.hear()
	client.close()
	ask "flood"
end)
