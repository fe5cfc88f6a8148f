-- SYNs are lost: what the client repeats, and when. Kernels differ, so it is measured, not known.

-- How long after the first SYN of a connection its n-th one left.
function at(c, n)
	local s = with("SYN", c.seg)
	return s[n].t - s[1].t
end

-- What the first connection tells of a fourth SYN: its last wait, or twice that.
function foreseen()
	local second, third = at(conn[1], 2), at(conn[1], 3)
	local wait = third - second
	return third + (wait > 1.5 * second and 2 or 1) * wait
end

function secs(t) return ("%.2f"):format(t) end -- for the page

question{
	id = "same",
	kind = "choice",
	right = function()
		local s = with("SYN")
		return s[2].seq == s[1].seq and "a" or s[2].seq == behind(s[1]) and "b" or "c"
	end,
	wrong = {{"syn-counts-again", "b"}, {"new-isn", "c"}},
}
question{
	id = "state",
	kind = "state",
	right = function() return with("SYN")[2].state.client end,
	wrong = {{"other-end", "SYN-RECEIVED"}, {"back-to-closed", "CLOSED"},
		{"open-too-early", "ESTABLISHED"}},
}
question{
	id = "fourth",
	kind = "time",
	within = 0.15,
	right = function() return at(conn[2], 4) end,
	wrong = function()
		local one = at(conn[1], 2)
		local doubles = at(conn[2], 4) > 5 * one
		return {doubles and {"same-wait-always", 3 * one} or {"doubles-at-once", 7 * one},
			{"last-wait-alone", at(conn[2], 4) - at(conn[2], 3)}}
	end,
}
question{ -- a kernel without the switch doubles at once: its first connection shows it
	id = "doubled",
	kind = "time",
	within = 0.15,
	right = function() return at(conn[3] or conn[1], 3) end,
	wrong = function()
		local one = at(conn[1], 2)
		return {{"second-wait-alone", 2 * one}, {"one-syn-too-many", 7 * one}}
	end,
}
question{
	id = "server",
	kind = "choice",
	right = function() return #with("SYN,ACK") == 1 and #with("SYN") == 3 and "c" or "a" end,
	wrong = {{"server-counts", "a"}, {"server-half-open", "b"}},
}

-- Lose the SYNs of a client until the n-th, and answer that one.
local function lose(crafted, n)
	local client = kernel.connect{to = crafted.port}
	for _ = 2, n do
		crafted.drop{flags = "S", within = 9}
	end
	crafted.expect{flags = "S", within = 9}
	crafted.send{flags = "SA"}
	crafted.expect{flags = "A"}
	client.connected()
	client.abort()
	crafted.expect{flags = "RA"}
end

play(function()
	local one, two, three = peer(), peer(), peer()
	ask "same"
	ask "state"
	lose(one, 3)
	tell "look"
	ask "fourth"
	lose(two, 4)
	local switch = pcall(kernel.sysctl, "net/ipv4/tcp_syn_linear_timeouts", "0")
	tell(switch and "switch" or "no-switch")
	ask "doubled"
	if switch then lose(three, 3) end
	ask "server"
end)
