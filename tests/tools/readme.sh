#!/bin/bash
# SPDX-License-Identifier: MIT
# readme.sh FILE: print a Markdown file with the output of the commands in its ```console blocks as
# it is today; complaints and exit statuses other than 0 show up in it. From the checkout:
#   tests/tools/readme.sh README.md >build/README && cp build/README README.md
set -u
unset COLUMNS NO_COLOR
inside='' command=''

# A command ends where its output begins.
run() {
	[ -n "$command" ] || return 0
	bash -o pipefail -c "$command" 2>&1 </dev/null || echo "exit status $?"
	command=
}

while IFS= read -r line; do
	case $inside:$line in
	:'```console') inside=yes ;;
	yes:'```') run && inside='' ;;
	yes:'$ '*) run && command=${line#??} ;;
	yes:'> '*) command+=$'\n'${line#??} ;;
	yes:*) continue ;;
	esac
	printf '%s\n' "$line"
done <"$1"
