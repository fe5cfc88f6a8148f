#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# embed.sh: what it makes of files compiles without a warning and holds them octet for octet.

setup() {
	cd "$BATS_TEST_TMPDIR"
	mkdir files
	cat >main.c <<-'MAIN'
		#include <stdio.h>
		#include "inject/scenario_files.h"
		int main(int argc, char **argv)
		{
			(void)argv;
			for (const struct scenario_file *f = scenario_files; f->name; f++)
				argc > 1 ? fputs(f->text, stdout) : puts(f->name);
			return 0;
		}
	MAIN
}

embed() { # embed FILE...
	"$ROOT/tests/tools/embed.sh" scenarios "$@" >made.c
	"${CC:-cc}" -std=gnu17 -I"$ROOT" -Wall -Wextra -Wpedantic -Wconversion -Werror made.c main.c -o made
}

@test "names come in order, not in that of the files" {
	touch files/b.lua files/a.lua files/a-b.lua
	embed files/b.lua files/a-b.lua files/a.lua
	[ "$(./made)" = $'a\na-b\nb' ]
	embed
	[ -z "$(./made)" ]
}

@test "texts are kept octet for octet" {
	{
		printf 'say "\\n %%d ?\?/"\r\n\t-- \303\251 \377\n'
		for ((i = 0; i < 2000; i++)); do echo '0123456789'; done
		printf 'no newline at the end'
	} >files/odd.lua
	embed files/odd.lua
	./made texts | cmp - files/odd.lua
}

@test "files of the lab keep their path, their length and their zeros" {
	sed -i 's/scenario_file /lab_file /; s/scenario_files/lab_files/; s/inject/labs/
		s/argc > 1 .*/argc > 1 ? fwrite(f->octets, 1, f->len, stdout) : (size_t)puts(f->name);/' main.c
	mkdir -p labs/b labs/a
	printf 'x\0y\n' >labs/b/capture.pcap
	: >labs/a.md
	"$ROOT/tests/tools/embed.sh" labs labs/b/capture.pcap labs/a.md >made.c
	"${CC:-cc}" -std=gnu17 -I"$ROOT" -Wall -Wextra -Wpedantic -Wconversion -Werror made.c main.c -o made
	[ "$(./made)" = $'a.md\nb/capture.pcap' ]
	./made octets | cmp - labs/b/capture.pcap
}

@test "every scenario is in the program's table" {
	embed "$ROOT"/inject/scenarios/*.lua
	[ "$(./made | wc -l)" = "$(find "$ROOT/inject/scenarios" -name '*.lua' | wc -l)" ]
}
