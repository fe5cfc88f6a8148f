-- The last ACK gets lost, and the other side is silent: what does the end of TIME-WAIT prove?
documented "partly"
play(function()
	local client = kernel.connect{}
	expect{flags = "S"}
	send{flags = "SA"}
	expect{flags = "A"}
	client.close()
	expect{flags = "FA"}
	send{flags = "A"}
	send{flags = "FA"}
	drop{flags = "A"} -- we are in LAST-ACK, and stay there
	local from = client_port
	saw("we have not closed: the kernel", state(from, port))
	local most = 150
	repeat
		wait(0.5)
		most = most - 1
	until state(from, port) ~= "TIME-WAIT" or most == 0
	saw("... and later", state(from, port))
	send{flags = "FA", seq = y + 1}
	settle(0.2)
end)
verdict(function()
	local gone = seen "we have not closed: the kernel" == "TIME-WAIT"
		and seen "... and later" == "CLOSED"
	local reset = those(seg, function(s) return has(s, "RST") end)[1]
	local fins = those(seg, function(s) return has(s, "FIN") end)
	return gone and reset and "partly" or "true", {fins, reset or {}, calls("kernel", "")}
end)
