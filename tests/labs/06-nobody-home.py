# The answers of exercise 06: the RFC's rules for a RST, applied to the numbers of the questions.
import re


def last(pattern, s):
	return int(re.findall(pattern, s.text)[-1])


def seq(s):
	return last(r"\bseq=(\d{4,})", s)


def octets(s):
	"""Of the SYN with data: the second number of the question."""
	question = s.text.rstrip().rsplit("\n\n", 1)[-1].split("\n?")[0]
	return [int(n) for n in re.findall(r"\d+", question)][1]


ANSWERS = [  # in the order they are asked
	("flags", lambda s: "RST,ACK", {
		"bare-rst": lambda s: "RST",
		"polite": lambda s: "FIN,ACK",
		"as-if-open": lambda s: "SYN,ACK"}),
	("seq", lambda s: 0, {
		"wrong-direction": lambda s: "x+1",
		"echo": lambda s: "x",
		"off-by-one": lambda s: 1}),
	("ack", lambda s: "x+1", {
		"forgot-flag": lambda s: "x",
		"nothing-heard": lambda s: 0}),
	("connect", lambda s: "b", {
		"somebody-needed": lambda s: "a",
		"no-timeout": lambda s: "c"}),
	("ack-data", lambda s: seq(s) + 1 + octets(s), {
		"forgot-data": lambda s: seq(s) + 1,
		"forgot-flag": lambda s: seq(s) + octets(s),
		"nothing-heard": lambda s: 0}),
	("seq-of-ack", lambda s: last(r"\back=(\d{4,})", s), {
		"as-to-a-syn": lambda s: 0,
		"one-further": lambda s: last(r"\back=(\d{4,})", s) + 1,
		"wrong-direction": seq}),
	("itself", lambda s: "b", {
		"no-listener-needed": lambda s: "a",
		"not-for-ever": lambda s: "c"}),
]
