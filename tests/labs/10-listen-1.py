# The answers of exercise 10, worked out from what the screen shows.
import re


def octets(s):
	return int(re.search(r"(?:sends|发送) (\d+) (?:octets|个字节)", s.text).group(1))


ANSWERS = [
	("in", lambda s: 1 + 1, {"just-n": lambda s: 1, "accept-does-it": lambda s: 0,
		"all-of-them": lambda s: 5}),
	("next", lambda s: "b", {"refused": lambda s: "a", "half-open": lambda s: "c"}),
	# nothing is on the screen yet: x and y stand for the numbers of the second connection
	("unread", lambda s: f"x+1+{octets(s)}", {"not-taken": lambda s: "x+1",
		"forgot-flag": lambda s: f"x+{octets(s)}", "wrong-direction": lambda s: "y+1",
		"relative-number": lambda s: octets(s) + 1}),
	("later", lambda s: "b", {"must-call-again": lambda s: "a",
		"server-remembers": lambda s: "c"}),
	("reads", lambda s: s.row(4, conn=2).len, {"lost-before-accept": lambda s: 0}),
]
