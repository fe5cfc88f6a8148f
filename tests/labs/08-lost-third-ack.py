# The answers of exercise 08, worked out from what the screen shows.
import re

LENGTH = r"(?:sends|发送) (\d+) (?:octets|个字节)"


def octets(s):
	return int(re.search(LENGTH, s.text).group(1))


def data(s):
	return next(r for r in s.rows if r.conn == 1 and "PSH" in r.flags)


ANSWERS = [
	("who", lambda s: "b", {"client-repeats-syn": lambda s: "a", "ack-is-repeated": lambda s: "c",
		"nobody-repeats": lambda s: "d"}),
	("client", lambda s: "ESTABLISHED", {"client-waits": lambda s: "SYN_SENT",
		"states-swapped": lambda s: "SYN-RECEIVED"}),
	("server", lambda s: "SYN_RECV", {"server-is-open": lambda s: "established",
		"back-to-listen": lambda s: "listen"}),
	("when", lambda s: 1 + 2, {"each-second": lambda s: 2, "that-is-the-first": lambda s: 1}),
	("ends", lambda s: "b", {"opened-anew": lambda s: "a", "data-too-early": lambda s: "c",
		"needs-pure-ack": lambda s: "d"}),
	("data", lambda s: data(s).seq + octets(s), {
		"always-plus-one": lambda s: data(s).seq + 1,
		"last-octet": lambda s: data(s).seq + octets(s) - 1,
		"relative-number": lambda s: octets(s) + 1,
		"wrong-direction": lambda s: data(s).ack - 1,
		"pure-ack-advances": lambda s: data(s).seq + octets(s) + 1}),
	("gave-up", lambda s: "R", {"still-waits": lambda s: "A", "still-half-open": lambda s: "SA",
		"closes-politely": lambda s: "FA", "rst-has-its-number": lambda s: "RA"}),
	("flood", lambda s: "c", {"half-open-is-flood": lambda s: "a",
		"counts-syn-acks": lambda s: "b"}),
]
