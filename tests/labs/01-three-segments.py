# The answers of exercise 01, worked out from what the screen shows.
ANSWERS = [  # in the order they are asked; x and y are not known before the SYN
	("flags", lambda s: "ACK", {
		"says-syn-again": lambda s: "SYN",
		"that-is-the-second": lambda s: "SYN,ACK"}),
	("ack-2", lambda s: "x+1", {
		"forgot-flag": lambda s: "x",
		"wrong-direction": lambda s: "y+1",
		"flag-and-number": lambda s: 1}),
	("seq-3", lambda s: "b", {
		"random-again": lambda s: "a",
		"wrong-direction": lambda s: "c",
		"forgot-flag": lambda s: "d"}),
	("ack-3", lambda s: "y+1", {
		"forgot-flag": lambda s: "y",
		"wrong-direction": lambda s: "x+1",
		"flag-and-number": lambda s: 1}),
	("ack-counts", lambda s: "2,3", {  # every segment but the first
		"the-field-is-always-there": lambda s: "1-3",
		"only-the-last": lambda s: "3"}),
	("first-octet", lambda s: s.row(3).seq, {  # the pure ACK used up nothing
		"pure-ack-advances": lambda s: s.row(3).seq + 1,
		"forgot-flag": lambda s: s.row(1).seq,
		"wrong-direction": lambda s: s.row(3).ack}),
]
