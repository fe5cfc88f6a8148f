-- How long the kernel keeps TIME-WAIT, asked twice a second; tcp_fin_timeout is set to 5.
documented "true"
play(function()
	kernel.sysctl("net/ipv4/tcp_fin_timeout", "5")
	local client, s, server = pair()
	local from, to = client.port(), server.port()
	client.close()
	s.hear()
	s.close()
	wait(0.2)
	saw("the passive closer", state(to, from))
	saw("the active closer", state(from, to))
	local most = 150
	repeat
		wait(0.5)
		most = most - 1
	until state(from, to) ~= "TIME-WAIT" or most == 0
	saw("... and then", state(from, to))
end)
function lasted()
	return when(calls("kernel", "... and then")[1]) - when(seg[#seg])
end
verdict(function()
	local waits = seen "the active closer" == "TIME-WAIT"
		and seen "the passive closer" == "CLOSED"
		and seen "... and then" == "CLOSED" and lasted() > 30
	local fins = those(seg, function(s) return has(s, "FIN") end)
	return waits and "true" or "false", {fins, seg[#seg], calls("kernel", "")}
end)
