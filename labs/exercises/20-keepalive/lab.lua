-- Keepalive in seconds instead of hours: when it asks, with which number, and when it gives up.
-- Claims C44 (off by default; its numbers), C45 (what resets it), C46 (what it is for).
said = random(3, 19) -- octets of the server's
data_at = random(4, 7) / 10 -- when the client says something
-- The last round: idle time, time between probes, how many of them. They differ from each other, or
-- a wrong sum could be right.
idle = random(1, 2)
interval = idle == 1 and 2 or 1
count = idle == 1 and 2 or random(2, 3)

local function at(s) return frame[s.frame].t end
-- The first time, and the last, that the server's program turned it on.
local function on(n)
	local list = calls("server", "setsockopt(keepalive, 1)")
	return list[n].time
end
function next_seq()
	return behind(those(seg, function(s) return s.dir == "s2c" and s.len > 0 end)[1])
end
-- A probe is a pure ACK of the server's with a number that has been used.
local function probes()
	return those(with("ACK"), function(s)
		return s.dir == "s2c" and s.len == 0 and (s.seq + 1) % 4294967296 == next_seq()
	end)
end
function probe() return probes()[1] end
function rst() return with("RST,ACK")[1] end
function waited() return at(probe()) - on(1) end
function lived() return at(rst()) - on(2) end
function unanswered() return #those(probes(), function(s) return at(s) > on(2) end) end

question{
	id = "default",
	kind = "choice",
	right = function()
		local early = those(probes(), function(s) return at(s) < on(1) end)
		local idle_for = on(1) - calls("server", "setsockopt(keepidle")[1].time
		return #early == 0 and idle_for > 1.2 and "b" or "a"
	end,
	wrong = {{"on-by-itself", "a"}, {"program-asks", "c"}},
}
question{
	id = "after-data",
	kind = "time",
	within = 0.1,
	right = waited,
	wrong = {{"not-reset", 1}, {"two-hours", 7200}, {"data-only", data_at}},
}
question{
	id = "probe-seq",
	right = function() return probe().seq end,
	wrong = function()
		return {{"next-number", next_seq()}, {"wrong-direction", probe().ack},
			{"one-octet-more", next_seq() + 1}, {"relative-number", said}}
	end,
}
question{
	id = "death",
	kind = "time",
	within = 0.1,
	right = lived,
	wrong = {{"no-last-wait", idle + (count - 1) * interval}, {"forgot-idle", count * interval},
		{"defaults", 7200 + 9 * 75}},
}
question{
	id = "how",
	kind = "flags",
	right = function() return rst().flags end,
	wrong = {{"orderly", "FIN,ACK"}, {"orderly", "FIN"}, {"one-more-probe", "ACK"}},
}
question{
	id = "told",
	kind = "choice",
	right = function()
		local r = calls("server", "recv")
		local told = {["0"] = "a", ["-1 ETIMEDOUT"] = "b", ["-1 ECONNRESET"] = "c"}
		return rst() and (told[r[#r].gave] or "d") or nil
	end,
	wrong = {{"orderly-end", "a"}, {"who-reset-it", "c"}, {"never-told", "d"}},
}

play(function()
	local server = kernel.listen{}
	send{flags = "S"}
	expect{flags = "SA"}
	send{flags = "A"}
	local s = server.accept()
	s.say(("h"):rep(said))
	expect{len = said}
	send{flags = "A"}

	ask "default"
	s.set("keepidle", 1)
	silence(1.3)
	ask "after-data"
	ask "probe-seq"
	s.set("keepalive", 1)
	wait(data_at)
	send{data = "!"}
	expect{flags = "A", ack = x + 2}
	s.hear()
	expect{flags = "A", seq = y + said, within = 2}
	send{flags = "A"}
	s.set("keepalive", 0)

	s.set("keepidle", idle)
	s.set("keepintvl", interval)
	s.set("keepcnt", count)
	ask "death"
	ask "how"
	ask "told"
	s.set("keepalive", 1)
	for _ = 1, count do
		expect{flags = "A", seq = y + said, within = 3}
	end
	expect{flags = "RA", within = 3}
	s.hear()
end)
