# The answers of exercise 05: all are asked before the segments; y is known to nobody then.
import re


def last(pattern, s):
	return re.findall(pattern, s.text)[-1]


def off(s):
	return last(r"ack=y\+(\d+)", s)


def x(s):
	return int(last(r"\bseq=(\d{4,})", s))


ANSWERS = [  # in the order they are asked
	("flags", lambda s: "RST", {
		"challenged": lambda s: "ACK",
		"has-ack-already": lambda s: "RST,ACK",
		"says-it-again": lambda s: "SYN,ACK"}),
	("rst-seq", lambda s: "y+" + off(s), {
		"its-own-next": lambda s: "y+1",
		"as-if-closed": lambda s: 0,
		"own-first": lambda s: "y",
		"wrong-direction": lambda s: "x+1"}),
	("after-rst", lambda s: "b", {
		"request-gone": lambda s: "a"}),
	("rst-seq-2", lambda s: "y", {
		"its-own-next": lambda s: "y+1",
		"as-if-closed": lambda s: 0}),
	("seq-low", lambda s: "b", {
		"rst-is-for-acks": lambda s: "a",
		"not-silent": lambda s: "c",
		"says-it-again": lambda s: "d"}),
	("low-ack", lambda s: x(s) + 1, {
		"takes-what-it-got": x,
		"one-more": lambda s: x(s) + 2}),
	("seq-high", lambda s: "c", {
		"window": lambda s: "b"}),
]
