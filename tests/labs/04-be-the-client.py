# The answers of exercise 04, worked out from what the screen shows.
ANSWERS = [  # in the order they are asked
	("ack", lambda s: s.row(2).seq + 1, {
		"forgot-flag": lambda s: s.row(2).seq,
		"wrong-direction": lambda s: s.row(2).ack,
		"relative-number": lambda s: 1,
		"one-too-many": lambda s: s.row(2).seq + 2}),
	("seq-2", lambda s: s.row(1, conn=2).seq + 1, {
		"forgot-flag": lambda s: s.row(1, conn=2).seq,
		"wrong-direction": lambda s: s.row(2, conn=2).seq + 1,
		"relative-number": lambda s: 1,
		"the-other-connection": lambda s: s.row(1).seq + 1}),
	("ack-2", lambda s: "y+1", {  # of the connection on the screen
		"forgot-flag": lambda s: s.row(2, conn=2).seq,
		"wrong-direction": lambda s: s.row(2, conn=2).ack,
		"relative-number": lambda s: 1,
		"the-other-connection": lambda s: s.row(2).seq + 1}),
	("seq-data", lambda s: s.row(2, conn=3).ack, {
		"pure-ack-advances": lambda s: s.row(2, conn=3).ack + 1,
		"forgot-flag": lambda s: s.row(1, conn=3).seq,
		"wrong-direction": lambda s: s.row(2, conn=3).seq + 1,
		"relative-number": lambda s: 1}),
]
