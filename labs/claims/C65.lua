-- Another host, on a cable: what must pass before the first segment, there and on lo.
-- Hosts: 2
documented "true"
play(function()
	kernel.connect{to = server_port}.connected() -- something on lo, to compare
	wait(0.1)
	kernel.connect{host = "192.0.2.2", to = 7}.connected(3)
end)
function kind(f) return number_at(f.octets, 13, 2) end
function mac(octets, at)
	return string.format("%02x:%02x:%02x:%02x:%02x:%02x", octets:byte(at, at + 5))
end
function on_lo()
	return those(frame, function(f) return f.octets:sub(1, 12) == ("\0"):rep(12) end)
end
-- The requests (1), the answers (2).
function arp(operation)
	return those(frame, function(f) return kind(f) == 0x0806
		and number_at(f.octets, 21, 2) == operation end)
end
function address() return table.concat({arp(1)[1].octets:byte(39, 42)}, ".") end
function answered() return mac(arp(2)[1].octets, 23) end
verdict(function()
	local sent = conn[2].seg[1]
	local arp_on_lo = those(on_lo(), function(f) return kind(f) == 0x0806 end)
	local maps = when(sent) > when(arp(1)[1]) and mac(frame[sent.frame].octets, 1) == answered()
	return maps and #arp_on_lo == 0 and "true" or "false",
		{seg[1], arp(1), arp(2), sent, conn[2].seg[2]}
end)
