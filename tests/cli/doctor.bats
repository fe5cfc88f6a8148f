#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# synfin doctor without rights: what it finds, where things were taken away too.
# shellcheck disable=SC1003,SC2016,SC2154 # $0 is for the shell inside; run sets them

load examples
load schema

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	unset COLUMNS NO_COLOR LC_ALL LC_CTYPE
}

as_user() { # without any right, also where the tests are run as root
	local as=()
	[ "$(id -u)" != 0 ] || as=(setpriv --reuid 65534 --regid 65534 --clear-groups --inh-caps -all --)
	"${as[@]}" "$@"
}

doctor() {
	as_user "$SYNFIN" doctor "$@"
}

# private COMMANDS...: by sh, as root of a user and a network namespace; $0 is synfin.
private() {
	has_namespaces || skip "no user namespaces"
	as_user unshare -Urn sh -c "$1" "$SYNFIN"
}

# of ID FILTER: of that check, in JSON on standard input.
of() {
	jq -r --arg id "$1" ".checks[] | select(.id == \$id) | $2"
}

@test "one object of JSON, as the schema has it" {
	doctor --json >found
	[ "$(wc -l <found)" = 1 ]
	run -0 check <found
	[ -z "$output" ] || { echo "$output"; false; }
	[ -n "$(sed 's/"status":"ok"/"status":"fine"/' found | check)" ]
	[ "$(jq -r '.type, .v, .uid > 0' found | paste -sd' ')" = "doctor 1 true" ]
	[ "$(jq -r '.settings[].name' found | grep -cE '^(tcp_(fin_timeout|syn_retries|synack_retries|syn_linear_timeouts|syncookies|timestamps|tw_reuse|rfc1337|fastopen)|somaxconn)$')" = 10 ]
}

@test "the ids are those of the schema, but for root's, and so the page has them" {
	local id
	doctor --json | jq -r '.checks[].id' >found
	jq -r '."$defs".doctor.properties.checks.items.properties.id.enum[]' \
		"$ROOT/share/schema/synfin-1.schema.json" | grep -v '^netns-root$' >schema
	diff schema found
	tr -d '\\' <"$ROOT/share/man/synfin-doctor.1" >page
	while read -r id; do
		grep -qE "^\.BR? $id( ,)?$" page || { echo "$id"; false; }
	done <found
}

@test "without rights: what works, what would with them, and the commands" {
	run -0 --separate-stderr doctor --json
	[ -z "$stderr" ]
	local found=$output id
	for id in files expressions drop-rights witness-sockets shield; do
		[ "$(of $id .status <<<"$found")" = ok ] || { echo "$id"; false; }
	done
	for id in capture witness-states witness-drops witness-resets witness-repeats witness-numbers raw-sockets; do
		[ "$(of $id .status <<<"$found")" = rights ] || { echo "$id"; false; }
		[[ $(of $id '.cures[0]' <<<"$found") == *sudo* ]]
	done
	[ "$(of capture '.text, .cures[0]' <<<"$found")" = \
		$'lo: capturing needs rights (root, or CAP_NET_RAW)\nsudo '"$SYNFIN capture" ]
	[ "$(of raw-sockets '.cures[0]' <<<"$found")" = "sudo $SYNFIN inject session" ]
	[[ $(of capture '.cures[1]' <<<"$found") == "sudo setcap cap_net_raw+ep $(readlink -f "$SYNFIN") "* ]]
	[[ $(of witness-states .text <<<"$found") == 'no tracepoints (they need root, '*'can change unseen.' ]]
	[[ $(of files .text <<<"$found") == *'libpcap version '[0-9]* ]]
	[[ $(of expressions .text <<<"$found") == *'Lua 5.4.'[0-9]* ]]
}

