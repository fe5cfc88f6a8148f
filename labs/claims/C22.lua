-- SYNs that nobody answers: as the kernel repeats them by itself, and without its linear timeouts.
documented "partly"
play(function()
	local mute = peer()
	kernel.connect{}
	wait(7.6)
	local newer = pcall(kernel.sysctl, "net/ipv4/tcp_syn_linear_timeouts", "0")
	if not newer then return end
	kernel.connect{to = mute.port}
	wait(7.6)
end)
function times(list)
	local t = {}
	for i = 2, #list do t[#t + 1] = string.format("%.0f", when(list[i]) - when(list[1])) end
	return table.concat(t, ", ")
end
verdict(function()
	local own, doubled = times(seg), conn[2] and times(conn[2].seg)
	return own == "1, 3, 7" and "true" or doubled == "1, 3, 7" and "partly" or "false",
		{seg, conn[2] and conn[2].seg or {}}
end)
