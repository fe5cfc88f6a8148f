# The answers of exercise 23, worked out from what the screen shows.
import re


def longer(s):
	return int(re.findall(r'(\d+)(?: octets and of 5| 和 5 字节)', re.sub(r'\s+', ' ', s.text))[-1])


def letter(name):
	return {"bob": "a", "carol": "b", "dave": "c"}[name]


def who(s):
	port = re.findall(r': hi" from (\d+)', s.text)[-1]
	return next(letter(w) for w, call, _ in s.calls if call.endswith(f"bind({port})"))


def said(s):
	return letter(re.findall(r'"(carol|dave): hi"', s.text)[-1])


ANSWERS = [
	("start", lambda s: "b", {
		"nobody-tells": lambda s: "a", "rst": lambda s: "c", "waits-for-him": lambda s: "d"}),
	("error", lambda s: "b", {"at-once": lambda s: "a", "udp-never": lambda s: "c"}),
	("truncated", lambda s: 5, {
		"rest-is-kept": lambda s: longer(s) - 4, "a-stream": lambda s: longer(s) + 1}),
	("more", lambda s: 1, {"udp-never-sticks": lambda s: 2}),
	("who", who, {"believes-the-text": said, "the-first-who-wrote": lambda s: "a"}),
	("all", lambda s: 3, {"one-for-all": lambda s: 1, "with-acks": lambda s: 6}),
	("leave", lambda s: 0, {
		"fin": lambda s: 1, "four-waves": lambda s: 4, "one-each": lambda s: 3}),
	("unix", lambda s: 0, {"one-each": lambda s: 2, "on-lo": lambda s: 1}),
]
