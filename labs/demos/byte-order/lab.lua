-- Formats of struct: one number in both byte orders, and the padding of a C compiler.
number = 0x01020304

-- What struct.pack(">I", n) gives, or with "H" or "B": so many octets, the highest first.
local function big(n, size)
	return size == 0 and "" or big(n >> 8, size - 1) .. string.char(n & 255)
end
local function little(n, size) return big(n, size):reverse() end

play(function()
	local client, s = pair()
	local function pass(octets)
		client.say(octets)
		wait(0.02)
		return s.hear()
	end
	pass(little(number, 4))
	pass(big(number, 4))
	tell "order"
	pass(big(1, 1) .. big(2, 2) .. big(number, 4))
	pass(little(1, 1) .. "\0\0\0" .. little(number, 4))
	client.close()
	s.hear()
	s.close()
end)

-- The octets of the client's n-th message, as they were captured.
function octets(n)
	local said = those(seg, function(s) return s.dir == "c2s" and s.len > 0 end)[n]
	return frame[said.frame].octets:sub(-said.len)
end
function hex(n) return (octets(n):gsub(".", function(c) return (" %02x"):format(c:byte()) end)) end
