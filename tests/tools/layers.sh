#!/bin/bash
# SPDX-License-Identifier: MIT
# layers.sh ROOT OBJECTS: the rules that a compiler does not know. Every offence is a line
# "file:line: sentence"; exit status 1 when there is one. OBJECTS holds ROOT's compiled .o files.
set -eu
exec </dev/null
cd "$1"
objects=$2
rooms=$(find analysis capture inject labs synfin.c -name '*.[ch]' 2>/dev/null | sort)
every=$(find analysis capture inject labs tests synfin.c -name '*.[ch]' 2>/dev/null | sort)

# labs -> inject -> capture -> analysis; in analysis: views -> model -> decode.
includes() {
	awk '
	function room(f) {
		return match(f, /^analysis\/(decode|model|views)\//) ? substr(f, 1, RLENGTH) : \
			match(f, /^[a-z]+\//) ? substr(f, 1, RLENGTH) : "top"
	}
	BEGIN {
		may["analysis/decode/"] = "^analysis/decode/"
		may["analysis/model/"] = "^analysis/(decode|model)/"
		may["analysis/views/"] = "^analysis/(decode|model|views)/"
		may["analysis/"] = "^analysis/"
		may["capture/"] = "^(analysis|capture)/"
		may["inject/"] = "^(analysis|capture|inject)/"
		may["labs/"] = may["top"] = "^(analysis|capture|inject|labs)/"
		banned = "^(libnet|net/|netinet|netpacket/|netdb|sys/socket|linux/|n?curses)"
	}
	function offence(what) { printf "%s:%d: %s\n", FILENAME, FNR, what }
	!/^[ \t]*#[ \t]*include/ { next }
	{
		name = $0
		gsub(/^[^<"]*[<"]|[>"].*$/, "", name)
		if ($0 ~ /"/ && name !~ may[room(FILENAME)])
			offence(room(FILENAME) " may not include " name)
		if (FILENAME !~ /^analysis\//)
			next
		if (name ~ /^pcap/ && FILENAME != "analysis/savefile.c")
			offence("in analysis only savefile.c uses libpcap (" name ")")
		if (name ~ /^(lua|lauxlib)/ && FILENAME !~ /^analysis\/script(_[a-z]+)?\.[ch]$/)
			offence("in analysis only script*.c uses Lua (" name ")")
		if (name ~ banned)
			offence("analysis has no sockets, no libnet and no terminal (" name ")")
	}' $rooms
}

sizes() {
	awk '
	function offence(line, what) { printf "%s:%d: %s\n", FILENAME, line, what }
	FNR == 1 { limit = FILENAME ~ /h$/ ? 80 : 300; start = 0; guards = 0; guard = "" }
	guard != "" {
		if ($1 != "#define" || $2 != guard)
			offence(FNR, "an include guard must be defined on the line after its #ifndef")
		guard = ""
	}
	FNR == limit + 1 { offence(FNR, "a file longer than " limit " lines") }
	/^[{]/ { start = FNR }
	/^[}]/ && start {
		if (FNR - start + 1 > 60)
			offence(start, "a function of " FNR - start + 1 " lines, more than 60")
		start = 0
	}
	/^[ \t]*#[ \t]*(if|elif|else)/ {
		if (FILENAME ~ /h$/ && /^#ifndef SYNFIN_[A-Z0-9_]+_H$/ && !guards++)
			guard = $2
		else
			offence(FNR, "conditional compilation other than an include guard")
	}
	' $every
}

# line FILE REGEX: "FILE:N" of the first line that matches.
line() {
	echo "$1:$(grep -nP -m1 -e "$2" "$1" | cut -d: -f1)" | sed 's/:$/:1/'
}

calls() {
	local f name
	for f in $(find analysis -name '*.c' 2>/dev/null | sort); do
		nm -u "$objects/${f%.c}.o" | awk '{ print $NF }' | grep -xE \
			'socket|socketpair|connect|bind|listen|accept4?|_?exit|_Exit|quick_exit|abort|time|clock_gettime|gettimeofday|(secure_)?getenv|s?rand(om)?' |
			while read -r name; do
				echo "$(line "$f" "\\b$name *\\("): analysis may not call $name()"
			done
	done
}

# Tables of pointers are in .data.rel.ro: written by the loader, constant after.
variables() {
	local f name
	for f in $(grep '\.c$' <<<"$rooms"); do
		objdump -t "$objects/${f%.c}.o" | awk '
			!/ d  / && / (\.data|\.bss|\.tdata|\.tbss|\*COM\*)/ && !/ \.data\.rel\.ro/ { print $NF }' |
			while read -r name; do
				echo "$(line "$f" "\\b${name%%.*}\\b"): ${name%%.*} is a variable that outlives its function"
			done
	done
}

for f in $(grep '\.c$' <<<"$rooms"); do
	[ -e "$objects/${f%.c}.o" ] || { echo "$f: not compiled in $objects" >&2; exit 2; }
done
offences=$(includes; sizes; calls; variables)
[ -z "$offences" ] && exit 0
echo "$offences"
exit 1
