# The answers of exercise 15, worked out from what the screen shows.


def last(s, dir, conn=1):
	"""The last segment in that direction that had data."""
	return [r for r in s.rows if r.dir == dir and r.len and r.conn == conn][-1]


def behind(r):
	return (r.seq + r.len) % 2**32


def fin(s):
	return behind(last(s, ">"))


def server_fin(s):
	return behind(last(s, "<"))


def first(s, conn):
	"""What the student's end has in its second connection: number of its first octet."""
	return last(s, ">", conn)


def plus(n, more):
	return (n + more) % 2**32


ANSWERS = [
	("fin-seq", fin, {
		"last-octet": lambda s: plus(fin(s), -1),
		"one-too-many": lambda s: plus(fin(s), 1),
		"forgot-data": lambda s: last(s, ">").seq,
		"wrong-direction": server_fin,
	}),
	("fin-ack", lambda s: plus(fin(s), 1), {
		"forgot-flag": fin,
		"one-too-many": lambda s: plus(fin(s), 2),
		"wrong-direction": server_fin,
	}),
	("server-fin-ack", lambda s: plus(fin(s), 1), {
		"own-plus-one": lambda s: plus(server_fin(s), 1),
		"counted-twice": lambda s: plus(fin(s), 2),
		"forgot-flag": fin,
	}),
	("last-ack", lambda s: plus(server_fin(s), 1), {
		"forgot-flag": server_fin,
		"forgot-data": lambda s: plus(last(s, "<").seq, 1),
		"wrong-direction": lambda s: plus(fin(s), 1),
	}),
	("off", lambda s: "b", {
		"a-fin-is-a-fin": lambda s: "a",
		"a-gap-is-no-crime": lambda s: "c",
		"silence": lambda s: "d",
	}),
	# one octet and the FIN behind it
	("filled", lambda s: plus(behind(last(s, ">", 2)), 2), {
		"octet-only": lambda s: plus(behind(last(s, ">", 2)), 1),
		"last-octet": lambda s: behind(last(s, ">", 2)),
	}),
]
