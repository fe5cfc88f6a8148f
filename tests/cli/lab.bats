#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# What synfin lab does and says without running an exercise: misuse, hints, marking what was handed
# in, hostile papers.
# shellcheck disable=SC2154 # bats sets stderr and its lines

load lab

setup() {
	enter_lab
	name=$(stored | head -n 1)
}

# arguments | a pattern of what is said first | ... and, of more than that, what else
misuse='|say what to do: next runs the next exercise, list shows them|
nothing|unknown lab command ?nothing?: choose from list, next, *|
nxt|unknown lab command ?nxt?: did you mean ?next?*|
run|lab run EXERCISE|
run 1 2|lab run does not want ?2?|
next 1|lab next does not want ?1?|
hint|lab hint EXERCISE [[]QUESTION]|
hint 1 a b|lab hint does not want ?b?|
grade|lab grade FOLDER|
grade a b|lab grade does not want ?b?|
check-exercise|lab check-exercise FOLDER|
demo a b|lab demo does not want ?b?|
demo --answers x|lab demo takes no --answers|
list --answers x|lab list takes no --answers|
run 1 --format csv|lab run takes no --format|
list --witness|lab list takes no --witness|
grade x --answers y|lab grade takes no --answers|
grade x --format xml|unknown --format ?xml?: choose from table, csv, junit*|
grade x --format jnit|unknown --format ?jnit?: did you mean ?junit??*|
list --lang fr|unknown --lang ?fr?*|
list --student a/b|--student wants 1 to 63 octets of UTF-8, no / and no control character among *|
list --student stored|--student stored is who the stored runs are of: take another name|
list --student .x|--student wants *|
list --nosuch|*nosuch*|'

@test "misuse: a sentence, and exit status 2" {
	local args first more
	while IFS='|' read -r args first more; do
		echo "row: $args"
		# shellcheck disable=SC2086 # words
		run -2 --separate-stderr lab $args
		[ -z "$output" ]
		# shellcheck disable=SC2053 # a pattern
		[[ ${stderr_lines[0]} == "synfin lab: "$first || ${stderr_lines[0]} == *": "$first ]] ||
			{ echo "said: $stderr"; false; }
		[[ -z $more || $stderr == *"$more"* ]]
	done <<<"$misuse"
}

