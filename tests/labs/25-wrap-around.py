# The answers of exercise 25: all is counted from x modulo 2^32.
import re


def find(s, pattern):
	"""A number on the page, whose lines may end anywhere."""
	return int(re.search(pattern, re.sub(r"\s", "", s.text)).group(1))


def x(s):
	return find(s, r"x=(\d+)")


def said(s):
	"""How many octets the client sends."""
	return find(s, r"(?:itsends|它发送)(\d+)")


def behind(s, more=0):
	return (x(s) + 1 + said(s) + more) % 2**32


ANSWERS = [
	("syn-ack", lambda s: x(s) + 1, {
		"forgot-flag": x,
		"starts-over": lambda s: 0,
	}),
	("data-ack", behind, {
		"last-octet": lambda s: behind(s, -1),
		"one-too-many": lambda s: behind(s, 1),
		"stops-at-the-end": lambda s: 2**32 - 1,
	}),
	("old", lambda s: "b", {
		"greater-is-newer": lambda s: "a",
		"out-of-range": lambda s: "c",
		"silence": lambda s: "d",
	}),
	("distance", lambda s: said(s) + 1, {
		"plain-difference": lambda s: x(s) - behind(s),
		"forgot-flag": said,
		"since-zero": behind,
	}),
	("fin-ack", lambda s: behind(s, 1), {
		"forgot-flag": behind,
	}),
]