@test "sentences: ok or not, what to do below, fitting 80 columns" {
	doctor >text
	doctor --json >found
	cat text
	run -1 grep -nE '^.{81}|[[:space:]]$' text
	[ "$(grep -c '^  ok ' text)" = "$(jq '[.checks[] | select(.status == "ok")] | length' found)" ]
	[ "$(grep -c '^  not ' text)" = "$(jq '[.checks[] | select(.status != "ok")] | length' found)" ]
	# A group of several sources says once what would bring them.
	[ "$(grep -c '^    -> Run it with sudo to be told\.$' text)" = 1 ]
	[ "$(grep -cx "    -> sudo $SYNFIN capture" text)" = 1 ]
	[ "$(tail -n 2 text)" = "$(jq '[.checks[] | select(.status == "ok")] | length' found) of $(jq \
		'.checks | length' found) work; with rights:"$'\n'"    -> sudo $SYNFIN doctor" ]
	local group
	for group in See 'See, with --witness' Make "The kernel's TCP" 'The terminal'; do
		grep -qx "$group" text
	done
}

@test "every width from 40 on is kept, and none is wider than 80" {
	local width
	for width in 20 40 50 60 79 80 200; do
		COLUMNS=$width doctor >text
		[ "$width" -ge 40 ] || width=40
		[ "$width" -le 80 ] || width=80
		grep -vE "$SYNFIN|$(readlink -f "$SYNFIN")" text | # a path has the length that it has
			{ run -1 grep -nE "^.{$((width + 1))}|[[:space:]]$" -; echo "$width: $output"; [ "$status" = 1 ]; }
	done
}

@test "--netns: as unshare has it" {
	local works=no
	! as_user unshare -Urn true 2>/dev/null || works=ok
	[ "$(doctor --json | of netns .status)" = $works ]
}

@test "user.max_user_namespaces=0 is named, with the command that changes it" {
	private 'echo 0 >/proc/sys/user/max_user_namespaces && exec "$0" doctor --json' >found
	[ "$(of netns '.status, .text, .cures[]' <found)" = \
		$'no\nuser.max_user_namespaces is 0, which forbids them\nsudo sysctl -w user.max_user_namespaces=15000' ]
	[ "$(of netns-root .status <found)" = ok ]
	private 'echo 0 >/proc/sys/user/max_net_namespaces && exec "$0" doctor --json' >found
	[ "$(of netns-root '.status, .text' <found)" = $'no\nuser.max_net_namespaces is 0, which forbids them' ]
}

@test "lo is down: everything that needs it says so, and how it comes up" {
	private '"$0" doctor --json' >found
	[ "$(of capture '.text, .cures[]' <found)" = \
		$'lo: the interface is down\nBring it up: sudo ip link set lo up' ]
	local id
	for id in raw-sockets shield; do
		[ "$(of $id '.status, .text, .cures[]' <found)" = \
			$'no\nlo is down: there is no way to 127.0.0.1\nsudo ip link set lo up' ]
	done
	[ "$(of files .status <found)" = ok ]
}

@test "in a namespace of one's own there are rights, over IPv4 and IPv6" {
	private 'ip link set lo up && exec "$0" doctor --json' >found
	local id
	for id in capture drop-rights raw-sockets shield netns-root; do
		[ "$(of $id .status <found)" = ok ] || { echo "$id"; cat found; false; }
	done
	[[ $(of raw-sockets .text <found) == *'libnet version '*', IPv4 and IPv6' ]]
	[[ $(of shield .text <found) == *', IPv4 and IPv6' ]]
}

@test "without IPv6 the crafted and the shielded are IPv4's, and it says so" {
	private 'ip link set lo up && echo 1 >/proc/sys/net/ipv6/conf/lo/disable_ipv6 &&
		exec "$0" doctor --json' >found
	local id
	for id in raw-sockets shield; do
		[[ $(of $id '.status, .text' <found) == $'ok\n'*', IPv4 only: '*'::1'* ]]
	done
}

@test "nothing stays: no process, no socket, and lo has seen four segments" {
	has_namespaces || skip "no user namespaces"
	as_user unshare -Urnpf --mount-proc sh -c 'ip link set lo up && "$0" doctor >/dev/null
		set -- /proc/[0-9]*; echo $#; cat /proc/net/tcp* /proc/net/udp* /proc/net/raw* | grep -c :
		awk "/lo:/ { print \$3 }" /proc/net/dev' "$SYNFIN" >left
	[ "$(paste -sd' ' left)" = "1 0 4" ] || { cat left; false; }
}

