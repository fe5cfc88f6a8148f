-- A server with a thread for each connection: two clients are served at once.
local function serve(thread, client, text)
	client.say(text)
	thread.say(thread.hear())
	client.hear()
end

play(function()
	local server = kernel.listen{}
	local function come(client, thread)
		local c = kernel.connect{to = server.port(), name = client}
		c.connected()
		return c, named(server.accept(), thread)
	end
	local ann, one = come("ann", "thread-1")
	local ben, two = come("ben", "thread-2")
	tell "two"
	serve(one, ann, "hello")
	serve(two, ben, "me too")
	serve(one, ann, "again")
	tell "leave"
	ann.close()
	one.hear()
	one.close()
	serve(two, ben, "alone")
	ben.close()
	two.hear()
	two.close()
end)
