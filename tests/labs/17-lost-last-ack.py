# The answers of exercise 17: numbers and times are read from the ladder.


def server_data(s):
	return [r for r in s.rows if r.dir == "<" and r.len][-1]


def behind(s):
	"""What acknowledges the server's FIN."""
	r = server_data(s)
	return (r.seq + r.len + 1) % 2**32


def acks(s):
	"""The client's ACKs of that FIN."""
	return [r for r in s.rows if r.dir == ">" and r.flags == {"ACK"} and r.ack == behind(s)]


ANSWERS = [
	("who", lambda s: "b", {
		"ack-again-by-itself": lambda s: "a",
		"client-again": lambda s: "c",
		"all-is-over": lambda s: "d",
	}),
	("server-state", lambda s: "LAST_ACK", {
		"thinks-closed": lambda s: "CLOSED",
		"not-closed-yet": lambda s: "CLOSE-WAIT",
		"wrong-end": lambda s: "TIME-WAIT",
		"too-early": lambda s: "FIN-WAIT-1",
	}),
	("again-ack", behind, {
		"each-fin-counts": lambda s: (behind(s) + 1) % 2**32,
		"forgot-flag": lambda s: (behind(s) - 1) % 2**32,
		"wrong-direction": lambda s: (s.row(1).seq + 2) % 2**32,
	}),
	("gaps", lambda s: "b", {
		"steady": lambda s: "a",
		"impatient": lambda s: "c",
		"once": lambda s: "d",
	}),
	("put-off", lambda s: "%.3f" % (acks(s)[-1].time - acks(s)[0].time), {
		"never-restarted": lambda s: "0",
		"first-only": lambda s: "%.3f" % (acks(s)[1].time - acks(s)[0].time),
		"whole-wait": lambda s: "60",
	}),
]
