# SPDX-License-Identifier: MIT
# deps.sh against a PATH that lacks things, and an apt-get that says what it was asked for.

setup() {
	cd "$BATS_TEST_TMPDIR"
	mkdir bin
	local t
	for t in sh id cat find grep setpriv gcc make pkg-config bats groff jq nc tcpdump curl touch chmod; do
		ln -s "$(command -v "$t")" bin/
	done
	ln -s "$(type -P true)" bin/python3 # that of a version manager may be root's alone
	# Installs jq and nothing else.
	cat >bin/apt-get <<-APT
		#!/bin/sh
		echo "\$*" >>"$PWD/apt.log"
		case \$* in *install*jq*) echo : >"$PWD/bin/jq"; chmod 755 "$PWD/bin/jq" ;; esac
	APT
	chmod 755 bin/apt-get . "$BATS_RUN_TMPDIR" "$BATS_RUN_TMPDIR"/*
	touch apt.log
	chmod 666 apt.log
}

# deps [PREFIX...]: deps.sh with our PATH.
deps() { run env PATH="$PWD/bin" "$@" "$PWD/bin/sh" "$ROOT/tests/tools/deps.sh" build test; }

as_user() {
	if [ "$(id -u)" = 0 ]; then
		"$@" setpriv --reuid=65534 --regid=65534 --clear-groups --
	else
		"$@"
	fi
}

@test "nothing is missing: no word, no apt" {
	deps
	[ "$status" -eq 0 ]
	[ -z "$output" ]
	[ ! -s apt.log ]
}

@test "as a user it names the command and fails" {
	[ -r "$ROOT/tests/tools/deps.sh" ]
	cp "$ROOT/tests/tools/deps.sh" .
	ROOT=$PWD
	mkdir -p tests/tools && mv deps.sh tests/tools
	chmod -R a+rX tests
	rm bin/jq bin/nc
	as_user deps
	[ "$status" -eq 1 ]
	[ "${lines[-1]}" = "  sudo apt-get install jq netcat-openbsd" ] || { echo "$output"; return 1; }
	[ ! -s apt.log ]
}

@test "as root it installs what is missing, and no more" {
	rm bin/id bin/jq
	printf '#!/bin/sh\necho 0\n' >bin/id
	chmod 755 bin/id
	deps
	[ "$status" -eq 0 ] || { echo "$output"; return 1; }
	[ "$output" = "installing: jq" ]
	grep -q 'install jq$' apt.log
	rm bin/nc
	deps
	[ "$status" -eq 1 ]
	[ "${lines[-1]}" = "installed, but still not found: netcat-openbsd " ]
}

@test "no apt here: names the packages and goes on" {
	rm bin/jq bin/apt-get
	deps
	[ "$status" -eq 0 ]
	[[ $output == *"no apt-get here to install it: jq"* ]]
}