@test "an exercise that there is not: a sentence, what was meant, exit status 1" {
	run -1 lab run nosuch-exercise-at-all
	[ "${lines[0]}" = "synfin: there is no exercise 'nosuch-exercise-at-all'" ]
	[ "${lines[1]}" = "synfin lab list shows them." ]
	local meant=${name#*-}
	run -1 lab run "${meant:0:4}${meant:5}"
	[ "${lines[1]}" = "Did you mean $meant?" ]
	run -1 lab hint "${name%?}x"
	[ "${lines[1]}" = "Did you mean $name?" ]
	run -1 lab run $'\e[2J'
	[ "${lines[0]}" = "synfin: there is no exercise '\\x1b[2J'" ]
	run -1 lab run ''
	run -1 lab run 0
	run -1 lab run 99999999999999999999
}

@test "help says what there is, in at most 80 columns" {
	run -0 lab --help
	local act
	for act in list next run check hint status reset submit grade claims demo check-exercise; do
		[[ $output == *"$act"* ]]
	done
	run -1 grep -nE '^.{81}' <<<"$output"
}

@test "list has every exercise, by its title in both languages; nothing is passed" {
	local exercise
	for exercise in "$ROOT"/labs/exercises/*/lab.lua; do
		exercise=$(dirname "$exercise")
		run -0 lab list
		grep -qF "[ ] $(printf '%-24s' "$(basename "$exercise")") $(sed -n '1s/^# //p' "$exercise/en.md")" <<<"$output"
		run -0 lab list --lang zh_CN
		grep -qF "$(sed -n '1s/^# //p' "$exercise/zh_CN.md")" <<<"$output"
	done
	run -0 lab status
	[[ ${lines[0]} == *": 0 of $(lab list | grep -c '^\[') exercises passed." ]]
}

@test "before anything was run there is nothing to check or to hand in" {
	run -1 lab check
	[ "${lines[0]}" = "synfin: nothing was run yet" ]
	run -1 lab check 1
	[[ ${lines[0]} == *": No such file or directory" ]]
	run -1 lab submit
	[ "${lines[0]}" = "synfin: nothing is passed yet" ]
	run -1 lab submit 1
	[ "${lines[0]}" = "synfin: $name is not passed: it was never run" ]
	[ "${lines[1]}" = "Do this first: synfin lab run 01" ]
	[ "$(ls)" = "" ]
}

@test "hints: three of each question, the numbers left open without a run" {
	run -0 lab hint 1
	[ "$(grep -c '^  Hint 1: ' <<<"$output")" = "$(grep -c '^## ask' "$ROOT/labs/exercises/$name/en.md")" ]
	run -1 grep -F '${' <<<"$output"
	local question
	question=$(sed -n 's/^## ask //p' "$ROOT/labs/exercises/$name/en.md" | head -n 1)
	run -0 lab hint 1 "$question" --lang zh_CN
	[ "${lines[0]}" = "$question" ]
	[[ $output == *'提示 1：'* ]]
	run -1 lab hint 1 "${question}x"
	[ "${lines[0]}" = "synfin: there is no question '${question}x'" ]
	[ "${lines[1]}" = "Did you mean $question?" ]
}

@test "without a run it is said once that numbers are left open, where they are" {
	run -0 lab hint 3
	[ "${lines[0]}" = 'Where ... stands, the number comes with a run: synfin lab run 3' ]
	[ "$(grep -c 'synfin lab run' <<<"$output")" = 1 ]
	run -0 lab hint 1 flags
	[[ $output != *'synfin lab run'* ]]
	run -0 lab hint 3 ack-syn --lang zh_CN
	[ "${lines[0]}" = '... 处的数字要运行后才有：synfin lab run 3' ]
}

@test "without a run no memory is read that nobody has written" {
	# Where there is no valgrind there is nothing to tell by; it cannot run what a sanitizer is in.
	command -v valgrind >/dev/null && [ "${SAN:-0}" = 0 ] || return 0
	run -0 valgrind -q --error-exitcode=9 "$SYNFIN" lab hint 1
}

@test "no line is wider than the screen" {
	local act
	paper in
	lab list >/dev/null
	echo stored >"$XDG_STATE_HOME/synfin/lab/.student"
	for act in list status 'hint 3' 'hint 25' 'check 1'; do
		echo "row: $act"
		# shellcheck disable=SC2086 # words
		lab $act --width 40 >out
		run -1 grep -nE '^.{41}' out
		mkdir -p "$XDG_STATE_HOME/synfin/lab/stored/$name"
		cp -r in "$XDG_STATE_HOME/synfin/lab/stored/$name/last"
	done
}

@test "who works here is remembered" {
	lab status --student 'Ada L.' >/dev/null
	run -0 lab status
	[[ ${lines[0]} == 'Ada L.: '* ]]
}

@test "a name that no terminal, folder or JSON can hold is refused" {
	local name
	for name in '' $'a\e[2J' $'a\x7f' $'a\xc2\x9b' $'\xff\xfe' $'\xe4\xb8' $'a\n' 'a"' 'a\b'; do
		run -2 lab status --student "$name"
		[[ ${lines[0]} == *'--student wants 1 to 63 octets of UTF-8'* ]]
	done
	run -0 lab status --student '李雷'
	[[ ${lines[0]} == '李雷: '* ]]
	# What somebody wrote there by hand.
	printf 'a\e[2J\x9bb\n' >"$XDG_STATE_HOME/synfin/lab/.student"
	run -0 lab status
	[[ ${lines[0]} == 'a\x1b[2J\x9bb: '* ]]
}

@test "what cannot be written is told" {
	local act
	paper in
	mkdir -p "$XDG_STATE_HOME/synfin/lab/stored/$name"
	cp -r in "$XDG_STATE_HOME/synfin/lab/stored/$name/last"
	echo stored >"$XDG_STATE_HOME/synfin/lab/.student"
	for act in list status 'hint 1' 'check 1'; do
		echo "row: $act"
		# shellcheck disable=SC2086 # words
		run -1 --separate-stderr sh -c 'exec "$@" >/dev/full' sh "$SYNFIN" lab $act
		[[ $stderr == 'synfin: cannot write to standard output: '*$'\nSend it somewhere else.' ]]
	done
}

@test "a state that cannot be written: a sentence, and where else" {
	XDG_STATE_HOME=/proc/nosuch run -1 lab list
	[[ ${lines[0]} == "synfin: /proc/nosuch/synfin/lab: "* ]]
	[[ ${lines[1]} == *"XDG_STATE_HOME="* ]]
	touch file
	XDG_STATE_HOME=$PWD/file run -1 lab list
	[[ ${lines[0]} == *"Not a directory" ]]
	XDG_STATE_HOME=$PWD/$(printf '%0200d/' {1..12}) run -1 lab list
	[ "${lines[0]}" = 'synfin: the name of the folder to keep the runs in is too long' ]
	[[ ${lines[1]} == *"XDG_STATE_HOME="* ]]
	[ "$(ls)" = file ]
}

# ---- grade

@test "a folder of papers is marked: a table, and exit status 0" {
	local exercise
	for exercise in $(stored); do
		paper "in/class/$exercise" "$exercise"
	done
	run -0 lab grade in
	echo "$output"
	[ "${lines[0]%% *}" = student ]
	[ "${#lines[@]}" = $(($(stored | wc -l) + 2)) ]
	[[ ${lines[1]} == "stored   $name "*'  0  stored' ]]
	[[ ${lines[-1]} == "$(stored | wc -l) handed in, $(stored | wc -l) all right" ]]
	run -0 lab grade "in/class/$name"
	run -0 lab grade in/ --student stored
	run -1 lab grade in --student alice
	[ "${lines[0]}" = "synfin: in: nothing of that student is in it" ]
}

@test "a wrong answer: exit status 3, and the CSV and the XML say which" {
	paper "in/$name"
	change "in/$name" '.replies[0].text = "none" | .replies[0].hints = 2'
	run -3 lab grade in
	[[ ${lines[-1]} == '1 handed in, 0 all right' ]]
	run -3 lab grade in --format csv
	[ "${lines[0]}" = $'student,exercise,question,mark,answer,right,misconception,hints,stored,problem,folder\r' ]
	[[ ${lines[1]} == '"stored","'"$name"'",'*',"wrong",'*',"2","stored","",'* ]]
	run -3 lab grade in --format junit -o marks.xml
	[ "$output" = "" ]
	python3 - marks.xml <<-'END'
		import sys, xml.etree.ElementTree as tree
		suites = tree.parse(sys.argv[1]).getroot().findall('testsuite')
		assert len(suites) == 1, suites
		suite, = suites
		assert suite.get('failures') == '1' and suite.get('errors') == '0', suite.attrib
		assert len(suite.findall('testcase')) == int(suite.get('tests'))
		failure, = suite.iter('failure')
		assert failure.get('message').startswith("wrong: not '"), failure.attrib
	END
}

# how the paper is spoilt | what is said of it
hostile='echo >>capture.pcap|the seal is broken
echo x >seal|the seal is broken
rm seal|seal: No such file
rm capture.pcap|capture.pcap: No such file
truncate -s 100 capture.pcap; seal .|capture.pcap
head -c 3 capture.pcap >x; mv x capture.pcap; seal .|capture.pcap
head -c 300 /dev/urandom >capture.pcap; seal .|capture.pcap
: >capture.pcap; seal .|capture.pcap
truncate -s 1T capture.pcap|larger than any run
truncate -s 1T calls.jsonl|larger than any run
rm capture.pcap; mkfifo capture.pcap|no ordinary file
rm capture.pcap; ln -s /dev/zero capture.pcap|a link, no file
rm seal; ln -s /etc/passwd seal|a link, no file
rm calls.jsonl; mkdir calls.jsonl|no ordinary file
head -c 5000 /dev/urandom >calls.jsonl; seal .|*
echo 17 >calls.jsonl; seal .|calls.jsonl: a line is no call
printf "[%.0s" {1..5000} >calls.jsonl; seal .|*
echo "{}" >answers.json; seal .|these are no answers of synfin lab
: >answers.json; seal .|these are no answers of synfin lab
head -c 90000 /dev/zero >answers.json; seal .|these are no answers of synfin lab
change . ".exercise = \"99-nosuch\""|there is no such exercise
change . ".exercise = \"../../etc\""|there is no such exercise
change . ".student = \"alice\""|the capture is not of this student
change . ".run = \"0000000000000000\""|the capture is not of this student'

@test "hostile papers: a line with the sentence, and the others are marked all the same" {
	local how said
	while IFS='|' read -r how said; do
		echo "row: $how"
		rm -rf in
		paper in/bad
		paper in/good
		change in/good '.stored = true' # or else it would be a copy
		(cd in/bad && eval "$how")
		run -3 --separate-stderr timeout 20 "$SYNFIN" lab grade in
		echo "$output"
		[[ $output == *$'\n2 handed in, 1 all right\n'* ]]
		# shellcheck disable=SC2053 # a pattern
		[[ ${lines[-1]} == in/bad:*$said* || $output == *in/bad:*"$said"* || $said = '*' ]]
		[ -z "$stderr" ] || [[ $stderr == *'links are not followed'* ]]
		rm -rf in/good
		run -1 --separate-stderr timeout 20 "$SYNFIN" lab grade in
	done <<<"$hostile"
}

@test "no name in a paper reaches the terminal, the spreadsheet or the XML as it is" {
	paper in/a
	change in/a '.student = "=cmd()\u001b[2J<&\"\u0007"'
	local format
	for format in table csv junit; do
		run -1 lab grade in --format $format -o out
		run -1 grep -qP '[\x00-\x08\x0b\x0c\x0e-\x1f]' out
	done
	python3 -c 'import xml.etree.ElementTree as t; t.parse("out")'
	lab grade in --format csv | grep -qF "\"'=cmd()"
}

# Told beside what else is wrong: these packets are not of who hands them in.
@test "the same packets or calls handed in twice are told, but for a stored run" {
	local copy='the same run was handed in as'
	paper in/alice/x
	paper in/bob/x
	change in/alice/x '.student = "alice"'
	change in/bob/x '.student = "bob" | .run = "0123456789abcdef" | .replies[0].hints = 1'
	run -1 lab grade in
	[[ $output == *"in/alice/x: the capture is not of this student's run; $copy in/bob/x"* ]]
	[[ $output == *"in/bob/x: the capture is not of this student's run; $copy in/alice/x"* ]]
	echo >>in/bob/x/capture.pcap
	seal in/bob/x
	run -1 lab grade in
	echo "$output"
	[[ $output == *'; the same calls were handed in as in/bob/x'* ]]
	echo >>in/bob/x/calls.jsonl
	seal in/bob/x
	run -1 lab grade in
	[[ $output != *'handed in as'* ]]
	: >in/alice/x/calls.jsonl
	: >in/bob/x/calls.jsonl
	run -1 lab grade in
	[[ $output != *'handed in as'* ]]
	local who
	for who in alice bob; do
		paper in/$who/x
		change in/$who/x '.stored = true | .student = "'$who'"'
	done
	run -0 lab grade in
	[[ $output == *'0  stored'* ]]
	run -0 lab grade in --format csv
	[[ $output == *',"0","stored","",'* ]]
	run -0 lab grade in --format junit
	[[ $output == *'<property name="stored" value="true"/>'* ]]
}

# Else one run would pass for all.
@test "who hands in a stored run hands in the one of that exercise, as it is" {
	paper in/a
	change in/a '.stored = true | .student = "alice"'
	run -0 lab grade in
	local part
	for part in capture.pcap calls.jsonl; do
		paper in/a
		tail -n 1 in/a/calls.jsonl >>in/a/calls.jsonl
		[ $part = calls.jsonl ] || paper in/a
		[ $part = calls.jsonl ] || tail -c 70 in/a/capture.pcap >>in/a/capture.pcap
		[ $part = calls.jsonl ] || python3 - in/a/capture.pcap <<-'END'
			import sys
			octets = bytearray(open(sys.argv[1], 'rb').read()[:-70])
			octets[24] ^= 1  # the time of the first frame
			open(sys.argv[1], 'wb').write(octets)
		END
		change in/a '.stored = true | .student = "alice"'
		run -1 lab grade in
		[[ $output == *"in/a: $part is not that of the stored run"* ]]
		change in/a '.stored = false | .student = "stored"'
		run -1 lab grade in
		[[ $output == *"in/a: $part is not that of the stored run"* ]]
	done
}

# how the folder is spoilt | what is said of it
remains='rm answers.json|answers.json: No such file
rm answers.json capture.pcap calls.jsonl|answers.json: No such file
rm answers.json calls.jsonl seal|answers.json: No such file
rm answers.json capture.pcap seal|answers.json: No such file
rm answers.json; mkfifo answers.json|answers.json: no ordinary file
rm answers.json; ln -s ../good/answers.json answers.json|answers.json: a link, no file
rm answers.json; mkdir answers.json|answers.json: no ordinary file
echo "{}" >>answers.json; seal .|these are no answers
python3 -c "print(70000 * chr(32))" >>answers.json; seal .|these are no answers
change . ".replies[0].hints = -1"|these are no answers
change . ".replies[0].hints = 1e9"|these are no answers'

@test "what is left of a paper is a line with a sentence, whoever is asked for" {
	local how said
	while IFS='|' read -r how said; do
		echo "row: $how"
		rm -rf in
		paper in/bad
		paper in/good
		(cd in/bad && eval "$how")
		run -3 timeout 20 "$SYNFIN" lab grade in --student stored
		[[ $output == *$'\n2 handed in, 1 all right\n'* ]]
		[[ $output == *in/bad:*"$said"* ]] || { echo "$output"; false; }
	done <<<"$remains"
}

@test "more frames or calls than are looked at: refused" {
	local script='
import sys
octets = open(sys.argv[1], "rb").read()
with open(sys.argv[1], "ab") as out:
	out.write(octets[24:] * 4000)'
	paper in/a
	python3 -c "$script" in/a/capture.pcap
	[ "$(stat -c %s in/a/capture.pcap)" -lt 16000000 ]
	seal in/a
	run -1 lab grade in
	[[ $output == *'in/a: capture.pcap: longer than any run of an exercise'* ]]
	paper in/a
	yes '{"call":"x"}' | head -n 100000 >>in/a/calls.jsonl
	seal in/a
	run -1 lab grade in
	[[ $output == *'in/a: calls.jsonl: longer than any run of an exercise'* ]]
}

@test "folders without end: links are not followed, what is too deep is left out" {
	paper in/a
	ln -s .. in/a/up
	ln -s / in/root
	ln -s "$PWD/in/a" in/again
	mkdir -p in/1/2/3/4/5/6/7/8
	paper in/1/2/3/4/5/6/7/8/b
	run -0 --separate-stderr timeout 20 "$SYNFIN" lab grade in
	[[ ${lines[-1]} == '1 handed in, '* ]]
	[[ $stderr == 'synfin: not all of it was looked at: '*'links are not followed'* ]]
	[[ $stderr == *'more than six deep'* ]]
}

@test "nothing to mark: a sentence, and exit status 1" {
	mkdir empty
	touch file
	local what
	for what in empty file nosuch; do
		run -1 lab grade $what
		[[ ${lines[0]} == "synfin: $what: "* ]]
		[[ ${lines[1]} == *'what synfin lab submit made.' ]]
	done
	paper in/a
	run -1 lab grade in -o /nosuch/file
	[[ ${lines[0]} == 'synfin: cannot write /nosuch/file: '* ]]
}

# ---- check-exercise

# What is found without a run: the script is not played when it cannot be marked.
@test "an exercise with a mistake in its script: the line" {
	mkdir x
	cp "$ROOT/labs/exercises/$name"/{en,zh_CN}.md x
	local script said
	while IFS='|' read -r script said; do
		echo "row: $script"
		printf '%b' "$script" >x/lab.lua
		run -3 timeout 30 "$SYNFIN" lab check-exercise x
		grep -qF "$said" <<<"$output" || { echo "$output"; false; }
	done <<-'END'
		-- x\nquestion{ id =|lab.lua:2: unexpected symbol
		-- x\n\nquestion{ id = "a", kind = "nosuch" }|lab.lua:3: there is no kind of question 'nosuch'
		question{ id = "A b" }|lab.lua:1: an id is 1 to
		nosuch()|lab.lua:1: there is no 'nosuch'
		while true do end|lab.lua: it takes too long
		s = ("x"):rep(1 << 33)|lab.lua: it takes too
		random(5, 1)|random wants two numbers
	END
	run -1 lab check-exercise nosuch
	[[ ${lines[0]} == 'synfin: nosuch/lab.lua: '* ]]
	rm x/en.md
	mkfifo x/en.md
	run -1 timeout 10 "$SYNFIN" lab check-exercise x
}
