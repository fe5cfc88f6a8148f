-- The server's process is killed; its port stays taken.
documented "false"
play(function()
	local server = kernel.listen{reuse = false}
	local client = kernel.connect{to = server.port()}
	client.connected()
	local s = server.accept()
	local from = client.port()
	killed(s, server)
	client.hear()
	client.close()
	wait(0.1)
	saw("state of the dead server's end", state(server_port, from))
	kernel.listen{port = server_port, reuse = false, fails = true, name = "next server"}
end)
verdict(function()
	local dead = seen "state of the dead server's end" == "TIME-WAIT"
	local next_one = calls("next server", "bind")[1]
	return dead and next_one.gave:find "EADDRINUSE" and "false" or "true",
		{calls("server", "killed"),
			those(seg, function(s) return has(s, "FIN") end), seg[#seg],
			calls("kernel", ""), next_one}
end)
