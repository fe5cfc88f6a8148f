# SPDX-License-Identifier: MIT
# For the tests of inject: a private network namespace, servers and programs of the kernel's in it,
# and `synfin inject` beside them. Needs capture.bash.
# shellcheck shell=bash disable=SC2154 # BATS_* are bats'

enter_namespace() {
	need_root
	make_namespace
	mkfifo "$BATS_TEST_TMPDIR/never"
	cd "$BATS_TEST_TMPDIR" || return
}

# Nobody hangs for ever: a program that should have ended is ended.
inject() {
	inside timeout -k 1 30 "$SYNFIN" inject "$@"
}

# launch COMMAND...: in the background in the namespace, PID; it writes to the files out and err.
launch() {
	: >out
	: >err
	ip netns exec "$NS" timeout -k 1 40 "$@" >out 2>err 3>&- &
	PID=$!
}

# listener ARGUMENT...: a crafted server that is ready.
listener() {
	launch "$SYNFIN" inject listen "$@"
	await says err 'listening on'
}

says() { # says FILE WORDS...
	grep -q -- "${@:2}" "$1"
}

finished() { # its exit status is that; what it said is shown
	local status=0
	wait "$PID" || status=$?
	PID=
	cat out err
	[ "$status" = "$1" ] || { echo "exit status $status, not $1"; return 1; }
}

# Without any right. The program lies where everybody can read it.
as_nobody() {
	if [ ! -x "$BATS_FILE_TMPDIR/nobody/synfin" ]; then
		chmod 711 "$BATS_RUN_TMPDIR" "$BATS_FILE_TMPDIR" "${BATS_FILE_TMPDIR%/*}"
		install -d -o 65534 "$BATS_FILE_TMPDIR/nobody"
		install -m 755 "$SYNFIN" "$BATS_FILE_TMPDIR/nobody/synfin"
	fi
	(cd "$BATS_FILE_TMPDIR/nobody" &&
		exec ip netns exec "$NS" setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=-all --ambient-caps=-all \
			-- timeout -k 1 30 "$@")
}

# serve PORT HOW [SECONDS]: a server of another process, on every address. It echoes until its
# client has closed, and closes so much later; or, `now`, closes before it has heard anything.
serve() {
	[ -e server.pl ] || cat >server.pl <<-'END'
		use IO::Socket::IP;
		my ($port, $how, $seconds) = (@ARGV, 0);
		$SIG{CHLD} = "IGNORE";
		my $l = IO::Socket::IP->new(LocalHost => "::", LocalPort => $port, Listen => 99,
			V6Only => 0, ReuseAddr => 1) or die $@;
		while (my $s = $l->accept) {
			next if $how eq "now" || fork; # it is closed here
			close $l;
			while (sysread $s, my $text, 9999) {
				syswrite $s, $text;
			}
			select undef, undef, undef, $seconds;
			exit;
		}
	END
	ip netns exec "$NS" perl server.pl "$@" >served 2>&1 3>&- &
	disown
	await listens_at "$1"
}

# Every segment is dropped before TCP sees it, as behind a firewall.
deaf_server() {
	# shellcheck disable=SC2016 # perl's
	ip netns exec "$NS" perl -MIO::Socket::IP -e 'my $l = IO::Socket::IP->new(
		LocalHost => "127.0.0.1", LocalPort => 8080, Listen => 9) or die;
		setsockopt $l, 0, 21, pack "i", 255 or die; # IP_MINTTL
		sleep 99' >served 2>&1 3>&- &
	disown
	await listens_at 8080
}

listens_at() {
	inside ss -Hltn "sport = :$1" | grep -q .
}

# What the kernel of the namespace has counted: name value, for those that match.
counters() {
	inside cat /proc/net/snmp /proc/net/netstat | awk -v want="$1" '
		$1 in names { split(names[$1], name); delete names[$1]
			for (i = 2; i <= NF; i++) if (name[i] ~ want) print name[i], $i; next }
		{ names[$1] = $0 }'
}

# The connections in that file of jsonl, one line each: shape, close, segments.
connections_in() {
	jq -r 'select(.type == "connection") | "\(.shape) | \(.close.by) \(.close.kind) \(.close.segments)"' \
		"$1"
}
