# The answers of exercise 14, worked out from what the screen shows.
import re


# The client's first data, as long as nothing else has come.
def question(s):
	return next(r for r in s.rows if r.conn == 1 and r.dir == ">" and r.len)


def fin(s):
	return next(r for r in s.rows if r.conn == 1 and "FIN" in r.flags)


def reply(s):
	return int(re.search(r"(?:now sends|现在发送) (\d+)", s.text).group(1))


def behind(s):
	return question(s).seq + question(s).len


ANSWERS = [
	("acked", lambda s: behind(s) + 1, {"forgot-flag": lambda s: behind(s),
		"wrong-direction": lambda s: question(s).ack - 1,
		"relative-number": lambda s: question(s).len + 2}),
	("client", lambda s: "FIN-WAIT-2", {"fin-not-acked": lambda s: "FIN-WAIT-1",
		"closed-at-once": lambda s: "CLOSED", "both-have-closed": lambda s: "TIME-WAIT",
		"other-end": lambda s: "CLOSE-WAIT"}),
	("server", lambda s: "CLOSE-WAIT", {"still-open": lambda s: "ESTABLISHED",
		"fin-sent-already": lambda s: "LAST-ACK", "other-end": lambda s: "FIN-WAIT-2",
		"closed-at-once": lambda s: "CLOSED"}),
	("may", lambda s: "c", {"server-has-nothing-left": lambda s: "a",
		"kernel-refuses": lambda s: "b"}),
	("late-ack", lambda s: question(s).ack + reply(s), {
		"always-plus-one": lambda s: question(s).ack + 1,
		"last-octet": lambda s: question(s).ack + reply(s) - 1,
		"wrong-direction": lambda s: question(s).seq - 1,
		"relative-number": lambda s: reply(s) + 1}),
	("late-seq", lambda s: fin(s).seq + 1, {"fin-takes-none": lambda s: fin(s).seq,
		"wrong-direction": lambda s: question(s).ack + reply(s),
		"acks-take-numbers": lambda s: fin(s).seq + 2}),
	("closed", lambda s: "R", {"close-is-shutdown": lambda s: "A", "fin-again": lambda s: "FA",
		"rst-has-its-number": lambda s: "RA"}),
]
