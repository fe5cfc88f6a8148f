-- The octets before the IP header of a SYN.
documented "false"
play(function() pair() end)
function octets() return frame[seg[1].frame].octets end
function hex(from, to)
	local function two_digits(c) return string.format("%02x ", c:byte()) end
	return (octets():sub(from, to):gsub(".", two_digits))
end
function tcp_ports()
	return number_at(octets(), 14 + 20 + 1, 2), number_at(octets(), 14 + 20 + 3, 2)
end
verdict(function()
	local kind = number_at(octets(), 13, 2)
	local from, to = tcp_ports()
	local fourteen = kind == 0x0800 and octets():byte(15) == 0x45
	local ports = seg[1].dir == "c2s" and conn[1].client:find(":" .. from, 1, true)
		and conn[1].server:find(":" .. to, 1, true)
	return fourteen and ports and "false" or "true", {seg[1]}
end)
