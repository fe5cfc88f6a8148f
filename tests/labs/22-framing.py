# The answers of exercise 22, worked out from what the screen shows, and by a program.
import atexit, os, re, shutil, tempfile

DECODER = """
import json, os, sys
checks, stops, modulo = (word not in sys.argv for word in ('trusting', 'going-on', 'modulo'))

def exactly(n):
	octets = b''
	while len(octets) < n and (more := os.read(0, n - len(octets))):
		octets += more
	return octets

total = 0
while head := exactly(4):
	n = int.from_bytes(head, 'big')
	if n > 65536:
		if stops:
			break
		continue
	header = json.loads(exactly(n))
	body = exactly(header['size'])
	if not checks or sum(body) % 256 == header['sum']:
		total += sum(body)
print('the sum is')
print(total if modulo else total % 256, end='')
"""


def decoder(*how):
	"""The command of a decoder that has these faults. The lab may run it as nobody."""
	folder = tempfile.mkdtemp(dir='/tmp')
	atexit.register(shutil.rmtree, folder)
	os.chmod(folder, 0o755)
	path = os.path.join(folder, 'decoder.py')
	with open(path, 'w') as f:
		f.write(DECODER)
	os.chmod(path, 0o644)
	return ' '.join(('| python3', path) + how)


def reads(s):
	"""What the server's reads gave: (number, octets)."""
	found = []
	for who, call, gave in s.calls:
		match = re.match(r'(\d+)(?: "(.*)")?', gave)
		if who == "server" and call.startswith("recv") and match:
			text = re.sub(r'\\n', r'\\x0a', match[2] or '')
			octets = re.findall(r'\\x([0-9a-f]{2})|(.)', text)
			found.append((int(match[1]), [int(h, 16) if h else ord(c) for h, c in octets]))
	return found


def field(s):
	return reads(s)[0][1] + reads(s)[1][1]


def length(s):
	a, b, c, d = field(s)
	return ((a * 256 + b) * 256 + c) * 256 + d


def backwards(s):
	d, c, b, a = field(s)
	return ((a * 256 + b) * 256 + c) * 256 + d


def missing(s):
	return length(s) - reads(s)[2][0] - reads(s)[3][0]


def damaged(s):
	"""Of two messages; before each body its header was read."""
	sums = [int(n) for n in re.findall(r' "{"size":3,"sum":(\d+)}" :', s.text)]
	bodies = [octets for _, octets in (reads(s)[-4], reads(s)[-1])]
	whole = [sum(b) % 256 == n for b, n in zip(bodies, sums)]
	return {(False, True): "a", (True, False): "b", (False, False): "c", (True, True): "d"}[tuple(whole)]


ANSWERS = [
	("short", lambda s: 2, {"waits-for-all": lambda s: 4, "nothing-yet": lambda s: 0}),
	("length", length, {
		"little-endian": backwards,
		"last-octet-only": lambda s: field(s)[3],
		"two-of-two": lambda s: field(s)[2]}),
	("missing", missing, {
		"counts-calls": lambda s: 0,
		"header-counts-too": lambda s: missing(s) - 4,
		"only-the-last-read": lambda s: length(s) - reads(s)[3][0]}),
	("whose", lambda s: reads(s)[4][0] - missing(s), {
		"one-read-one-message": lambda s: 0, "all-of-it": lambda s: reads(s)[4][0]}),
	("huge", lambda s: "c", {
		"believes-it": lambda s: "a", "signed": lambda s: "b", "skips-it": lambda s: "d"}),
	("digest", damaged, {"complete-is-intact": lambda s: "d", "no-modulo": lambda s: "c"}),
	("decode", lambda s: decoder(), {
		"trusts-all": lambda s: decoder("trusting"),
		"goes-on": lambda s: decoder("going-on"),
		"modulo": lambda s: decoder("modulo")}),
]
