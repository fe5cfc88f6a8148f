-- Data on a SYN: with Fast Open, and without.
documented "false"
play(function()
	local cookies = pcall(kernel.sysctl, "net/ipv4/tcp_fastopen", "3")
	local server = kernel.listen{set = {fastopen = 5}}
	local a, b = peer(), peer()
	a.send{flags = "S", data = "early"}
	a.expect{flags = "SA"}
	send{flags = "S", opt = "mss=1460,fo,nop,nop"}
	local given = expect{flags = "SA"}.options:match("\34\10(........)")
	if not given then return end
	local cookie = given:gsub(".", function(c) return string.format("%02x", c:byte()) end)
	b.send{flags = "S", data = "early", opt = "mss=1460,nop,nop,fo=" .. cookie}
	b.expect{flags = "SA"}
	local s = server.accept()
	s.hear()
end)
verdict(function()
	local plain, fast = conn[1].seg, conn[3] and conn[3].seg
	local refused = has(plain[2], "RST")
	local taken = fast and fast[2].ack == behind(fast[1])
	return refused and "true" or taken and "false" or "partly",
		{plain[1], plain[2], fast and {fast[1], fast[2]} or {}, calls("server", "recv")}
end)
