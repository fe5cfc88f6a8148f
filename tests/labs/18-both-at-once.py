# The answers of exercise 18. x is not known when they are given: it is named.
import re


def y(s):
	return int(re.search(r"y=(\d+)", re.sub(r"\s", "", s.text)).group(1))


ANSWERS = [
	("crossed", lambda s: "SYN_RCVD", {
		"still-waits": lambda s: "SYN-SENT",
		"one-is-enough": lambda s: "ESTABLISHED",
		"gives-up": lambda s: "CLOSED",
	}),
	("syn-ack-seq", lambda s: "x", {
		"syn-counts-twice": lambda s: "x+1",
		"wrong-direction": y,
		"mixed-up": lambda s: (y(s) + 1) % 2**32,
	}),
	("how-many", lambda s: 4, {  # two SYNs, and an ACK of each
		"always-three": lambda s: 3,
		"one-too-soon": lambda s: 2,
		"twice-three": lambda s: 6,
	}),
	("fins-crossed", lambda s: "CLOSING", {
		"took-it-for-an-ack": lambda s: "FIN-WAIT-2",
		"as-if-second": lambda s: "CLOSE-WAIT",
		"nearly": lambda s: "LAST-ACK",
		"too-fast": lambda s: "TIME-WAIT",
	}),
	("who-waits", lambda s: "c", {
		"one-is-always-first": lambda s: "a",
		"nobody-first": lambda s: "d",
	}),
	("self", lambda s: "b", {
		"refused": lambda s: "a",
		"hangs": lambda s: "c",
		"into-the-void": lambda s: "d",
	}),
	("self-count", lambda s: 3, {  # the socket hears its own SYN, SYN,ACK and ACK
		"both-sides": lambda s: 4,
		"one-is-enough": lambda s: 1,
		"two": lambda s: 2,
	}),
]
