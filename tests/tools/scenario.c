/* SPDX-License-Identifier: MIT */
/* scenario FILE.txt OUT.pcap [FILE.txt OUT.pcap]...: each text becomes a capture (Ethernet, IPv4).
 * A line is a frame:  [+SECONDS] c|s FLAGS SEQ [ACK] [WORD...]   with an ACK when FLAGS hold an A;
 * FLAGS are letters of FSRPAUEC and N (AE), or - for none; WORD... are those of the tables below.
 * Other lines:  copy [ttl-1]   the last frame again;   icmp TYPE/CODE [ADDRESS]   from the server,
 * or from ADDRESS, quoting the client's last segment;   ports CLIENT SERVER;   hosts CLIENT SERVER.
 * What the test expects (see diagnoses.bats) and # comments are skipped. */
#include <arpa/inet.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "craft.h"

enum { SECOND = 1000000, STEP = 1000 };

struct scene {
	const char *name;
	unsigned line;
	char text[4096], *rest; /* of the line */
	FILE *out;
	int64_t now; /* microseconds */
	struct ends ends;
	uint32_t next_id[2];
	struct segment segment;
	struct frame frame, of_client;
};

static _Noreturn void die(const struct scene *s, const char *what)
{
	fprintf(stderr, "%s:%u: %s\n", s->name, s->line, what);
	exit(2);
}

/* The next word of the line, or "" at its end; "..." is one word. */
static char *next_word(struct scene *s)
{
	s->rest += strspn(s->rest, " \t\n");
	const char *ends = *s->rest == '"' ? "\"" : " \t\n";
	char *word = s->rest + (*s->rest == '"');
	if (*word == '#')
		*word = '\0';
	s->rest = word + strcspn(word, ends);
	if (*s->rest)
		*s->rest++ = '\0';
	return word;
}

static uint32_t number(struct scene *s)
{
	char *end, *word = next_word(s);
	unsigned long n = strtoul(word, &end, 0);
	if (!*word || *end)
		die(s, "a number is missing");
	return (uint32_t)n;
}

static size_t hex(struct scene *s, uint8_t *to, size_t room)
{
	const char *word = next_word(s);
	size_t n = strlen(word) / 2;
	if (!n || n > room)
		die(s, "not so many octets");
	for (size_t i = 0; i < n; i++) {
		char two[] = {word[2 * i], word[2 * i + 1], 0}, *end;
		to[i] = (uint8_t)strtoul(two, &end, 16);
		if (*end)
			die(s, "not hexadecimal");
	}
	return n;
}

/* An option's values: a digit is a number of so many octets, x is hexadecimal. */
static const struct option_word {
	const char *name;
	uint8_t kind, lead; /* lead: an octet before them, unless it is 0 */
	const char *values;
} option_words[] = {
	{"mss", 2, 0, "2"},     {"ws", 3, 0, "1"},     {"sack", 4, 0, ""},
	{"sacked", 5, 0, "44"}, {"ts", 8, 0, "44"},    {"tfo-request", 34, 0, ""},
	{"tfo", 34, 0, "x"},    {"mptcp", 30, 0, "x"}, {"mptcp-rst", 30, 0x80, "1"},
};

static void read_option(struct scene *s, const struct option_word *w)
{
	uint8_t option[MOST_OPTIONS + 4] = {w->kind, 0, w->lead};
	size_t len = w->lead ? 3 : 2;
	for (const char *v = w->values; *v; v++) {
		size_t octets = *v == 'x' ? hex(s, option + len, 32) : (size_t)(*v - '0');
		if (*v != 'x')
			put(option + len, number(s), octets);
		len += octets;
	}
	option[1] = (uint8_t)len;
	size_t padded = (len + 3) / 4 * 4;
	struct segment *g = &s->segment;
	if (g->options_len + padded > MOST_OPTIONS)
		die(s, "more than 40 octets of options");
	memset(g->option + g->options_len, 1, padded - len);
	memcpy(g->option + g->options_len + padded - len, option, len);
	g->options_len += padded;
}

/* The others, in the order of enum field; up to frag a number follows. ack-number is one without
 * the flag; frag N puts N octets into a first fragment, and the second follows; partialsum is what
 * a host leaves to its interface. */
static const char *const field_words[FIELDS] = {
	"win", "ttl", "id", "urg", "ack-number", "snap", "frag", "badsum", "partialsum", "iplen0",
};

static bool read_payload(struct scene *s, const char *word)
{
	struct segment *g = &s->segment;
	if (strcmp(word, "hex") == 0)
		return (g->len = hex(s, g->payload, sizeof g->payload)) > 0;
	if (strcmp(word, "text") == 0) {
		const char *text = next_word(s);
		g->len = strlen(text);
		memcpy(g->payload, text, g->len);
		return true;
	}
	if (strcmp(word, "len") != 0)
		return false;
	g->len = number(s);
	if (g->len > sizeof g->payload)
		die(s, "too long");
	for (size_t i = 0; i < g->len; i++)
		g->payload[i] = (uint8_t)('a' + i % 26);
	return true;
}

