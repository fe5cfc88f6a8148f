-- The same three messages over TCP and over UDP, of which the second gets lost behind the tap.
play(function()
	local client, s = pair(nil, {nodelay = 1})
	client.say("one")
	s.hear()
	s.lose("PA")
	client.say("two")
	wait(0.02)
	s.lose()
	client.say("three")
	local got = 0
	while got < 8 do got = got + #s.hear(3) end
	client.close()
	s.hear()
	s.close()
	wait(0.1)

	tell "udp"
	local receiver = kernel.udp{port = server_port, name = "receiver"}
	local sender = kernel.udp{name = "sender"}
	sender.send_to(server_port, "one")
	receiver.hear_from()
	receiver.lose("PA") -- it looks at an octet that so short a datagram has not: that is lost, too
	sender.send_to(server_port, "two")
	wait(0.02)
	receiver.lose()
	sender.send_to(server_port, "three")
	receiver.hear_from()
	receiver.hear_from(0.5)
end)

-- How often each octet range was sent.
function repeats()
	local seen, n = {}, 0
	for _, s in ipairs(those(seg, function(s) return s.dir == "c2s" and s.len > 0 end)) do
		n = n + (seen[s.seq] and 1 or 0)
		seen[s.seq] = true
	end
	return n
end
