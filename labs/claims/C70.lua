-- An ISN of 2^32 - 3, and five octets.
documented "true"
play(function()
	again(4294967293)
	local server = kernel.listen{}
	send{flags = "S"}
	expect{flags = "SA"}
	send{flags = "A"}
	local s = server.accept()
	send{data = "hello"}
	expect{flags = "A"}
	s.hear()
end)
verdict(function()
	local said = those(seg, function(s) return s.len > 0 end)[1]
	local answer = those(seg, function(s) return s.n > said.n end)[1]
	return answer.ack == 3 and "true" or "false", {seg[1], seg[2], seg[3], said, answer}
end)
