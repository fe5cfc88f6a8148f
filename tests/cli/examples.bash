# SPDX-License-Identifier: MIT
# For the tests of the documents: the examples that stand in them. Run from a directory that looks
# like the checkout after `make`.
# shellcheck shell=bash disable=SC2154 # BATS_* are bats'

bats_require_minimum_version 1.5.0

ROOT=${ROOT:-$(cd "$BATS_TEST_DIRNAME/../.." && pwd)}
SYNFIN=${SYNFIN:-$ROOT/synfin}

# A directory with synfin, pcaps and share in it, and synfin in the PATH.
enter_checkout() {
	mkdir "$BATS_TEST_TMPDIR/checkout"
	cd "$BATS_TEST_TMPDIR/checkout" || return
	ln -s "$SYNFIN" synfin
	ln -s "$ROOT/pcaps" "$ROOT/share" .
	PATH=$PWD:$PATH
	unset COLUMNS NO_COLOR
}

# Whether this user may have a network namespace, as --netns does.
has_namespaces() {
	[ "$(id -u)" = 0 ] || unshare -rn true 2>/dev/null
}

# blocks FILE LANGUAGE: the fenced blocks of a Markdown file in that language, one after the other.
blocks() {
	awk -v open="\`\`\`$2" '/^```/ { inside = !inside && $0 == open; next } inside' "$1"
}

# man_examples PAGE: the command lines of its EXAMPLES, continued ones joined.
man_examples() {
	awk '/^\.SH/ { here = /EXAMPLES/ } /^\.EE/ { inside = 0 } here && inside
		/^\.EX/ { inside = 1 }' "$1" |
		sed -e 's/\\-/-/g' -e "s/\\\\(aq/'/g" -e 's/\\e/\\/g' -e 's/\\(dq/"/g'
}
