# The answers of exercise 19: which RST is exact is compared with what the page says.
import re


def rsts(s):
	"""How far each of the four is off the number that is expected."""
	seq = [int(n) for n in re.findall(r"- \d: seq (\d+)", s.text)[:4]]
	flat = re.sub(r"\s", "", s.text)  # lines may end anywhere
	expected = int(re.search(r"(?:expectsnumber|期望的下一个序号是)(\d+)", flat).group(1))
	return [(n - expected + 2**31) % 2**32 - 2**31 for n in seq]


def those(f):
	def found(s):
		return ",".join(str(i) for i, off in enumerate(rsts(s), 1) if f(off))
	return found


ANSWERS = [
	("closes", lambda s: "1,2", {
		"close-is-fin": lambda s: "none",
		"only-linger": lambda s: "1",
		"only-unread": lambda s: "2",
		"close-is-rst": lambda s: "1-3",
	}),
	("reads", lambda s: "b", {
		"an-end-is-an-end": lambda s: "a",
		"never-learns": lambda s: "c",
		"data-first": lambda s: "d",
	}),
	("late", lambda s: "RST", {
		"still-acknowledged": lambda s: "A",
		"with-ack": lambda s: "RST,ACK",
		"second-fin": lambda s: "FA",
	}),
	("kills", those(lambda off: off == 0), {
		"any-in-window": those(lambda off: 0 <= off < 60000),
		"any-rst": lambda s: "1-4",
		"not-the-future": those(lambda off: off < 60000),
		"none-does": lambda s: "none",
	}),
	("challenge", lambda s: "b", {
		"ignored": lambda s: "a",
		"rst-for-rst": lambda s: "c",
		"believed": lambda s: "d",
	}),
]
