# The answers of exercise 09, worked out from what the screen shows.


def syn(s, n):
	return [r for r in s.rows if r.conn == 1 and "SYN" in r.flags and r.dir == ">"][n - 1].time


def doubles(s):
	return syn(s, 3) - syn(s, 2) > 1.5 * syn(s, 2)


ANSWERS = [
	("same", lambda s: "a", {"syn-counts-again": lambda s: "b", "new-isn": lambda s: "c"}),
	("state", lambda s: "SYN_SENT", {"other-end": lambda s: "SYN_RECV",
		"back-to-closed": lambda s: "CLOSED", "open-too-early": lambda s: "ESTABLISHED"}),
	# a misconception of the other kind of kernel is right on this one: None
	("fourth", lambda s: 7 if doubles(s) else 3, {
		"doubles-at-once": lambda s: None if doubles(s) else 7,
		"same-wait-always": lambda s: 3 if doubles(s) else None,
		"last-wait-alone": lambda s: 4 if doubles(s) else 1}),
	("doubled", lambda s: 1 + 2, {"second-wait-alone": lambda s: 2,
		"one-syn-too-many": lambda s: 1 + 2 + 4}),
	("server", lambda s: "c", {"server-counts": lambda s: "a", "server-half-open": lambda s: "b"}),
]
