-- The same tuple again while its TIME-WAIT lasts: where do the new numbers begin?
documented "true"
play(function()
	local server = kernel.listen{}
	send{flags = "S"}
	expect{flags = "SA"}
	send{flags = "A"}
	local s = server.accept()
	send{data = "old"}
	expect{flags = "A"}
	s.hear()
	s.close()
	expect{flags = "FA"}
	send{flags = "FA"}
	expect{flags = "A"}
	kernel.is("TIME-WAIT")
	send{data = "old", seq = x + 1, ack = y + 1, forged = true} -- it comes once more
	settle(0.2)
	again(x + 9)
	send{flags = "S"}
	expect{flags = "SA"}
	send{flags = "A"}
	server.accept()
end)
verdict(function()
	local old, new = conn[1], conn[2]
	local end_y = those(old.seg, function(s) return has(s, "FIN")
		and s.dir == "s2c" end)[1].seq + 1
	local higher = (new.seg[2].seq - end_y) % 4294967296
	local late = those(old.seg, function(s) return s.len > 0 end)[2]
	local answer = seg[late.n + 1]
	local last = those(old.seg, function(s) return has(s, "FIN") and s.dir == "c2s" end)[1]
	local died = answer.len == 0 and answer.ack == behind(last) and not has(answer, "RST")
	return higher < 2147483648 and higher > 0 and died and "true" or "false",
		{those(old.seg, function(s) return has(s, "FIN") end), late, answer, new.seg[1],
			new.seg[2]}
end)
