#!/bin/bash
# SPDX-License-Identifier: MIT
# check-witness.sh [--short]: the kernel's word against ours (synfin --witness), in private network
# namespaces: kernel against kernel (the actor's crowd and its cases), injector against kernel (all
# scenarios, sessions of every close), over IPv4 and IPv6. For each kind a line of what agreed; exit
# status 1 when anything did not that the table of differences does not explain, when a kind or all
# of them agreed on too little, when the kernel gave a reason that is not known, or when words were
# lost three times over. SEED=N: another crowd, another order.
# shellcheck disable=SC2317 # called by their names
set -eu -o pipefail
synfin=${SYNFIN:?} actor=${ACTOR:?} seed=${SEED:-$((RANDOM * 32768 + RANDOM + 1))} short=${1:-}
abreast=4 tries=3
# In all at least: transitions, refusals, ends.
least="10000 40 2400"
[ -z "$short" ] || least="6000 12 1500"
dir=$(mktemp -d "${TMPDIR:-/tmp}/synfin-witness.XXXXXX")
busy=()
trap '[ "${#busy[@]}" = 0 ] || kill "${busy[@]}"; rm -rf "$dir"' EXIT

# Linux 6.18 keeps back what interrupts an idle CPU (see trace_lost): nobody idles here.
for ((cpu = 0; cpu < $(nproc); cpu++)); do
	chrt --idle 0 taskset -c "$cpu" bash -c 'while :; do :; done' 3>&- &
	busy+=($!)
done

