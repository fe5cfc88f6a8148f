-- An exercise as small as one can be: for the tests of check-exercise.
question{
	id = "first",
	right = function() return seg[2].ack end,
	wrong = function() return {{"forgot-flag", seg[1].seq}} end,
}
play(function()
	local server = kernel.listen{}
	ask "first"
	kernel.connect{to = server.port()}.connected()
end)
