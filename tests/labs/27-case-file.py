# The answers of exercise 27, worked out from the segments that the screen shows.
import re


class Row:
	def __init__(self, match):
		self.time, body = float(match[3]), match[4]
		self.dir = "<" if "<" in body else ">"
		self.flags = set(re.search(r"[A-Z]+(,[A-Z]+)*", body)[0].split(","))
		self.len = "PSH" in self.flags  # the number may stand on the next line


def connections(s):
	"""Rows of all connections, also of those that pass side by side: "#3.4 0.000 ...|...|"."""
	found, here = {}, 1
	for line in s.text.split("\n"):
		header = re.match(r"#(\d+)  \S+ -> ", line)
		row = re.match(r" *(?:#(\d+)\.)?(\d+) +(\d+\.\d+) .*?\|(.*?)\|", line)
		if header:
			here = int(header[1])
		elif row:
			found.setdefault(int(row[1] or here), []).append(Row(row))
	return found


def fins(rows):
	return [r for r in rows if "FIN" in r.flags]


def data_between(rows):
	first, second = [rows.index(r) for r in fins(rows)[:2]]
	return any(r.len for r in rows[first + 1:second])


def case_of(rows):
	if sum(r.flags == {"SYN"} for r in rows) > 1:
		return "lost-syn"
	if sum(r.flags == {"SYN", "ACK"} for r in rows) > 1:
		return "lost-ack"
	if "RST" in rows[1].flags:
		return "refused"
	if "RST" in rows[-1].flags:
		return "abort"
	if fins(rows)[0].dir == "<":
		return "server-first"
	if data_between(rows):
		return "half"
	return "four" if fins(rows)[1].time - fins(rows)[0].time > 0.1 else "three"


def number(name):
	return lambda s: next(n for n, rows in connections(s).items() if case_of(rows) == name)


ANSWERS = [(name, number(name), {m: number(other) for m, other in mistaken.items()})
	for name, mistaken in (
		("refused", {"rst-is-rst": "abort"}),
		("three", {"slow-server": "four", "wrong-end": "server-first"}),
		("four", {"prompt-server": "three", "went-on-sending": "half"}),
		("server-first", {"wrong-end": "three"}),
		("abort", {"rst-is-rst": "refused"}),
		("half", {"just-slow": "four"}),
		("lost-syn", {"other-loss": "lost-ack"}),
		("lost-ack", {"other-loss": "lost-syn"}))]
