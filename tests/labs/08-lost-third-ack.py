# The answers of exercise 08, worked out from what the screen shows.
import re

LENGTH = r"(?:sends|发送) (\d+) (?:octets|个字节)"


def octets(s):
	return int(re.search(LENGTH, s.text).group(1))


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
	# nothing is on the screen yet: x and y stand for the numbers of the first connection
	("data", lambda s: f"x+1+{octets(s)}", {
		"forgot-flag": lambda s: f"x+{octets(s)}",
		"always-plus-one": lambda s: "x+2",
		"wrong-direction": lambda s: "y",
		"relative-number": lambda s: octets(s) + 1,
		"pure-ack-advances": lambda s: f"x+2+{octets(s)}"}),
	("gave-up", lambda s: "R", {"still-waits": lambda s: "A", "still-half-open": lambda s: "SA",
		"closes-politely": lambda s: "FA", "rst-has-its-number": lambda s: "RA"}),
	("flood", lambda s: "c", {"half-open-is-flood": lambda s: "a",
		"counts-syn-acks": lambda s: "b"}),
]
