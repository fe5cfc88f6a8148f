-- A third ACK that never comes. Two repetitions instead of five: the kernel's own setting.
documented "true"
play(function()
	kernel.sysctl("net/ipv4/tcp_synack_retries", "2")
	local server = kernel.listen{}
	send{flags = "S"}
	settle(0.1)
	saw("at first", state(server.port(), port))
	settle(8)
	saw("in the end", state(server.port(), port))
end)
function again(i) return when(with "SYN,ACK"[i + 1]) - when(with "SYN,ACK"[1]) end
verdict(function()
	local list = with "SYN,ACK"
	local repeats = #list == 3 and again(1) > 0.9 and again(2) > 2 * again(1)
	local gone = seen "at first" == "SYN-RECEIVED" and seen "in the end" == "CLOSED"
	return repeats and gone and "true" or #list > 1 and "partly" or "false",
		{seg[1], list, calls("kernel", "")}
end)
