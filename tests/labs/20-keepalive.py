# The answers of exercise 20: times and numbers come from what the page says is set.
import re


def find(s, *patterns):
	"""A number on the page, whose lines may end anywhere."""
	flat = re.sub(r"\s", "", s.text)
	return [re.search(p, flat) for p in patterns if re.search(p, flat)][-1].group(1)


def data_at(s):
	return float(find(s, r"SO_KEEPALIVE\.([\d.]+)secondslater", r"SO_KEEPALIVE。([\d.]+)秒之后"))


def settings(s):
	"""Idle time, interval and count of the last round."""
	return (int(find(s, r"TCP_KEEPIDLEis(\d+)s,", r"TCP_KEEPIDLE为(\d+)秒")),
		int(find(s, r"TCP_KEEPINTVL为?(\d+)")),
		int(find(s, r"TCP_KEEPCNT为?(\d+)")))


def next_seq(s):
	r = [r for r in s.rows if r.dir == "<" and r.len][-1]
	return (r.seq + r.len) % 2**32


def death(s):
	idle, interval, count = settings(s)
	return idle + count * interval


ANSWERS = [
	("default", lambda s: "b", {
		"on-by-itself": lambda s: "a",
		"program-asks": lambda s: "c",
	}),
	("after-data", lambda s: data_at(s) + 1, {
		"not-reset": lambda s: 1,
		"two-hours": lambda s: 7200,
		"data-only": data_at,
	}),
	("probe-seq", lambda s: (next_seq(s) - 1) % 2**32, {
		"next-number": next_seq,
		"wrong-direction": lambda s: (s.row(1).seq + 2) % 2**32,
		"one-octet-more": lambda s: (next_seq(s) + 1) % 2**32,
	}),
	("death", death, {
		"no-last-wait": lambda s: death(s) - settings(s)[1],
		"forgot-idle": lambda s: death(s) - settings(s)[0],
		"defaults": lambda s: 7875,
	}),
	("how", lambda s: "RST,ACK", {
		"orderly": lambda s: "FIN,ACK",
		"one-more-probe": lambda s: "ACK",
	}),
	("told", lambda s: "b", {
		"orderly-end": lambda s: "a",
		"who-reset-it": lambda s: "c",
		"never-told": lambda s: "d",
	}),
]
