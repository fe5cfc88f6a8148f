-- listen(1), and four clients; nobody calls accept().
documented "false"
play(function()
	local server = kernel.listen{backlog = 1}
	for i = 1, 4 do
		kernel.connect{to = server.port(), name = "client " .. i}.connected(0.3)
	end
end)
function let_in()
	return those(conn, function(c) return c.handshake.complete end)
end
function refused()
	return those(conn, function(c) return #with("RST", c.seg) + #with("RST,ACK", c.seg) > 0 end)
end
verdict(function()
	local as_claimed = #let_in() == 1 and #refused() == 3
	local last = conn[#conn].seg
	return as_claimed and "true" or "false", {let_in()[1].seg, let_in()[2].seg, last,
		calls(nil, "connect()")}
end)
