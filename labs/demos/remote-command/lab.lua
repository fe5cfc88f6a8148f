-- A command, and a reply far larger than recv(1024): read in a loop, by the length sent before it.
-- The replies are canned: nothing is executed.
local lines = {}
for i = 1, 150 do lines[i] = ("-rw-r--r-- 1 root root %6d file-%03d"):format(i * 37, i) end
reply = {ls = table.concat(lines, "\n")}

play(function()
	local client, s = pair()
	client.say("ls")
	local text = reply[s.hear()]
	s.say(string.char(0, 0, #text >> 8, #text & 255) .. text)
	wait(0.05)
	tell "one"
	local size, got = number_at(client.hear(1, 4), 1, 4), 0
	while got < size do
		got = got + #client.hear(1, math.min(1024, size - got))
	end
	client.close()
	s.hear()
	s.close()
end)

function reads() return #calls("client", "recv") - 1 end