@test "settings that are not Linux's are told, with what they mean" {
	private 'echo 2 >/proc/sys/net/ipv4/tcp_syn_retries; echo 1 >/proc/sys/net/ipv4/tcp_rfc1337
		"$0" doctor; "$0" doctor --json | tail -n 1' >text
	grep -qE '^  tcp_syn_retries +2 ' text
	grep -qE '^  tcp_rfc1337 +1 +no RST ends TIME-WAIT early \(the default is 0\)$' text
	run -1 grep -E '^  as usual .*tcp_rfc1337' text
	grep -qE '^  tcp_fin_timeout +60 ' text
	tail -n 1 text | jq -e '.settings[] | select(.name == "tcp_syn_retries") | .value == 2 and .usual == 6'
	tail -n 1 text | jq -e '.settings[] | select(.name == "tcp_syn_retries") | .text |
		startswith("a lost SYN goes again after 1, ") and endswith("; given up after 7 s")'
}

# environment | style | what stands in the line of the characters
locales='LANG=C|ascii|C is not UTF-8
LANG=C.UTF-8|unicode|C.UTF-8 is UTF-8
LANG=|ascii|C is not UTF-8
LANG=C.UTF-8 LC_CTYPE=C|ascii|C is not UTF-8
LANG=C LC_CTYPE=C LC_ALL=C.UTF-8|unicode|C.UTF-8 is UTF-8
LANG=C.UTF-8 LC_CTYPE= LC_ALL=|unicode|C.UTF-8 is UTF-8
LC_ALL=qq_QQ.UTF-8|ascii|qq_QQ.UTF-8 is not installed'

@test "the style that fits the locale" {
	local env style words
	while IFS='|' read -r env style words; do
		echo "row: $env"
		# shellcheck disable=SC2086 # words
		[ "$(env $env "$SYNFIN" doctor --json | jq -r .terminal.style)" = "$style" ]
		# shellcheck disable=SC2086
		env $env "$SYNFIN" doctor | grep -qF "  $words"
	done <<<"$locales"
}

# arguments | last words of the first line
table='--jsno|unrecognized option '\''--jsno'\'': did you mean '\''--json'\''?
--nosuch|unrecognized option '\''--nosuch'\''
json|unknown word '\''json'\'': did you mean '\''--json'\''?
lo|unknown word '\''lo'\'': doctor takes options only
--json x|unknown word '\''x'\'': doctor takes options only'

@test "misuse" {
	while IFS='|' read -r arguments words; do
		echo "row: $arguments"
		# shellcheck disable=SC2086 # words
		run -2 --separate-stderr doctor $arguments
		[ "$output" = "" ]
		[ "${stderr_lines[0]}" = "synfin doctor: $words" ]
		[[ ${stderr_lines[-1]} == Try* ]]
	done <<<"$table"
	run -2 "$SYNFIN" docter
	[ "${lines[0]}" = "synfin: unknown command 'docter': did you mean 'doctor'?" ]
	run -2 --separate-stderr doctor $'\e[2J'
	[[ $stderr != *$'\e'* ]]
}

@test "nobody reads on; the disk is full; standard input is closed" {
	doctor 2>err | head -n 1 >out
	[ "$(cut -d' ' -f1 out)" = synfin ]
	[ ! -s err ]
	run -1 bash -c '"$0" doctor 2>&1 >/dev/full' "$SYNFIN"
	[[ ${lines[0]} == *'cannot write'* || ${lines[0]} == *'No space left'* ]]
	run -0 bash -c '"$0" doctor <&-' "$SYNFIN"
	grep -q '^  ok   capture files' <<<"$output"
}

@test "the help begins with examples" {
	run -0 doctor --help
	[ "$(head -n 8 <<<"$output" | grep -cE '^  (sudo )?synfin doctor')" -ge 3 ]
}
