-- A file over TCP: length, a header with name, size and digest, then the octets; the digest is compared.
local lines = {}
for i = 1, 400 do lines[i] = ("line %03d of a file that is downloaded\n"):format(i) end
file = table.concat(lines)

local function crc32(octets)
	local crc = 0xffffffff
	for i = 1, #octets do
		crc = crc ~ octets:byte(i)
		for _ = 1, 8 do crc = crc >> 1 ~ (crc & 1) * 0xedb88320 end
	end
	return ("%08x"):format(crc ~ 0xffffffff)
end

-- A reader of exactly so many octets.
local function all(s, size)
	local parts = {}
	while size > 0 do
		parts[#parts + 1] = s.hear(1, math.min(4096, size))
		size = size - #parts[#parts]
	end
	return table.concat(parts)
end

play(function()
	local client, s = pair()
	client.say("get a.txt")
	s.hear()
	local header = ('{"name":"a.txt","size":%d,"crc32":"%s"}'):format(#file, crc32(file))
	s.say(string.char(0, 0, 0, #header) .. header)
	s.say(file)
	wait(0.05)
	local told = all(client, number_at(all(client, 4), 1, 4))
	local size, said = told:match('"size":(%d+).-(%x+)"}')
	tell "header"
	local got = all(client, tonumber(size))
	client.say(crc32(got) == said and said .. ": same" or "differs")
	s.hear()
	client.close()
	s.hear()
	s.close()
end)

function verdict() return calls("server", "recv")[2].gave:match '"(.*)"' end
