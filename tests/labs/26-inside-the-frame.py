# The answers of exercise 26, worked out from what the screen shows.
import re


def octets(s):
	"""The frame of the SYN, from its rows in hexadecimal."""
	rows = re.findall(r'^ +(\d+)  ((?:[0-9a-f]{2} ?)+)$', s.text, re.M)
	return bytes.fromhex(''.join(row for _, row in rows))


def mac(s):
	told = re.search(r'ARP 192\.0\.2\.2 is at ([0-9a-f:]+)', s.text)[1]
	return octets(s).index(bytes.fromhex(told.replace(':', '')))


def tcp(s):
	return 14 + (octets(s)[14] & 15) * 4


def number(s, at):
	return int.from_bytes(octets(s)[at:at + 2], 'big')


def always(n):
	return lambda s: n


ANSWERS = [
	("first", always("b"), {
		"syn-at-once": always("a"), "knows-whom": always("c"), "dns": always("d")}),
	("header", lambda s: octets(s).index(b'\x08\x00\x45') + 2, {
		"eighteen": always(18), "addresses-only": always(12)}),
	("mac", mac, {"source-first": always(6), "in-the-ip-header": always(30)}),
	("port", lambda s: tcp(s) + 2, {
		"in-the-ethernet-header": always(14), "source-port": always(34),
		"without-ethernet": always(22)}),
	("seq", lambda s: octets(s).index(s.row(1).seq.to_bytes(4, 'big')), {
		"in-the-tcp-header": always(4), "without-ethernet": always(24),
		"counted-from-one": always(39), "ack-number": always(42)}),
	("flags", lambda s: tcp(s) + 13, {
		"in-the-tcp-header": always(13), "without-ethernet": always(33),
		"counted-from-one": always(48), "length-of-the-header": always(46)}),
	("mss", lambda s: number(s, tcp(s) + 22), {
		"little-endian": lambda s: int.from_bytes(octets(s)[56:58], 'little'),
		"mtu": always(1500), "kind-and-length": always(0x0204)}),
	("again", always(0), {"each-time": always(2), "asks-only": always(1)}),
	("lo", always("b"), {"has-a-mac": always("a"), "no-header": always("c"), "broadcast": always("d")}),
]
