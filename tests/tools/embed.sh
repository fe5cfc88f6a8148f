#!/bin/sh
# SPDX-License-Identifier: MIT
# embed.sh FILE...: a C file with the table of inject/scenario_files.h on standard output. Texts are
# arrays of numbers: a string literal may have no more than 4095 octets.
set -eu
export LC_ALL=C

echo '/* Made by embed.sh: edit the scenarios instead. */'
echo '#include "inject/scenario_files.h"'
n=0 rows=
for name in $(for f; do basename "$f" .lua; done | sort); do
	for f; do
		[ "$(basename "$f" .lua)" = "$name" ] || continue
		echo "static const unsigned char text_${n}[] = { /* $name */"
		od -An -v -tu1 "$f" | sed 's/  *\([0-9]*\)/\1,/g'
		echo '0};'
		rows="$rows	{\"$name\", (const char *)text_$n},
"
		n=$((n + 1))
	done
done
echo 'const struct scenario_file scenario_files[] = {'
printf '%s\t{0, 0},\n};\n' "$rows"
