# The answers of exercise 03, worked out from what the screen shows.
import re


def numbers(s):
	"""Those that the last question names: how many octets."""
	question = s.text.rstrip().rsplit("\n\n", 1)[-1]
	return [int(n) for n in re.findall(r"\b\d+\b", question.split("\n?")[0])]


def x(s):
	return int(re.search(r"\bx=(\d+)", s.text).group(1))


def octets(s):
	return numbers(s)[-1]


def client(s):
	"""Where the client stands: what the server's last segment acknowledges."""
	return [r for r in s.rows if r.dir == "<"][-1].ack


ANSWERS = [  # in the order they are asked
	("ack-syn", lambda s: x(s) + 1, {
		"forgot-flag": x,
		"relative-number": lambda s: 1}),
	("ack-data", lambda s: s.row(3).seq + octets(s), {
		"always-plus-one": lambda s: s.row(3).seq + 1,
		"last-octet": lambda s: s.row(3).seq + octets(s) - 1,
		"wrong-direction": lambda s: s.row(2).seq}),
	("seq-reply", lambda s: s.row(2).seq + 1, {
		"pure-ack-advances": lambda s: s.row(2).seq + 2,
		"forgot-flag": lambda s: s.row(2).seq,
		"counted-ours": lambda s: s.row(2).seq + 1 + s.row(4).len,
		"wrong-direction": client}),
	("ack-fin", lambda s: client(s) + octets(s) + 1, {
		"forgot-flag": lambda s: client(s) + octets(s),
		"always-plus-one": lambda s: client(s) + 1,
		"each-one-more": lambda s: client(s) + octets(s) + 2}),
	("seq-fin", lambda s: s.row(6).seq + s.row(6).len, {
		"forgot-data": lambda s: s.row(2).seq + 1,
		"forgot-flag": lambda s: s.row(2).seq + s.row(6).len,
		"pure-ack-advances": lambda s: s.row(6).seq + s.row(6).len + 1,
		"wrong-direction": client}),
]
