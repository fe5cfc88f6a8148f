# The answers of exercise 07, worked out from what the screen shows.
import re


def text(s):
	"""What the client is about to send."""
	return re.search(r"SYN\s+seq=(\d+)", s.text)


def octets(s):
	return len("SYN seq=") + len(text(s).group(1))


ANSWERS = [  # in the order they are asked
	("state", lambda s: "ESTABLISHED", {
		"not-said-yet": lambda s: "CLOSED",
		"half-way": lambda s: "SYN-SENT"}),
	("before", lambda s: 3, {
		"not-said-yet": lambda s: 0,
		"half-way": lambda s: 1}),
	("flags", lambda s: "b", {
		"bytes-are-no-flags": lambda s: "a"}),
	("ack", lambda s: s.row(3).seq + octets(s), {
		"text-is-no-header": lambda s: int(text(s).group(1)) + 1,
		"as-if-a-syn": lambda s: s.row(3).seq + 1,
		"last-octet": lambda s: s.row(3).seq + octets(s) - 1,
		"forgot-octets": lambda s: s.row(3).seq}),
	("real", lambda s: "1-3", {  # those without octets, up to the ACK of the SYN,ACK
		"bytes-are-no-flags": lambda s: ",".join(str(r.n) for r in s.rows if r.len)}),
	("without", lambda s: "b", {
		"connect-did-it": lambda s: "a",
		"no-rst": lambda s: "c"}),
]
