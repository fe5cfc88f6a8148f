# Input: synfin's jsonl. $truth: what the actor did. $shut: the frames whose window is 0.
# $overtaking: both ends ran on CPUs of their own, where lo has a queue for each.
# Output: {conn, client, manner, mistake} for each, then {judged, kinds}.

# a - b of sequence numbers, negative when a is older.
def minus($a; $b): ($a - $b + 6442450944) % 4294967296 - 2147483648;

def past: .seq + .len; # the number of a FIN, or what follows the data
def flagged($flag): .flags | index($flag) != null;
def acks($number): flagged("ACK") and minus(.ack; $number) > 0;
def from($dir): map(select(.dir == $dir));

# Of segments of one end: those with octets that no earlier one had.
def news: . as $all | [range(length) | . as $i | $all[$i] | select(.len > 0) | . as $s |
	select(all($all[:$i][]; flagged("SYN") or minus(past; $s | past) < 0))];

# Both ends' FINs, in the order in which they were captured, with all that either end sent.
def fins: . as $all | ["c2s", "s2c"] | map(. as $d | $all | from($d) |
	{sent: ., fin: (map(select(flagged("FIN"))) | .[0])}) | sort_by(.fin.n);

# How the close went: from the acknowledgement numbers of the FINs.
def kind: fins as [$a, $b] | ($a.fin | past) as $number |
	if $b.fin | acks($number) | not then "close-simultaneous"
	elif $b.sent | any(.n < $b.fin.n and acks($number)) then "close-four"
	else "close-three" end;

def half_closed: fins as [$a, $b] | ($a.fin | past) as $number |
	($b.fin | acks($number)) and (($b.sent | news | any(acks($number))) or
		($b.fin.t - $a.fin.t > 1 and kind == "close-four"));

# Some FIN goes out while the last window of its peer is 0, or meets one before it is acknowledged.
def shut_out: . as $all | [fins[] | .fin as $f | ($f | past) as $number |
	($all | map(select(.dir != $f.dir and (flagged("RST") | not)))) as $peer |
	($peer | map(select(.n < $f.n)) | last | .shut) or
	($peer | any(.n > $f.n and .shut and (acks($number) | not)))] | any;

# A FIN that leaves a hole behind what its sender had sent.
def fin_ahead: [fins[] | .fin as $f | .sent | map(select(.n < $f.n)) |
	all(minus($f.seq; past + (if flagged("SYN") then 1 else 0 end)) > 0)] | any;

def fin_again: [from("c2s", "s2c") | map(select(flagged("FIN"))) |
	length > (unique_by(past) | length)] | any;

def wrapped($isn; $octets): $isn + $octets + 2 >= 4294967296;

# Each name that can be true here, and whether it is.
def true_names($c): {
	"handshake-complete": true,
	"options-negotiated": true,
	"time-wait": true,
	(kind): true,
	"connect-close": ($c.truth.up + $c.truth.down == 0),
	"half-close": half_closed,
	"fin-with-data": any(flagged("FIN") and .len > 0),
	"fin-retransmitted": fin_again,
	"fin-out-of-order": fin_ahead,
	"zero-window-at-close": shut_out,
	"seq-wrapped": (wrapped($c.isn.x; $c.truth.up) or wrapped($c.isn.y; $c.truth.down)),
	"super-segment": any(.len > $c.options.mss[if .dir == "c2s" then "server" else "client" end])
} | [to_entries[] | select(.value) | .key];

# Partial checksums are what lo has; whether they are named depends on the kernel. When a segment
# overtakes another, it may meet an end that is closed already, and a RST is the right answer. Over
# IPv6, where packets have no id, the ACK that this RST answers may equal the one before it: nobody
# can tell two equal packets from one that was captured twice.
def may_be($overtaking): ["checksum-offload"] +
	if $overtaking and any(flagged("RST")) then ["rst-exact", "rst-out-of-window", "rst-in-window",
		"rst-no-connection", "time-wait-assassinated", "captured-twice"] else [] end;

# What must be so because of what was done. ACK and FIN in two segments may still change places.
def by_plan($overtaking): {
	"four": {by: "client", name: "close-four"},
	"server-first-four": {by: "server", name: "close-four"},
	"half-close": {by: "client", name: "close-four"},
	"three": {by: "client"},
	"at-once": {by: "client"},
	"server-speaks": {by: "client"},
	"server-first-three": {by: "server"},
	"crossing": {name: "close-simultaneous"}
} | map_values(if $overtaking and .name == "close-four" then del(.name) else . end);

def differs($what; $got; $want): select($want != null and $got != $want) |
	"\($what) is \($got), not \($want)";

def against_plan($plan): . as $c |
	differs("octets of the client"; .bytes.c2s; .truth.up),
	differs("octets of the server"; .bytes.s2c; .truth.down),
	differs("closed by"; .close.by; $plan.by),
	($plan.name | values | select(IN($c.diagnoses[]) | not) | "\(.) is missing: it was made so"),
	(select(.truth.manner == "half-close" and .truth.down > 0) |
		select("half-close" | IN($c.diagnoses[]) | not) | "half-close is missing: it was made so");

def against_segments($c; $overtaking): true_names($c) as $true | may_be($overtaking) as $may |
	($true - $c.diagnoses | .[] | "\(.) is missing"),
	($c.diagnoses - $true - $may | .[] | . as $id |
		[$c.evidence[] | select(.id == $id) | {segments, text}] |
		"\($id) is not true: \(tostring)"),
	(if $overtaking then empty else select(any(flagged("RST"))) | "somebody sent a RST" end);

def mistakes($overtaking): . as $c | if .truth == null then "nobody made it"
	else against_plan(by_plan($overtaking)[.truth.manner] // {}),
		(.segments_seen | against_segments($c; $overtaking)) end;

([$shut[] | {key: tostring, value: true}] | from_entries) as $shut |
reduce inputs as $o ({};
	if $o.type == "segment"
	then .["\($o.conn)"].segments_seen += [$o + {shut: $shut["\($o.frame)"]}]
	elif $o.type == "diagnosis" then .["\($o.conn)"].evidence += [$o]
	elif $o.type == "connection" then .["\($o.conn)"] += $o
	else . end) |
([$truth[] | {key: .client, value: .}] | from_entries) as $did |
([.[].client | values | {key: ., value: true}] | from_entries) as $seen |
(.[] | select(.client == null) | {client, mistake: "segments without a connection"}),
map(select(.client)) as $connections |
($connections[] | .truth = $did[.client] |
	{conn, client, manner: .truth.manner, mistake: mistakes($overtaking)}),
($truth[] | select($seen[.client] | not) | {client, manner, mistake: "not seen"}),
{judged: ($connections | length), kinds: ([$connections[].diagnoses[]] | group_by(.) |
	map({key: .[0], value: length}) | from_entries)}
