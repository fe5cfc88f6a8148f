-- The same ack number without the flag and with it: the kernel answers otherwise.
documented "false"
play(function()
	local listener, other = kernel.listen{}, peer()
	send{flags = "S", ack = 5000}
	expect{flags = "SA", ack = x + 1}
	other.send{flags = "SA", ack = 5000}
	other.settle(0.2)
end)
-- The number in the header, whatever the flag says.
function number_of(s)
	return number_at(frame[s.frame].octets, 14 + 20 + 8 + 1, 4)
end
verdict(function()
	local without, with_flag = seg[1], conn[2].seg[1]
	local apart = number_of(without) == number_of(with_flag) and has(seg[2], "SYN")
		and has(conn[2].seg[2], "RST")
	return apart and "false" or "true", {without, seg[2], with_flag, conn[2].seg[2]}
end)
