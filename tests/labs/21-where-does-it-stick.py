# The answers of exercise 21, worked out from what the screen shows.
import re


def words(s):
	"""The lengths of the words: the first two are quoted, the question on Nagle has the lengths."""
	return [len(w) for w in re.findall(r'send\("([^"]*)"\)', s.text)[:2]]


def small(s):
	"""The word that is read in pieces: quoted behind the last question on recv(2)."""
	return len(re.findall(r'send\(\)[^"]*"([^"]*)"', s.text)[-1])


def three(s):
	found = re.findall(r'(\d+)\s*(?:,|、)\s*(\d+)\s*(?:and|、)\s*(\d+)\s*(?:octets|字节)', s.text)
	return [int(n) for n in found[-1]]


ANSWERS = [
	("segments", lambda s: 2, {"buffer-must-fill": lambda s: 1, "one-each-way": lambda s: 4}),
	("read", lambda s: sum(words(s)), {
		"one-send-one-recv": lambda s: words(s)[0], "fills-the-buffer": lambda s: 65536}),
	("small", lambda s: (small(s) + 1) // 2, {
		"recv-is-a-message": lambda s: 1,
		"forgot-the-odd-one": lambda s: small(s) // 2,
		"one-octet-each": small}),
	("nagle", lambda s: 2, {
		"one-send-one-segment": lambda s: 3, "waits-from-the-start": lambda s: 1}),
	("nagle-length", lambda s: sum(three(s)[1:]), {
		"one-send-one-segment": lambda s: three(s)[1], "all-of-it": lambda s: sum(three(s))}),
	("cork", lambda s: 1, {"one-send-one-segment": lambda s: 3, "like-nagle": lambda s: 2}),
	("cure", lambda s: "d", {
		"larger-buffer": lambda s: "a", "sleep": lambda s: "b", "nodelay": lambda s: "c"}),
]
