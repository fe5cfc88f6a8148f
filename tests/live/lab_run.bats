#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# What a run of synfin lab shows and takes: calls, widths, files of answers; exercises that never
# come to an end.
# shellcheck disable=SC2154 # bats sets stderr and its lines

load lab

setup() {
	[ "$(id -u)" = 0 ] || skip "needs root"
	enter_lab
}

@test "the calls show an abort, and SO_REUSEADDR where a script asks for it" {
	local said
	run -3 lab run 19 < <(yes skip)
	grep -qF ' close() with SO_LINGER 0 = 0 :server1' <<<"$output"
	run -3 lab run 16 < <(yes skip)
	for said in 'bind\([0-9]+\) listen\(16\) = 0 :old1' \
		'SO_REUSEADDR bind\([0-9]+\) listen\(16\) = 0 :old2' \
		'SO_REUSEADDR bind\([0-9]+\) listen\(16\) = -1 EADDRINUSE :new5'; do
		grep -qE "^ +$said" <<<"$output" || { echo "no $said"; false; }
	done
}

# The right answers of the first exercise, in another order.
shuffled() {
	printf '%s\n' 'first-octet: x+1' 'ack-3: y+1' 'seq-3: b' 'ack-counts: 2,3' 'flags: ACK' 'ack-2: x+1'
}

# how the file `answers` is made of the right ones, which `shuffled` prints | exit status | what is said
files='shuffled|0|6 of 6 right.
shuffled; printf "ack-2: hint\n"|0|6 of 6 right.
printf "ack-2: hint\n"; shuffled|0|Hint 1: An ack number
printf "ack-2: hint\nack-2: hint\n"; shuffled|0|Hint 2: ack = seq
printf "\xef\xbb\xbf"; shuffled|0|6 of 6 right.
shuffled; printf "\xef\xbb\xbf"|0|6 of 6 right.
shuffled / s/$/\r/|0|6 of 6 right.
shuffled / s/: / : /; s/^/ /|0|6 of 6 right.
shuffled | head -c -1|0|6 of 6 right.
printf "# %05000d: none\n" 7; shuffled|0|6 of 6 right.
printf "#\n%.0s" {1..5000}; shuffled|0|6 of 6 right.
shuffled | grep -v flags|3|5 of 6 right.
printf "%s\n" ACK x+1 b y+1 2,3 x+1|0|6 of 6 right.
printf "%s\n" hint ACK x+1 "seq-3: b" y+1 2,3 x+1|0|6 of 6 right.'

# side_by_side COMMAND TABLE: COMMAND ROW for each row of it, in a folder of its own; says which failed.
side_by_side() {
	local row n=0 failed=0
	while read -r row; do
		n=$((n + 1))
		mkdir "row $n"
		{ (cd "row $n" && "$1" "$row" >said 2>&1 && touch passed) || :; } 3>&- &
	done <<<"$2"
	wait
	n=0
	while read -r row; do
		n=$((n + 1))
		[ -e "row $n/passed" ] || { echo "row: $row"; head -n 40 "row $n/said"; failed=1; }
	done <<<"$2"
	[ "$n" -gt 1 ] && [ "$failed" = 0 ]
}