# What is ours only until a later segment shows that the one before it was not taken (the third ACK
# met a full queue, or a filter) is no disagreement: the kernel was right first, "shown-later".
#
# count FILE KIND: a line "kind verdict" for each word in FILE. KIND "crowd": the manner of the
# client, from FILE.truth.
count() {
	local truth=/dev/null
	[ "$2" != crowd ] || truth=$1.truth
	jq -r -n --arg kind "$2" --slurpfile truth "$truth" '
		(reduce $truth[] as $t ({}; .["\($t.client)"] = "crowd " + $t.manner)) as $manner |
		[inputs] as $all |
		(reduce ($all[] | select(.type == "connection")) as $c ({};
			.["\($c.conn)"] = ($manner[$c.client] // $kind))) as $of |
		(reduce ($all[] | select(.type == "correction")) as $c ({};
			.["\($c.conn) \($c.corrects) \($c.end)"] = true)) as $shown |
		("\($manner | if . == {} then [$kind] else [.[]] | unique end | .[])\t-"),
		($all[] | select(.type == "witness") | "\($of["\(.conn)"] // $kind)\t\(
			if .verdict == "ours-only" and $shown["\(.conn) \(.n) \(.end)"] then "shown-later"
			elif .verdict == "other-numbers" and .n then "other-counters"
			else .verdict end)")' "$1.lines"
	sed -nE "s/.* SND.NXT at ([0-9]+) of ([0-9]+) segments.*/$2\tat \1 \2/p" "$1.err"
}

# play FILE KIND COMMAND...: again while words are lost.
play() {
	local file=$1 kind=$2 i
	for ((i = 0; i < tries; i++)); do
		"${@:3}" "$file" >"$file.truth" 2>"$file.err" </dev/null || break
		mv "$file" "$file.lines"
		count "$file" "$kind" >"$file.counts"
		! grep -q unsaid "$file.counts" || continue
		mv "$file.counts" "$file.done"
		return
	done
	{ echo "$kind: FAILED"; cat "$file.err"; cat "$file.counts" 2>/dev/null || :; } >"$file.failed"
}

kernels() { # kernels FAMILY CASE FILE
	# shellcheck disable=SC2086 # -6 or nothing
	"$actor" --netns --seed "$seed" $1 --with \
		"'$synfin' capture --witness -B 65536 --as jsonl:witness,correction,connection >'$3'" "$2"
}

injected() { # injected ARGUMENT... FILE
	timeout 60 "$synfin" inject "${@:1:$#-1}" --netns --witness --as jsonl:witness,correction,connection \
		>"${!#}"
}

# The plan: a line for each run, in an order that follows from the seed.
plan() {
	local name
	for name in four-close three-close told-four told-three server-first half-close connect-close \
		simultaneous-close reset unread-data refused simultaneous-open self-connect fast-open data \
		${short:-lost-last-ack lost-syn lost-third-ack keepalive unanswered many}; do
		[[ $name != -* ]] || continue
		echo "$name|kernels|-|$name"
		echo "$name, IPv6|kernels|-6|$name"
	done
	"$synfin" inject list | awk '{ print $1 }' | while read -r name; do
		case $short$name in --short*[!a]) [ $((${#name} % 3)) = 0 ] || continue ;; esac
		echo "scenario $name|injected|run|$name"
	done
	for name in four three rst half simultaneous; do
		echo "session $name|injected|session|--close=$name"
		[ -n "$short" ] || echo "session $name, IPv6|injected|session|--close=$name|[::1]:8080"
	done
}

echo "SEED=$seed"
play "$dir/crowd" crowd kernels '' crowd
plan | awk -v seed="$seed" 'BEGIN { srand(seed) } { print rand() "\t" $0 }' | sort -n | cut -f 2- >"$dir/plan"
n=0
while IFS='|' read -r kind how a b c; do
	while [ "$(jobs -pr | wc -l)" -ge $((abreast + ${#busy[@]})) ]; do
		wait -n || :
	done
	[ "$a" != - ] || a=
	n=$((n + 1))
	# shellcheck disable=SC2086 # c may be none
	play "$dir/$n" "$kind" "$how" "$a" "$b" $c 3>&- &
done <"$dir/plan"
while [ "$(jobs -pr | wc -l)" -gt "${#busy[@]}" ]; do
	wait -n || :
done

status=0 wrong='"verdict":"(kernel-only|ours-only|other-|unknown-)'
cat "$dir"/*.done | sort | awk -F '\t' -v least="$least" '
	$2 ~ /^at / { split($2, at, " "); kinds[$1]; same[$1] += at[2]; told[$1] += at[3]; next }
	{ kinds[$1]; n_of[$1, $2]++; all[$2]++ }
	# Every kind agrees on something; between two kernels, on both ends.
	function too_little(kind) {
		if (kind ~ /^crowd$|figure-11|syn-queue/)
			return 0
		steps = of(kind, "agreed") + of(kind, "same-verdict")
		return steps < (kind ~ /^(scenario|session|unanswered)/ ? 1 : 2)
	}
	function of(kind, verdict) { return n_of[kind, verdict] + 0 }
	END {
		for (kind in kinds) {
			wrong = 0
			for (v in all)
				if (v ~ /^(kernel-only|ours-only|other-.*|unsaid|unknown-reason)$/)
					wrong += of(kind, v)
			wrong += told[kind] - same[kind]
			little = too_little(kind)
			numbers += same[kind]
			steps = of(kind, "agreed") + of(kind, "kernel-only") + of(kind, "ours-only")
			printf "%s: agreed %d of %d transitions, %d of %d refused, %d of %d ends, %d of %d numbers%s\n", kind,
				of(kind, "agreed"), steps, of(kind, "same-verdict"),
				of(kind, "same-verdict") + of(kind, "other-verdict"), of(kind, "same-numbers"),
				of(kind, "same-numbers") + of(kind, "other-numbers"), same[kind], told[kind], (wrong ? "  DISAGREES" : "") (little ? "  TOO LITTLE" : "") | "sort"
			bad += wrong + little
			kindsum++
		}
		close("sort")
		printf "%d kinds: %d transitions agreed, %d by design, %d segments refused, %d ends, %d numbers\n", kindsum,
			all["agreed"], all["by-design"], all["same-verdict"], all["same-numbers"], numbers
		split(least, l, " ")
		if (all["agreed"] < l[1] || all["same-verdict"] < l[2] || all["same-numbers"] < l[3]) {
			print "that is too little: the least is " least " transitions, refusals, ends"
			bad++
		}
		exit bad > 0
	}' || status=1
cat "$dir"/*.failed 2>/dev/null && status=1
[ "$status" = 0 ] || grep -lE "$wrong" "$dir"/*.lines | while read -r name; do
	echo "-- $(cut -f 1 "${name%.lines}.done" | sort -u | head -1)"
	grep -m 20 -E "$wrong" "$name"
done
[ "$status" = 0 ] || echo "the kernel disagrees: SEED=$seed plays the same again" >&2
exit "$status"
