#!/bin/sh
# SPDX-License-Identifier: MIT
# embed.sh scenarios|labs FILE...: a C file with the table of inject/scenario_files.h, or of
# labs/lab_files.h, on standard output. Texts are arrays of numbers: a string literal may have no
# more than 4095 octets.
set -eu
export LC_ALL=C

what=$1
shift
case $what in
scenarios) table='scenario_file scenario_files' header=inject/scenario_files.h end=.lua ;;
labs) table='lab_file lab_files' header=labs/lab_files.h end= ;;
esac
echo '/* Made by embed.sh: edit the files instead. */'
echo "#include \"$header\""
n=0 rows=
for name in $(for f; do echo "${f%"$end"}"; done | sort); do
	f=$name$end
	echo "static const unsigned char text_${n}[] = { /* $f */"
	od -An -v -tu1 "$f" | sed 's/  *\([0-9]*\)/\1,/g'
	echo '0};'
	case $what in
	scenarios) row="{\"${name##*/}\", (const char *)text_$n}" ;;
	labs) row="{\"${f#labs/}\", text_$n, sizeof text_$n - 1}" ;;
	esac
	rows="$rows	$row,
"
	n=$((n + 1))
done
echo "const struct $table[] = {"
printf '%s\t{0},\n};\n' "$rows"
