# The answers of exercise 16. The order of the cases differs from run to run; the rest is knowledge.
import re


def server_first(s):
	"""The case without SO_REUSEADDR in which the server closes first: 1 or 3."""
	return 1 if re.search(r"- 1: (the server|服务器)", s.text) else 3


def client_first(s):
	return 4 - server_first(s)


ANSWERS = [
	("old-end", lambda s: "TIME-WAIT", {
		"thinks-closed": lambda s: "CLOSED",
		"passive-end": lambda s: "LAST-ACK",
		"halfway": lambda s: "FIN-WAIT-2",
		"never-closed": lambda s: "CLOSE-WAIT",
	}),
	("table", server_first, {
		"always": lambda s: "1,3",
		"client-holds-it": client_first,
		"option-is-no-use": lambda s: "%d,%d" % (server_first(s), server_first(s) + 1),
		"never": lambda s: "none",
	}),
	("half", lambda s: "1,2", {
		"new-is-enough": lambda s: "2",
		"old-is-enough": lambda s: "1",
		"either-is-enough": lambda s: "none",
	}),
	("holder", lambda s: "c", {
		"kill-it": lambda s: "a",
		"ask-the-client": lambda s: "b",
		"rename": lambda s: "d",
	}),
]
