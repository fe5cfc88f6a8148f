#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A student at a terminal: works an exercise of synfin lab from what the screen shows.

student.py EXERCISE MODE [--lang LANG] [--student ID] [--seed N] [--show]
  right      answers all as EXERCISE.py says: is to pass
  wrong      each misconception of EXERCISE.py, as few runs as that takes: each has its sentence
  random     any answers: is not to pass
  interrupt  Ctrl-C at the second question: is to end with status 1
  covered    whether EXERCISE.py has every misconception that the pages name
It finds synfin by SYNFIN, or in the checkout; runs are kept below XDG_STATE_HOME if that is set.
Exit status 0: all was as it is to be; else it says what was not."""
import argparse, fcntl, importlib.util, os, pty, random, re, select, struct, sys, tempfile
import termios, time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SYNFIN = os.environ.get('SYNFIN', os.path.join(ROOT, 'synfin'))
LIMIT = 90  # seconds for one run
PROMPT = re.compile(r'\? (?:\d+ of \d+|第 \d+ 题，共 \d+ 题)> $')
STATES = r'(?:CLOSED|LISTEN|SYN-SENT|SYN-RECEIVED|ESTABLISHED|FIN-WAIT-[12]|CLOSE-WAIT|CLOSING|LAST-ACK|TIME-WAIT)'
ROW = re.compile(r'^ *(?:#(\d+)\.)?(\d+) +(\d+\.\d+) +(?:(\S+) )? *\|(.*?)\|(.*)$')
MORE = re.compile(r'^ {20,}\|(.*)\|')
HEADER = re.compile(r'^#(\d+)  \S+ -> \S+')
LEFT = re.compile(r'^([a-z][\w -]*): (.+)$')
RIGHT = re.compile(r'^ *(\S.*) :([a-z][\w -]*)$')
FLAGS = {'SYN', 'FIN', 'RST', 'PSH', 'ACK', 'URG', 'ECE', 'CWR', 'AE'}


class Row:
	"""A segment of the ladder. Numbers that are not written there are None; len is then 0."""

	def __init__(self, conn, n, when, client, server, body):
		self.conn, self.n, self.time = conn, int(n), float(when)
		self.client, self.server = client, server
		left = body.lstrip().startswith('<') or re.match(r'^ *x[-=~.]', body)
		self.dir = '<' if left else '>'
		self.lost = 'x' in body.strip(' ')[:1] + body.strip(' ')[-1:]
		self.flags, self.seq, self.ack, self.len, self.again = set(), None, None, 0, False
		self.add(body)

	def add(self, body):
		if re.match(r'^ *ack \d', body):  # the arithmetic, no field
			return
		for word in re.split(r'[\s<>]+', body):
			field = re.match(r'^(seq|ack|len)=(\d+)$', word)
			if field:
				setattr(self, field[1], int(field[2]))
			elif word == 'again':
				self.again = True
			elif not self.flags and word.split(',')[0] in FLAGS:
				self.flags = set(word.split(','))


class Screen:
	"""What has been shown so far: text, rows, and calls as (who, call, gave)."""

	def __init__(self):
		self.text, self.rows, self.calls = '', [], []

	def row(self, n, conn=1):
		for r in self.rows:
			if r.n == n and r.conn == conn:
				return r
		raise LookupError(f'there is no row {n} of connection {conn} yet')

	def take(self, text):
		self.text = text
		self.rows, self.calls, conn, last = [], [], 1, None
		for line in text.split('\n'):
			header, row, more = HEADER.match(line), ROW.match(line), MORE.match(line)
			if header:
				conn = int(header[1])
			elif row:
				server = re.match(r' (' + STATES + r')', row[6])
				conn = int(row[1] or conn)
				last = Row(conn, row[2], row[3], row[4], server and server[1], row[5])
				self.rows.append(last)
			elif more and last:
				last.add(more[1])
			else:
				self.take_call(line)

	def take_call(self, line):
		left, right = LEFT.match(line), RIGHT.match(line)
		if left and left[1] != 'synfin':
			who, what = left[1], left[2]
		elif right and '(' in right[1] and line.startswith(' '):
			who, what = right[2], right[1]
		else:
			return
		call, _, gave = what.partition(' = ')
		self.calls.append((who, call, gave))


class Run:
	"""One run at a terminal of 80 columns: answer(nth, screen) is typed at each prompt."""

	def __init__(self, name, lang, student, answer, patient=True):
		"""patient: a prompt that comes again is the same one, below rows that came meanwhile;
		else the answer was refused."""
		self.patient = patient
		self.screen, self.asked, self.problem = Screen(), 0, None
		command = [SYNFIN, 'lab', 'run', name, '--lang', lang, '--style', 'ascii', '--color',
			'never', '--width', '80']
		if student:
			command += ['--student', student]
		self.pid, self.fd = pty.fork()
		if self.pid == 0:
			os.environ.update(TERM='dumb', COLUMNS='80')
			os.execv(SYNFIN, command)
		fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack('HHHH', 24, 80, 0, 0))
		try:
			self.converse(answer)
		finally:
			self.code = self.end()

	def read(self, until):
		"""More of the screen; None when there is no more."""
		left = until - time.monotonic()
		if left <= 0 or not select.select([self.fd], [], [], left)[0]:
			raise TimeoutError(f'no end after {LIMIT} seconds')
		try:
			return os.read(self.fd, 65536) or None
		except OSError:
			return None

	def converse(self, answer):
		raw, until, seen, before = b'', time.monotonic() + LIMIT, 0, None
		while True:
			more = self.read(until)
			if more is None:
				break
			raw += more
			text = raw.decode('utf-8', 'ignore').replace('\r', '')
			tail = text[seen:]
			prompt = PROMPT.search(tail)
			if prompt:
				seen = len(text)
				if self.patient and prompt[0] == before:
					continue
				before = prompt[0]
				self.screen.take(text)
				typed = answer(self.asked, self.screen)
				self.asked += 1
				os.write(self.fd, (str(typed) + '\n').encode())
		self.screen.take(raw.decode('utf-8', 'ignore').replace('\r', ''))

	def end(self):
		os.close(self.fd)
		until = time.monotonic() + 5
		while time.monotonic() < until:
			pid, status = os.waitpid(self.pid, os.WNOHANG)
			if pid:
				return os.waitstatus_to_exitcode(status)
			time.sleep(0.01)
		os.kill(self.pid, 9)
		os.waitpid(self.pid, 0)
		return -9


def fail(run, *why):
	if run:
		print(run.screen.text)
	print('student.py:', *why)
	sys.exit(1)


def load(name):
	spec = importlib.util.spec_from_file_location('answers',
		os.path.join(ROOT, 'tests', 'labs', name + '.py'))
	module = importlib.util.module_from_spec(spec)
	sys.dont_write_bytecode = True
	spec.loader.exec_module(module)
	return module.ANSWERS


# ---- what stands in the pages

def passages(path):
	"""Text by headings: {('ask ID', 'wrong NAME'): text}."""
	found, two, key = {}, '', None
	for line in open(path, encoding='utf-8'):
		heading = re.match(r'^(#{1,3}) (.*?) *$', line)
		if heading:
			two = two if heading[1] == '###' else heading[2]
			key = (two, heading[2] if heading[1] == '###' else '')
			found.setdefault(key, '')
		elif key:
			found[key] += line
	return found


def sentence(name, lang, question, misconception):
	page = passages(os.path.join(ROOT, 'labs', 'exercises', name, lang + '.md'))
	shared = passages(os.path.join(ROOT, 'labs', 'misconceptions', lang + '.md'))
	text = page.get(('ask ' + question, 'wrong ' + misconception), shared.get((misconception, '')))
	if not text:
		fail(None, f'{name}: {lang} has no sentence for {misconception} of {question}')
	return text


def stands_in(text, screen):
	"""Whether the passage was said, wherever its lines were broken and whatever ${...} gave."""
	squeeze = lambda t: re.sub(r'\s+', '', t)
	parts = [re.escape(squeeze(p)) for p in re.split(r'\$\{[^}]*\}', text)]
	return re.search('.*?'.join(parts), squeeze(screen)) is not None


# ---- modes

def work_right(name, answers, a):
	run = Run(name, a.lang, a.student, lambda i, s: answers[i][1](s))
	if run.code != 0:
		fail(run, f'{name}: all right, but exit status {run.code}')
	if run.asked != len(answers):
		fail(run, f'{name}: {run.asked} questions were asked, {len(answers)} have answers')
	if a.show:
		print(run.screen.text)


def attempt_wrong(name, answers, a, chosen):
	"""chosen: {question index: misconception}. Returns those whose sentence did not come."""
	given, excused = {}, set()

	def answer(i, screen):
		right = answers[i][1](screen)
		if i not in chosen:
			return right
		try:
			typed = answers[i][2][chosen[i]](screen)
		except (LookupError, TypeError, ValueError):
			typed = 'skip'
		if typed is None:  # the kernel here makes that no mistake
			excused.add(i)
		given[i] = typed != right and i not in excused
		return typed if given[i] else right

	run = Run(name, a.lang, a.student, answer)
	if any(given.values()) and run.code != 3:
		fail(run, f'{name}: wrong answers, but exit status {run.code}')
	missing = {i: m for i, m in chosen.items()
		if i not in excused and not stands_in(sentence(name, a.lang, answers[i][0], m), run.screen.text)}
	return missing, run


def work_wrong(name, answers, a):
	depth = max((len(q[2]) for q in answers), default=0)
	for k in range(depth):
		chosen = {i: list(q[2])[k] for i, q in enumerate(answers) if len(q[2]) > k}
		missing, run = attempt_wrong(name, answers, a, chosen)
		for i, m in missing.items():  # others may have spoilt it, or the numbers of that run
			for _ in range(3):
				left, run = attempt_wrong(name, answers, a, {i: m})
				if not left:
					break
			else:
				fail(run, f'{name}: no sentence for {m} of {answers[i][0]}')


def work_random(name, answers, a):
	chance = random.Random(a.seed)
	said = ['1', '0', '4294967295', 'SYN', 'none', 'SYN,ACK', 'CLOSED', 'TIME-WAIT', 'z', '0.001',
		'999', '31', 'skip', 'x+7', '-', '0x', '\x1b[2J', '提示', 'hint', '9' * 300]
	tries = {}

	def answer(i, screen):
		tries[0] = tries.get(0, 0) + 1
		return chance.choice(said) if tries[0] < 200 else 'skip'

	run = Run(name, a.lang, a.student, answer, patient=False)
	if run.code != 3:
		fail(run, f'{name}: answered at random, but exit status {run.code}')


def work_interrupt(name, answers, a):
	keys = ['skip', '\x03', 'skip']
	run = Run(name, a.lang, a.student, lambda i, s: keys[min(i, 2)])
	if run.code != 1 or run.asked > 2:
		fail(run, f'{name}: Ctrl-C, but exit status {run.code} after {run.asked} questions')
	if 'synfin: stopped before the end' not in run.screen.text:
		fail(run, f'{name}: Ctrl-C, and no word of it')


def work_covered(name, answers, a):
	named = set()
	for (two, three), _ in passages(os.path.join(ROOT, 'labs', 'exercises', name, 'en.md')).items():
		if two.startswith('ask ') and three.startswith('wrong '):
			named.add((two[4:], three[6:]))
	tried = {(q[0], m) for q in answers for m in q[2]}
	lacks = sorted(named - tried)
	if lacks:
		fail(None, f'{name}.py tries no', ', '.join(f'{m} of {q}' for q, m in lacks))


MODES = {'right': work_right, 'wrong': work_wrong, 'random': work_random,
	'interrupt': work_interrupt, 'covered': work_covered}


def main():
	parser = argparse.ArgumentParser()
	parser.add_argument('exercise')
	parser.add_argument('mode', choices=MODES)
	parser.add_argument('--lang', default='en')
	parser.add_argument('--student')
	parser.add_argument('--seed', type=int, default=1)
	parser.add_argument('--show', action='store_true')
	a = parser.parse_args()
	answers = load(a.exercise)
	with tempfile.TemporaryDirectory() as folder:
		os.environ.setdefault('XDG_STATE_HOME', folder)
		try:
			MODES[a.mode](a.exercise, answers, a)
		except (TimeoutError, LookupError, TypeError, ValueError) as e:
			fail(None, f'{a.exercise} {a.mode}: {type(e).__name__}: {e}')


main()