static void read_word(struct scene *s, const char *word)
{
	for (size_t i = 0; i < sizeof option_words / sizeof *option_words; i++)
		if (strcmp(option_words[i].name, word) == 0) {
			read_option(s, &option_words[i]);
			return;
		}
	for (int i = 0; i < FIELDS; i++)
		if (strcmp(field_words[i], word) == 0) {
			s->segment.field[i] = i <= FRAG ? number(s) : 1;
			return;
		}
	if (!read_payload(s, word))
		die(s, "an unknown word");
}

static void read_segment(struct scene *s, int from)
{
	static const char letters[] = "FSRPAUECN";
	struct segment *g = &s->segment;
	memset(g, 0, offsetof(struct segment, payload));
	g->from = from;
	for (const char *l = next_word(s); *l && *l != '-'; l++) {
		const char *found = strchr(letters, *l);
		if (!found)
			die(s, "no such flag");
		g->flags |= 1U << (found - letters);
	}
	g->seq = number(s);
	g->field[ACK_NUMBER] = g->flags & FLAG_ACK ? number(s) : 0;
	g->field[WIN] = g->flags & FLAG_RST ? 0 : 65535;
	g->field[TTL] = 64;
	g->field[ID] = s->next_id[from]++;
	for (const char *word; *(word = next_word(s));)
		read_word(s, word);
}

static void write_frame(struct scene *s, size_t most)
{
	craft_record(s->out, s->now, &s->frame, most ? most : s->frame.len);
}

/* Afterwards the frame is the second. */
static void write_first_fragment(struct scene *s, size_t len)
{
	static struct frame whole;
	whole = s->frame;
	if (len % 8 || ETHERNET + IP_HEADER + len >= whole.len)
		die(s, "no such fragment");
	craft_fragment(&s->frame, 0, len);
	write_frame(s, 0);
	s->frame = whole;
	craft_fragment(&s->frame, len, 0);
}

static void write_segment(struct scene *s, int from)
{
	const struct segment *g = &s->segment;
	read_segment(s, from);
	craft_segment(&s->frame, &s->ends, g);
	if (from == 0)
		s->of_client = s->frame;
	if (g->field[FRAG])
		write_first_fragment(s, g->field[FRAG]);
	write_frame(s, g->field[SNAPPED]);
}

static void write_copy(struct scene *s)
{
	if (strcmp(next_word(s), "ttl-1") == 0)
		craft_next_hop(&s->frame);
	write_frame(s, s->segment.field[SNAPPED]);
}

static void read_address(struct scene *s, uint8_t *at)
{
	if (inet_pton(AF_INET, next_word(s), at) != 1)
		die(s, "no such address");
}

static void write_icmp(struct scene *s)
{
	unsigned type, code;
	uint8_t router[4];
	if (sscanf(next_word(s), "%u/%u", &type, &code) != 2)
		die(s, "icmp TYPE/CODE");
	memcpy(router, s->ends.address[1], sizeof router);
	s->rest += strspn(s->rest, " \t\n");
	if (*s->rest)
		read_address(s, router);
	craft_icmp(&s->frame, router, type << 8 | code, &s->of_client);
	write_frame(s, 0);
}

static void play_frame(struct scene *s, const char *word)
{
	double step = STEP;
	if (*word == '+' || *word == '-') {
		step = strtod(word, NULL) * SECOND;
		word = next_word(s);
	}
	s->now += (int64_t)(step < 0 ? step - 0.5 : step + 0.5);
	if (strcmp(word, "copy") == 0)
		write_copy(s);
	else if (strcmp(word, "icmp") == 0)
		write_icmp(s);
	else if (strcmp(word, "c") == 0 || strcmp(word, "s") == 0)
		write_segment(s, *word == 's');
	else
		die(s, "neither c nor s");
	if (*next_word(s))
		die(s, "a word too many");
}

static void play_line(struct scene *s)
{
	static const char expectations[] = " expect says never may final connections bytes guises ";
	const char *word = next_word(s), *found = strstr(expectations, word);
	if (!*word || (found && found[-1] == ' ' && found[strlen(word)] == ' '))
		return;
	if (strcmp(word, "ports") != 0 && strcmp(word, "hosts") != 0)
		play_frame(s, word);
	else
		for (int end = 0; end < 2; end++)
			if (*word == 'h')
				read_address(s, s->ends.address[end]);
			else
				s->ends.port[end] = number(s);
}

static void begin(struct scene *s, const char *name, const char *to)
{
	s->name = name;
	s->line = 0;
	s->now = INT64_C(1700000000) * SECOND;
	s->ends = (struct ends){{{10, 0, 0, 1}, {10, 0, 0, 2}}, {40000, 80}};
	s->next_id[0] = 0x1000;
	s->next_id[1] = 0x8000;
	s->out = fopen(to, "wb");
	if (!s->out)
		die(s, "cannot write the capture");
	craft_file(s->out);
}

int main(int argc, char **argv)
{
	static struct scene s;
	for (int i = 1; i + 1 < argc; i += 2) {
		begin(&s, argv[i], argv[i + 1]);
		FILE *text = fopen(argv[i], "r");
		if (!text)
			die(&s, "cannot be read");
		for (; fgets(s.text, sizeof s.text, text); play_line(&s)) {
			s.line++;
			s.rest = s.text;
		}
		fclose(text);
		if (fclose(s.out) != 0)
			die(&s, "cannot write the capture");
	}
	return argc > 1 && argc % 2 ? 0 : 2;
}
