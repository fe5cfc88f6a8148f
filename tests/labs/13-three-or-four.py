# The answers of exercise 13, worked out from what the screen shows.
import re


def lingers(s):
	return float(re.search(r"(0\.\d+) (?:s,|秒)", s.text).group(1))


ANSWERS = [
	("alone", lambda s: "FA", {"fin-alone": lambda s: "F", "ack-only": lambda s: "A",
		"rst-is-abort": lambda s: "R"}),
	("prompt", lambda s: 3, {"always-four": lambda s: 4, "nobody-acks": lambda s: 2}),
	("merged", lambda s: "b", {"own-ack": lambda s: "a", "last-two": lambda s: "c",
		"nothing-merged": lambda s: "d"}),
	("lingering", lambda s: 4, {"always-three": lambda s: 3, "asks-to-wait": lambda s: 5}),
	("wait", lambda s: "c", {"asks-client-to-wait": lambda s: "a", "zero-window": lambda s: "b"}),
	("client", lambda s: "FIN_WAIT2", {"ack-has-come": lambda s: "FIN_WAIT1",
		"not-yet-both": lambda s: "TIME_WAIT", "other-end": lambda s: "CLOSE_WAIT"}),
	("gap", lambda s: lingers(s), {"kernel-closes": lambda s: "40ms",
		"that-is-time-wait": lambda s: 60}),
	("abort", lambda s: 1, {"rst-is-acked": lambda s: 2, "always-three": lambda s: 3,
		"always-four": lambda s: 4}),
]
