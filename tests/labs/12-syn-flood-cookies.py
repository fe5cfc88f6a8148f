# The answers of exercise 12, worked out from what the screen shows.
FLOOD = 20


# How many of the flood's SYNs were answered when there were no cookies.
def kept(s):
	return sum(1 for r in s.rows if r.conn <= FLOOD and r.dir == "<" and r.n == 2)


ANSWERS = [
	("answers", lambda s: "b", {"no-limit": lambda s: "a",
		"listen-is-for-accept": lambda s: "c"}),
	("honest", lambda s: "c", {"only-the-flood-suffers": lambda s: "a", "refused": lambda s: "b"}),
	("cookies", lambda s: FLOOD - kept(s), {"all-are-cookies": lambda s: FLOOD,
		"those-with-room": lambda s: kept(s), "dropped-as-before": lambda s: 0}),
	("repeated", lambda s: kept(s), {"all-come-again": lambda s: FLOOD,
		"cookies-come-again": lambda s: FLOOD - kept(s), "none-comes-again": lambda s: 0}),
	("honest-again", lambda s: "a", {"refused": lambda s: "b", "queue-is-full": lambda s: "c"}),
	("where", lambda s: "c", {"in-memory": lambda s: "a", "in-an-option": lambda s: "b"}),
]
