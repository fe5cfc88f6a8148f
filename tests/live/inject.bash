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
		exec setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=-all --ambient-caps=-all \
			-- timeout -k 1 30 "$@")
}

# serve PORT HOW [SECONDS]: a server of another process, on every address. It echoes until its
# client has closed, and closes so much later; or, `now`, closes before it has heard anything.
serve() {
	# shellcheck disable=SC2016 # perl's
	ip netns exec "$NS" timeout -k 1 100 perl -MIO::Socket::IP -e '
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
		}' "$@" >served 2>&1 3>&- &
	await listens_at "$1"
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
