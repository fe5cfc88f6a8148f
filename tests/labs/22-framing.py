# The answers of exercise 22, worked out from what the screen shows.
import re


def reads(s):
	"""What the server's reads gave: (number, octets)."""
	found = []
	for who, call, gave in s.calls:
		match = re.match(r'(\d+)(?: "(.*)")?', gave)
		if who == "server" and call.startswith("recv") and match:
			text = re.sub(r'\\n', r'\\x0a', match[2] or '')
			octets = re.findall(r'\\x([0-9a-f]{2})|(.)', text)
			found.append((int(match[1]), [int(h, 16) if h else ord(c) for h, c in octets]))
	return found


def field(s):
	return reads(s)[0][1] + reads(s)[1][1]


def length(s):
	a, b, c, d = field(s)
	return ((a * 256 + b) * 256 + c) * 256 + d


def backwards(s):
	d, c, b, a = field(s)
	return ((a * 256 + b) * 256 + c) * 256 + d


def missing(s):
	return length(s) - reads(s)[2][0] - reads(s)[3][0]


def intact(s):
	return sum(reads(s)[-1][1]) % 256 == int(re.findall(r'"sum":(\d+)', s.text)[-1])


ANSWERS = [
	("short", lambda s: 2, {"waits-for-all": lambda s: 4, "nothing-yet": lambda s: 0}),
	("length", length, {
		"little-endian": backwards,
		"last-octet-only": lambda s: field(s)[3],
		"two-of-two": lambda s: field(s)[2]}),
	("missing", missing, {
		"counts-calls": lambda s: 0,
		"header-counts-too": lambda s: missing(s) - 4,
		"only-the-last-read": lambda s: length(s) - reads(s)[3][0]}),
	("whose", lambda s: reads(s)[4][0] - missing(s), {
		"one-read-one-message": lambda s: 0, "all-of-it": lambda s: reads(s)[4][0]}),
	("huge", lambda s: "c", {
		"believes-it": lambda s: "a", "signed": lambda s: "b", "skips-it": lambda s: "d"}),
	("digest", lambda s: "a" if intact(s) else "b", {
		"complete-is-intact": lambda s: "a", "sum-of-too-much": lambda s: "b"}),
]