answers_row() {
	local row=$1 how code said by status
	said=${row##*|} row=${row%|*} code=${row##*|} how=${row%|*}
	[[ $how != *' / '* ]] || how="${how% / *} | sed '${how#* / }'"
	eval "$how" >answers
	for by in answers <(cat answers) -; do
		status=0
		lab run 1 --width 80 --answers "$by" <answers >out 2>err || status=$?
		echo "$by: $status"
		cat out err
		[ $status = "$code" ] && grep -qF -- "$said" out && [ ! -s err ] || return
	done
}

@test "answers from a file, a pipe and standard input: in any order, after hints" {
	side_by_side answers_row "$files"
	{ printf 'ack-3: \e[2J\n'; shuffled; } >answers
	run -3 lab run 1 --answers answers
	grep -qF '> \x1b[2J' <<<"$output"
}

# what `answers` is, or where they are (by) | what is said
no_files='printf "%s\n" flags:ACK nosuch:1 >answers|the answers: there is no question '\''nosuch'\''
printf "flag: ACK\n" >answers|Did you mean flags?
printf "\e[2J: ACK\n" >answers|there is no question '\''\x1b[2J'\''
mkdir answers|the answers are a directory
head -c 66000 /dev/zero | tr "\0" "#" >answers|there are more than 64 KiB of answers
ln -s /dev/zero answers|there are more than 64 KiB of answers
head -c 500 /dev/zero >answers|the answers are no text
exec 9< <(true); by=/dev/fd/9|synfin: nobody has written answers into the pipe
mkfifo answers|synfin: cannot read the answers: nobody writes them
exec 9< <(exec sleep 6); by=/dev/fd/9|synfin: cannot read the answers: nobody writes them'

# Two lines, with these words.
refused() { # refused WORDS FILE
	local status=0
	timeout 20 "$SYNFIN" lab run 1 --answers "$2" >out 2>err || status=$?
	cat out err
	[ $status = 1 ] && [ ! -s out ] && grep -qF -- "$1" err && [ "$(wc -l <err)" = 2 ]
}

no_file_row() {
	local by=answers
	eval "${1%|*}"
	refused "${1##*|}" "$by"
}

@test "a file of answers that is none: a sentence, before anything is played" {
	side_by_side no_file_row "$no_files"
	tidy
}

@test "no line is wider than the screen" {
	local lang row
	for row in 1 16 25; do
		for lang in en zh_CN; do
			run lab run $row --width 40 --lang $lang --style ascii < <(yes hint | head -n 7; yes skip)
			[ "$status" = 3 ]
			LC_ALL=C awk '{ gsub(/\342\200[\200-\277]/, "n"); gsub(/[\343-\357][\200-\277][\200-\277]/, "ww") }
				length($0) > 40 { print; bad = 1 } END { exit bad }' <<<"$output"
		done
	done
}

# how the exercise is made | what is said
endless='sed -i "1i for i = 1, 2e6 do end" lab.lua; yes "\${1} \${nil}" | head -n 4000 >>en.md|en.md:4015: ${nil} has no value
echo "\${(function() while true do end end)()}" >>en.md|the ${} of this page have no values: x: it takes too long
sed -i "s/wrong = .*/wrong = function() return nosuch() end,/" lab.lua|question '\''first'\'': wrong: x:5: there is no '\''nosuch'\''
sed -i "s/wrong = .*/wrong = 7,/" lab.lua|question '\''first'\'': wrong: it is no list
sed -i "s/wrong = .*/wrong = {{\"a\", 1}, false, {\"b\", 2}},/" lab.lua|question '\''first'\'': wrong: no. 2 is no {NAME, ANSWER}
sed -i "s/wrong = .*/wrong = {},/; \$a list = {} for i = 1, 13 do list[i] = {\"n\" .. i, i} end question{id = \"more\", right = 1, wrong = list}" lab.lua|question '\''more'\'': wrong: no. 13 is one too many'

# Where it is read, what it is said to have wrong.
check_row() {
	local code=0
	cp -r "$BATS_TEST_DIRNAME/../labs/sample" x
	(cd x && eval "${1%|*}")
	timeout 40 "$SYNFIN" lab check-exercise x >said 2>&1 || code=$?
	[ $code = 3 ] && grep -qF -- "${1##*|}" said
}

@test "check-exercise comes to its end, and tells what it cannot take of the wrong answers" {
	side_by_side check_row "$endless"
}

# at_a_terminal: LINE... typed at the prompts of exercise 1, one at each.
at_a_terminal() {
	local line n=0
	mkfifo keys
	script -qec "exec '$SYNFIN' lab run 1" /dev/null <>keys >out 2>&1 3>&- &
	TERMINAL=$!
	for line; do
		n=$((n + 1))
		await prompts $n
		printf '%s\r' "$line" >keys
	done
}

prompts() {
	[ "$(grep -cE '^\? [0-9] of' out)" -ge "$1" ]
}

sleeper() {
	descendants "$TERMINAL" | while read -r p; do
		! grep -qzx 47 "/proc/$p/cmdline" || echo "$p"
	done | grep .
}

@test "a program of the student's says the answer, where its name is typed and nowhere else" {
	local how
	for how in '--answers answers' '--answers -' ''; do
		printf '| touch %s/ran\n' "$PWD" >answers
		# shellcheck disable=SC2086 # words
		run lab run 1 $how <answers
		[[ $output == *'A program is run only where somebody types its name at a terminal.'* ]]
		[ "$status" != 0 ]
	done
	run -1 lab run 1 < <(yes '| true')
	cat >cut-off.pl <<-'END'
		use IO::Socket::INET;
		open(my $t, "+<", "/dev/tty") or print "tty ", $!+0;
		print ", net ", $!+0 unless IO::Socket::INET->new(PeerAddr => "127.0.0.1:7");
	END
	for_nobody
	at_a_terminal '| echo ACK' '|/nosuch' '|wc -c' '| cat /nosuch' '| grep CapEff /proc/self/status' \
		'| echo skip' '  | echo hint:' "| perl $PWD/cut-off.pl" quit
	wait "$TERMINAL" || true
	cat out
	grep -q 'Your program says: ACK' out
	grep -q 'synfin: /nosuch: No such file' out
	grep -q 'It runs as nobody: put it where everybody may read it' out
	grep -qE 'Your program says: [0-9]+' out
	grep -q 'Your program has given no answer: exit status 1' out
	grep -q 'Your program says: CapEff:.*0000000000000000' out
	grep -q 'Your program says: tty 6, net 101' out # ENXIO, ENETUNREACH
	[ "$(grep -c 'One letter\|Flags are wanted' out)" -ge 2 ] # what it says is no command
	[ ! -e ran ]
}

@test "a program that is still running goes when we go: Ctrl-C, SIGTERM, SIGKILL" {
	local how program since=$SECONDS
	for how in INT TERM KILL; do
		rm -f keys
		at_a_terminal '| sleep 47'
		await sleeper
		program=$(sleeper)
		case $how in
		INT) # is the program's
			printf '\003' >keys
			await says out 'Your program was stopped'
			await is_gone "$program"
			printf 'quit\r' >keys
			;;
		*) kill "-$how" "$(descendants "$TERMINAL" | head -n 1)" ;;
		esac
		await is_gone "$program"
		wait "$TERMINAL" || true
	done
	[ $((SECONDS - since)) -lt 8 ] # less than a program has
}
