-- The octets of one SYN, from the Ethernet header to the options, and the ARP that goes before it.
-- Hosts: 2

far = "192.0.2.2"

local function pair(octets, at) -- a number of two octets, `at` counted from 0
	local a, b = octets:byte(at + 1, at + 2)
	return a * 256 + b
end

local function is_arp(f)
	return pair(f.octets, 12) == 0x0806
end

-- The frame that a segment came in.
local function frame_of(s)
	return frame[s.frame]
end

function syn()
	return frame_of(conn[1].seg[1]).octets
end

-- Rows of 16 octets, each with the offset of its first one.
function hex(octets)
	local digits, rows = "0123456789abcdef", {}
	for at = 0, #octets - 1, 16 do
		local row = ("   " .. at):sub(-4) .. " "
		for i = at + 1, math.min(at + 16, #octets) do
			local c = octets:byte(i)
			row = row .. " " .. digits:sub(c // 16 + 1, c // 16 + 1) .. digits:sub(c % 16 + 1, c % 16 + 1)
		end
		rows[#rows + 1] = "    " .. row
	end
	return table.concat(rows, "\n")
end

-- Where the headers begin, from their lengths: IP's stands in its first octet.
local function ip()
	return pair(syn(), 12) == 0x0800 and 14 or error("no IP in it")
end

local function tcp()
	return ip() + syn():byte(ip() + 1) % 16 * 4
end

function mac_told()
	for _, f in ipairs(frame) do
		if is_arp(f) and pair(f.octets, 20) == 2 then return f.octets:sub(23, 28) end
	end
	error("nobody has answered")
end

question{
	id = "first",
	kind = "choice",
	right = function()
		return is_arp(frame[1]) and frame[1].octets:sub(1, 6) == ("\xff"):rep(6) and "b" or "a"
	end,
	wrong = {{"syn-at-once", "a"}, {"knows-whom", "c"}, {"dns", "d"}},
}
question{
	id = "header",
	right = ip,
	wrong = {{"eighteen", 18}, {"addresses-only", 12}},
}
question{
	id = "mac",
	right = function() return syn():find(mac_told(), 1, true) - 1 end,
	wrong = {{"source-first", 6}, {"in-the-ip-header", 30}},
}
question{
	id = "port",
	right = function() return tcp() + 2 end,
	wrong = {{"in-the-ethernet-header", 14}, {"source-port", 34}, {"without-ethernet", 22}},
}
question{
	id = "seq",
	right = function() return tcp() + 4 end,
	wrong = {{"in-the-tcp-header", 4}, {"without-ethernet", 24}, {"counted-from-one", 39},
		{"ack-number", 42}},
}
question{
	id = "flags",
	right = function() return tcp() + 13 end,
	wrong = {{"in-the-tcp-header", 13}, {"without-ethernet", 33}, {"counted-from-one", 48},
		{"length-of-the-header", 46}},
}
question{
	id = "mss",
	right = function()
		local at = tcp() + 20
		return pair(syn(), at) == 0x0204 and pair(syn(), at + 2) or error("no MSS at once")
	end,
	wrong = {{"little-endian", 0xb405}, {"mtu", 1500}, {"kind-and-length", 0x0204}},
}
question{
	id = "again",
	right = function()
		local from, to = calls("client", "connect(" .. far)[2].time, frame_of(conn[2].seg[1]).t
		return #those(frame, function(f) return is_arp(f) and f.t >= from and f.t <= to end)
	end,
	wrong = {{"each-time", 2}, {"asks-only", 1}},
}
question{
	id = "lo",
	kind = "choice",
	right = function()
		return frame_of(conn[3].seg[1]).octets:sub(1, 12) == ("\0"):rep(12) and "b" or "a"
	end,
	wrong = {{"has-a-mac", "a"}, {"no-header", "c"}, {"broadcast", "d"}},
}

-- A connection over which both talk for a while: five seconds later the kernels then need not check
-- what ARP has told them, with a frame in the middle of a question. (Their timer is half a second
-- late.)
local function talk()
	local client = kernel.connect{host = far, to = 7}
	client.connected()
	for _, word in ipairs{"hello", "still there?"} do
		client.say(word)
		client.hear()
		wait(0.6)
	end
end

play(function()
	local listener = kernel.listen{}
	ask "first"
	talk()
	tell "octets"
	ask "header"
	ask "mac"
	ask "port"
	ask "seq"
	ask "flags"
	ask "mss"
	ask "again"
	talk()
	ask "lo"
	local third = kernel.connect{to = server_port}
	third.connected()
	listener.accept()
	wait(0.05)
	tell "lo-octets"
end)
