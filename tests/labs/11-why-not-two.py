# The answers of exercise 11, worked out from what the screen shows.
import re


def old(s):
	return int(re.search(r"seq (?:为 )?(\d+)", s.text).group(1))


ANSWERS = [
	("third", lambda s: "RST", {"acks-anything": lambda s: "ACK", "polite-close": lambda s: "FA",
		"keeps-silent": lambda s: "none", "rst-needs-no-ack": lambda s: "RST,ACK"}),
	# what the SYN,ACK will carry as y nobody can know: wrong-direction has no answer here
	("number", lambda s: old(s) + 1, {"forgot-flag": lambda s: old(s),
		"rst-has-no-number": lambda s: 0}),
	("accept", lambda s: "c", {"accept-at-syn": lambda s: "a",
		"accept-then-error": lambda s: "b"}),
	("two", lambda s: "b", {"client-would-tell": lambda s: "a",
		"client-open-too": lambda s: "c"}),
	("live", lambda s: "y+1", {"forgot-flag": lambda s: "y", "wrong-direction": lambda s: "x+1",
		"old-numbers": lambda s: s.row(2, conn=1).seq + 1}),
	("knows", lambda s: next(r.n for r in s.rows if r.conn == 2 and r.dir == ">" and
		r.ack == s.row(2, conn=2).seq + 1), {"syn-proves-nothing": lambda s: 1,
		"sent-is-not-arrived": lambda s: 2, "four-messages": lambda s: 4}),
	("merged", lambda s: next(r.n for r in s.rows if r.conn == 2 and r.flags == {"SYN", "ACK"}),
		{"syn-has-one": lambda s: 1, "third-has-one": lambda s: 3,
		"none-merged": lambda s: "none"}),
]
