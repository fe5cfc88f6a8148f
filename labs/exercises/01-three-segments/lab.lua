-- A kernel client connects to a kernel server: which flags and numbers are in the three segments?
question{
	id = "flags",
	kind = "flags",
	right = function() return seg[3].flags end,
	wrong = {{"says-syn-again", "SYN"}, {"that-is-the-second", "SYN,ACK"}},
}
question{
	id = "ack-2",
	right = function() return seg[2].ack end,
	wrong = function() return {{"forgot-flag", seg[1].seq}, {"wrong-direction", seg[2].seq + 1}} end,
}
question{
	id = "random",
	kind = "choice",
	right = function() return seg[3].seq == behind(seg[1]) and "b" or "a" end,
	wrong = {{"random-again", "a"}, {"own-number-of-the-server", "c"}},
}
question{
	id = "ack-3",
	right = function() return behind(seg[2]) end,
	wrong = function() return misread(seg[2], seg[1].seq) end,
}

play(function()
	local server = kernel.listen{}
	ask "flags"
	ask "ack-2"
	ask "random"
	local client = kernel.connect{to = server.port()}
	client.connected()
	local s = server.accept()
	ask "ack-3"
	tell "close"
	client.close()
	s.hear()
	s.close()
end)
