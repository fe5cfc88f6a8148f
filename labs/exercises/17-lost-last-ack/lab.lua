-- The last ACK of a close gets lost, again and again: who repeats what, and what TIME-WAIT is for.
-- Claim C38: the FIN comes again, is acknowledged again, and the timer starts again.
said = random(3, 19) -- octets of the server's, so that its numbers are not those of the client

-- The server's FINs, and the client's ACKs of them.
function fins() return those(with("FIN,ACK"), function(s) return s.dir == "s2c" end) end
function acks()
	local number = behind(fins()[1])
	return those(with("ACK"), function(s) return s.dir == "c2s" and s.ack == number end)
end
function gap(i) return fins()[i + 1].t - fins()[i].t end
function put_off()
	local list = acks()
	return list[#list].t - list[1].t
end

question{
	id = "who",
	kind = "choice",
	right = function()
		local first = acks()[1]
		local next = those(seg, function(s) return s.n > first.n end)[1]
		if next.dir == "s2c" then return has(next, "FIN") and "b" or "d" end
		return has(next, "FIN") and "c" or "a"
	end,
	wrong = {{"ack-again-by-itself", "a"}, {"client-again", "c"}, {"all-is-over", "d"}},
}
question{
	id = "server-state",
	kind = "state",
	-- What the segments told at the lost ACK was corrected by the next FIN.
	right = function() return conn[1].correction[1].state end,
	wrong = {{"thinks-closed", "CLOSED"}, {"not-closed-yet", "CLOSE-WAIT"},
		{"wrong-end", "TIME-WAIT"}, {"too-early", "FIN-WAIT-1"}},
}
question{
	id = "again-ack",
	right = function() return acks()[2].ack end,
	wrong = function()
		local f = fins()[1]
		return {{"each-fin-counts", behind(f) + 1}, {"forgot-flag", f.seq},
			{"wrong-direction", f.ack}, {"relative-number", said + 2}}
	end,
}
question{
	id = "gaps",
	kind = "choice",
	right = function()
		local n = #fins()
		local ratio = gap(n - 1) / gap(n - 2)
		return ratio > 1.5 and "b" or ratio < 0.67 and "c" or "a"
	end,
	wrong = {{"steady", "a"}, {"impatient", "c"}, {"once", "d"}},
	late = true, -- not before the last FIN
}
question{
	id = "put-off",
	kind = "time",
	within = 0.1,
	right = function() return #acks() > 1 and put_off() or nil end,
	wrong = function()
		local first = acks()[2].t - acks()[1].t
		return {{"never-restarted", 0}, {"first-only", first}, {"whole-wait", 60}}
	end,
	late = true,
}

play(function()
	local server = kernel.listen{}
	local client = kernel.connect{to = server.port()}
	client.connected()
	local s = server.accept()
	s.say(("b"):rep(said))
	client.hear()
	wait(0.1)
	ask "who"
	ask "server-state"
	ask "again-ack"
	ask "gaps"
	client.shutdown()
	s.hear()
	wait(0.1) -- the ACK of this FIN, which may be late, does not ride on the other FIN
	s.lose("A", "SA")
	s.shutdown()
	wait(1.05)
	s.lose()
	wait(1) -- meanwhile the FIN comes once more, and its ACK arrives
	ask "put-off"
end)
