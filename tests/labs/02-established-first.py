# The answers of exercise 02: what the RFC says of the two ends; all are asked beforehand.
ANSWERS = [  # in the order they are asked
	("client-2", lambda s: "ESTABLISHED", {
		"third-for-both": lambda s: "SYN_SENT",
		"that-is-the-server": lambda s: "SYN-RECEIVED"}),
	("connect", lambda s: "a", {
		"connect-waits-for-three": lambda s: "b",
		"accept-does-it": lambda s: "c"}),
	("server-2", lambda s: "SYN_RCVD", {
		"both-at-the-second": lambda s: "ESTABLISHED",
		"the-listener-goes-on": lambda s: "LISTEN"}),
	("accept-early", lambda s: "b", {
		"half-open-is-not-accepted": lambda s: "a",
		"nothing-refused": lambda s: "c"}),
	("server-3", lambda s: "ESTAB", {
		"accept-does-it": lambda s: "SYN-RECEIVED"}),
]
