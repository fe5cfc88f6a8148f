-- A program sends the text "SYN" over an ordinary socket, and calls it a handshake: it is data.
number = random(100, 99999)
syn = ("SYN seq=%d"):format(number)
synack = ("SYN+ACK ack=%d"):format(number + 1)

function flags(s) return table.concat(s.flags, ",") end
function plus(a, b) return (a + b) % 4294967296 end

-- The segments that carry text; the n-th of them.
function texts(n)
	local list = those(seg, function(s) return s.len > 0 end)
	return n and list[n] or list
end
function numbers(list)
	local found = {}
	for i, s in ipairs(list) do found[i] = s.n end
	return found
end

question{
	id = "state",
	kind = "state",
	right = function() return seg[3].state.client end,
	wrong = {{"not-said-yet", "CLOSED"}, {"half-way", "SYN-SENT"}, {"half-way", "SYN-RECEIVED"}},
}
question{
	id = "before",
	right = function() return texts(1).n - 1 end,
	wrong = {{"not-said-yet", 0}, {"half-way", 1}},
}
question{
	id = "flags",
	kind = "choice",
	right = function()
		local s = texts(1)
		return has(s, "SYN") and (has(s, "ACK") and "c" or "a") or "b"
	end,
	wrong = {{"bytes-are-no-flags", "a"}, {"bytes-are-no-flags", "c"}},
}
question{
	id = "ack",
	right = function() return behind(texts(1)) end,
	wrong = function()
		return {
			{"text-is-no-header", number + 1}, {"as-if-a-syn", texts(1).seq + 1},
			{"last-octet", behind(texts(1)) - 1}, {"forgot-octets", texts(1).seq},
		}
	end,
}
question{
	id = "real",
	kind = "list",
	right = function()
		local last = texts(3).n and texts(1).n
		return numbers(those(seg, function(s) return s.n < last end))
	end,
	wrong = function() return {{"bytes-are-no-flags", numbers(texts())}} end,
}
question{
	id = "without",
	kind = "choice",
	conn = 2,
	right = function()
		local heard = calls("server", "recv")
		return heard[3].gave:find("hello", 1, true) and "b" or "a"
	end,
	wrong = {{"connect-did-it", "a"}, {"no-rst", "c"}},
}

play(function()
	local server = kernel.listen{}
	ask "state"
	ask "before"
	local client = kernel.connect{to = server.port()}
	client.connected()
	local s = server.accept()
	tell "silent"
	ask "flags"
	ask "ack"
	client.say(syn)
	s.hear()
	s.say(synack)
	client.hear()
	client.say("ACK")
	s.hear()
	wait(0.1)
	tell "played"
	ask "real"
	client.close()
	s.close()
	wait(0.1)

	ask "without"
	client = kernel.connect{to = server.port()}
	client.connected()
	s = server.accept()
	client.say("hello")
	s.hear()
	client.close()
	s.close()
end)
