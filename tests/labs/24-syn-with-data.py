# The answers of exercise 24, counted from x; how many octets there are stands in the question.
import re


def octets(s):
	"""How many the last question tells of."""
	flat = re.sub(r"\s", "", s.text)
	return int(re.findall(r"(?:carries|and|携带|和)(\d+)(?:octets|个字节)", flat)[-1])


ANSWERS = [
	("plain-ack", lambda s: "x+1", {
		"data-count": lambda s: "x+1+%d" % octets(s),
		"forgot-flag": lambda s: "x+%d" % octets(s),
	}),
	("then", lambda s: "b", {
		"server-keeps-it": lambda s: "a",
		"lost-for-ever": lambda s: "c",
		"is-an-error": lambda s: "d",
	}),
	("cookie-ack", lambda s: "x+1+%d" % octets(s), {
		"syn-only": lambda s: "x+1",
		"forgot-flag": lambda s: "x+%d" % octets(s),
	}),
	("read-when", lambda s: "SYN_RECV", {
		"waits-for-the-third": lambda s: "ESTABLISHED",
		"nothing-there-yet": lambda s: "LISTEN",
	}),
	("bad-ack", lambda s: "x+1", {
		"data-count": lambda s: "x+1+%d" % octets(s),
		"forgot-flag": lambda s: "x",
	}),
]
