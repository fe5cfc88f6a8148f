-- What a new namespace has, which are the kernel's own values; and whether anybody asks for it.
documented "false"
play(function()
	saw("tcp_keepalive_time", sysctl("net/ipv4/tcp_keepalive_time"))
	saw("tcp_keepalive_intvl", sysctl("net/ipv4/tcp_keepalive_intvl"))
	saw("tcp_keepalive_probes", sysctl("net/ipv4/tcp_keepalive_probes"))
	kernel.sysctl("net/ipv4/tcp_keepalive_time", "1")
	local _, _, server = pair()
	pair(server, {keepalive = 1})
	wait(2.5)
end)
verdict(function()
	local off, on = #conn[1].seg == 3, #conn[2].seg > 3
	local seconds = tonumber(seen "tcp_keepalive_intvl") < 100
	return off and on and seconds and "false" or off and "partly" or "true",
		{calls("kernel", "tcp"), conn[1].seg, conn[2].seg}
end)
