-- Three messages with a length of four octets before each, in segments that are cut anywhere.
documented "true"
play(function()
	local server = kernel.listen{}
	send{flags = "S"}
	expect{flags = "SA"}
	send{flags = "A"}
	local s = server.accept()
	local function exactly(n)
		local got = ""
		while #got < n do got = got .. assert(s.hear(1, n - #got)) end
		return got
	end
	send{data = "\0\0"}
	settle(0.1)
	local first = s.hear(1, 4) -- what the usual code takes for the whole length
	send{data = "\0\5he"}
	send{data = "llo\0\0\0\0\0\0\0\3bye"}
	settle(0.1)
	local length = number_at(first .. exactly(4 - #first), 1, 4)
	saw("first message", exactly(length))
	saw("second message", exactly(number_at(exactly(4), 1, 4)))
	saw("third message", exactly(number_at(exactly(4), 1, 4)))
end)
verdict(function()
	local right = seen "first message" == "hello" and seen "second message" == ""
		and seen "third message" == "bye"
	return right and "true" or "false",
		{those(seg, function(s) return s.len > 0 end), calls("server", "recv"),
		calls("kernel", "")}
end)
