# Input: {"capture":NAME}, then what synfin found in it, and so on. $lines: NAME, an expectation.
# $guise: what the captures were made, or "". Output: a line for each mistake, and "N judged".

# A RST that was ignored was no abort: a stream has said so before, but the connection takes it back.
def disproved: IN("abortive-close", "rst-unread-data", "time-wait-assassinated");
def withdrawn($kept): if any(. == "rst-ignored") then
	map(select(disproved | not), select(IN($kept[]) and disproved)) else . end;

def words: split(" ") | map(select(length > 0));

# Each capture's expectations, as lists of words.
def expected: reduce ($lines | split("\n")[] | words | select(length > 0)) as $w
	({}; .[$w[0]] += [$w[1:]]);

def lines($what): .[] | select(.[0] == $what) | .[1:];

# The names of an expectation, without its qualifier.
def bare: if .[0] == "at" then .[2:] elif .[0] | IN("sure", "likely") then .[1:] else . end;

# In the guise, these are named in addition, and numbers of segments are others.
def brought: {"twice": ["captured-twice"], "wrap": ["seq-wrapped"]}[$guise] // [];

def missing($found):
	lines("expect") as $e | ($e | bare[]) as $name | [$found[] | select(.id == $name)] |
	if length == 0 then "\($name) is missing"
	elif ($e[0] | IN("sure", "likely")) and all(.confidence != $e[0])
	then "\($name) is \(.[0].confidence), not \($e[0])"
	elif $e[0] == "at" and $guise != "twice"
	then ($e[1] | split(",") | map(tonumber)) as $at |
		select(all($at - .segments != [])) | "\($name) at \(.[0].segments), not \($at)"
	else empty end;

# Some diagnosis of that name has all the words in its text.
def unsaid($found):
	lines("says") as $s | [$found[] | select(.id == $s[0]) | .text] |
	select(all(. as $text | all($s[1:][]; inside($text)) | not)) |
	"\($s[0]) says \(.), not \($s[1:] | join(" "))";

def unwanted($found):
	([lines("never")] | add // []) as $never | ([lines("may")] | add // []) as $may |
	([lines("expect") | bare] | add // []) as $expect |
	$found | map(.id) - brought | unique[] | . as $id |
	if IN($never[]) then "\(.) must not be named"
	else select(IN(($expect + $may)[]) | not) |
		select([$found[] | select(.id == $id and .severity != "info")] != []) |
		"\(.) is a mistake" end;

def differs($what; $want; $got): select($want != "*" and $want != ($got | tostring)) |
	"\($what) \($got), not \($want)";

def totals($connections):
	($connections | max_by(.conn)) as $last |
	(lines("connections") | differs("connections"; .[0]; $connections | length)),
	(lines("final") | differs("client"; .[0]; $last.final.client),
		differs("server"; .[1]; $last.final.server)),
	(lines("bytes") | differs("bytes from the client"; .[0]; $last.bytes.c2s),
		differs("bytes from the server"; .[1]; $last.bytes.s2c));

# Every diagnosis has evidence among the segments of its connection, and the connection lists it.
def unproven:
	map(select(.type == "diagnosis")) as $d |
	.[] | select(.type == "connection") | . as $c | [$d[] | select(.conn == $c.conn)] |
	(.[] | select(.segments == [] or any(.segments[]; . < 1 or . > $c.packets.c2s + $c.packets.s2c)) |
		"\(.id): the evidence is \(.segments)"),
	(map(.id) | withdrawn($c.diagnoses) | select(unique != ($c.diagnoses | unique)) | "#\($c.conn) lists \($c.diagnoses), not \(.)");

def mistakes($found):
	($found | map(select(.type == "diagnosis"))) as $d | any(.[]; .[0] == "probe") as $lax |
	($found[] | select(.exit) | "exit \(.exit)"),
	missing($d), unsaid($d),
	(unwanted($d) | select(($lax and endswith("is a mistake")) | not)),
	totals($found | map(select(.type == "connection"))),
	(select($guise == "twice") | select($d | all(.id != "captured-twice")) |
		"captured-twice is missing"),
	($found | unproven);

expected as $expected |
reduce inputs as $o ({}; if $o.capture then .at = $o.capture | .found[.at] = []
	else .found[.at] += [$o] end) | .found |
(to_entries[] | .key as $name | .value as $found | $expected[$name] | mistakes($found) |
	"\($name): \(.)"),
"\(length) judged"
