# SPDX-License-Identifier: MIT
# Each rule of layers.sh must find its offender, at its file and line, and nothing else.
# bats file_tags=tools

setup() {
	cd "$BATS_TEST_TMPDIR"
	mkdir -p analysis/decode analysis/model analysis/views capture inject labs tests/unit
	touch analysis/decode/d.h analysis/model/m.h analysis/views/v.h capture/c.h inject/i.h labs/l.h
}

# put FILE LINE...
put() {
	local file=$1
	shift
	printf '%s\n' "$@" >"$file"
}

layers() {
	local f
	for f in $(find analysis capture inject labs synfin.c -name '*.c' 2>/dev/null); do
		mkdir -p "o/${f%/*}"
		cc -w -I. -c -o "o/${f%.c}.o" "$f"
	done
	run "$ROOT/tests/tools/layers.sh" . o
}

# offence START: the only line of output starts with START.
offence() {
	[ "$status" -eq 1 ] || { echo "status $status: $output"; return 1; }
	[ "${#lines[@]}" -eq 1 ] || { echo "not one line: $output"; return 1; }
	[[ $output == "$1"* ]] || { echo "expected $1, got $output"; return 1; }
}

@test "a clean tree has no offence" {
	put analysis/decode/d.c '#include "analysis/decode/d.h"' '#include <assert.h>' \
		'const char *const names[] = {"a"};' 'void d(int n) { assert(n); }'
	put analysis/views/v.c '#include "analysis/model/m.h"' '#include <arpa/inet.h>'
	put analysis/savefile.c '#include <pcap/pcap.h>'
	put labs/l.c '#include "inject/i.h"' '#include <netinet/in.h>'
	put analysis/decode/d.h '#ifndef SYNFIN_D_H' '#define SYNFIN_D_H' '#endif'
	layers
	[ "$status" -eq 0 ] && [ -z "$output" ]
}

# file, what it includes
@test "arrows against the layers" {
	while read -r file include; do
		put "$file" '' "#include \"$include\""
		layers
		offence "$file:2: " || { echo "row: $file $include"; return 1; }
		rm "$file"
	done <<-ROWS
		analysis/decode/x.c analysis/model/m.h
		analysis/decode/x.c capture/c.h
		analysis/model/x.c analysis/views/v.h
		analysis/views/x.c capture/c.h
		analysis/x.c capture/c.h
		capture/x.c inject/i.h
		inject/x.c labs/l.h
		analysis/decode/x.c d.h
	ROWS
}

@test "the arrows that are allowed" {
	while read -r file include; do
		put "$file" "#include \"$include\""
		layers
		[ "$status" -eq 0 ] || { echo "row: $file $include: $output"; return 1; }
		rm "$file"
	done <<-ROWS
		analysis/model/x.c analysis/decode/d.h
		analysis/views/x.c analysis/decode/d.h
		analysis/x.c analysis/views/v.h
		capture/x.c analysis/model/m.h
		inject/x.c capture/c.h
		labs/x.c inject/i.h
		synfin.c labs/l.h
	ROWS
}

@test "system headers that analysis may not have" {
	for header in pcap.h pcap/pcap.h netinet/in.h sys/socket.h net/if.h linux/tcp.h; do
		put analysis/views/v.h '' "#include <$header>"
		layers
		offence "analysis/views/v.h:2: " || { echo "row: $header"; return 1; }
	done
}

@test "Lua is the script's" {
	touch lua.h
	for file in analysis/savefile.c analysis/scripts.c analysis/views/script.c; do
		put "$file" '' '#include <lua.h>'
		layers
		offence "$file:2: " || { echo "row: $file"; return 1; }
		rm "$file"
	done
	for file in analysis/script.c analysis/script_library.c; do
		put "$file" '#include <lua.h>'
	done
	layers
	[ "$status" -eq 0 ]
}

@test "calls that analysis may not make" {
	while read -r name call; do
		put analysis/x.c '#include <stdlib.h>' '#include <time.h>' 'void f(void);' "void f(void) { $call; }"
		layers
		offence "analysis/x.c:4: analysis may not call $name()" || { echo "row: $name"; return 1; }
	done <<-ROWS
		socket extern int socket(int, int, int); socket(1, 1, 1)
		exit exit(1)
		_exit _exit(1)
		abort abort()
		time time(0)
		clock_gettime clock_gettime(0, 0)
		getenv getenv("A")
		rand rand()
	ROWS
	put analysis/x.c ''
	put capture/x.c '#include <stdlib.h>' 'void f(void) { exit(1); }'
	layers
	[ "$status" -eq 0 ]
}

@test "variables that outlive their function" {
	while read -r file text; do
		put "$file" '' "$text"
		layers
		offence "$file:2: it is a variable" || { echo "row: $text"; return 1; }
		rm "$file"
	done <<-ROWS
		capture/x.c int it;
		capture/x.c static int it = 3; int *f(void) { return &it; }
		analysis/x.c int f(void) { static int it; return ++it; }
		synfin.c __thread int it;
		inject/x.c const char *it = "pointed to";
		labs/x.c char it[100];
	ROWS
}

@test "files and functions that are too long" {
	put capture/x.c $(printf 'int%d; ' {1..301} | sed 's/int\([0-9]*\);/extern@int@x\1;/g')
	sed -i 's/@/ /g' capture/x.c
	layers
	offence "capture/x.c:301: a file longer than 300"
	sed -i 1d capture/x.c
	layers
	[ "$status" -eq 0 ]
	seq -f '/* %.0f */' 81 >inject/i.h
	layers
	offence "inject/i.h:81: a file longer than 80"
	sed -i 1d inject/i.h
	{ echo 'void f(void)'; echo '{'; seq -f '/* %.0f */' 58; echo '}'; } >capture/x.c
	layers
	[ "$status" -eq 0 ]
	sed -i '2a;' capture/x.c
	layers
	offence "capture/x.c:2: a function of 61 lines"
	rm capture/x.c
	seq -f '/* %.0f */' 301 >tests/unit/test_x.c
	layers
	offence "tests/unit/test_x.c:301: "
}

@test "conditional compilation" {
	for text in '#if 0' '#ifdef DEBUG' '#  ifndef NDEBUG'; do
		put capture/x.c '' "$text" '#endif'
		layers
		offence "capture/x.c:2: conditional" || { echo "row: $text"; return 1; }
	done
	rm capture/x.c
	put capture/c.h '#ifndef SYNFIN_C_H' '#define SYNFIN_C_H' '#ifndef SYNFIN_D_H' '#endif' '#endif'
	layers
	offence "capture/c.h:3: conditional"
	put capture/c.h '#ifndef SYNFIN_C_H' '#define SYNFIN_D_H' '#endif'
	layers
	offence "capture/c.h:2: an include guard"
}

@test "an object that was not compiled is no silence" {
	put analysis/x.c ''
	run "$ROOT/tests/tools/layers.sh" . o
	[ "$status" -eq 2 ]
}
