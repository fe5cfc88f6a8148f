/* SPDX-License-Identifier: MIT */
#include "analysis/explain/figure_segment.h"

#include <stdlib.h>

bool figure_word(struct figure *f, char word[static FIGURE_WORD])
{
	f->rest += strspn(f->rest, " ");
	size_t len = strcspn(f->rest, " ;");
	if (!len || len >= FIGURE_WORD)
		return false;
	memcpy(word, f->rest, len);
	word[len] = 0;
	f->rest += len;
	return true;
}

bool figure_number(struct figure *f, uint32_t *n)
{
	char word[FIGURE_WORD], *end = word;
	if (!figure_word(f, word))
		return false;
	bool symbol = *word == 'x' || *word == 'y';
	*n = (uint32_t)strtoul(word + symbol, &end, 0);
	if (symbol)
		*n += f->isn[*word == 'y'].n;
	return !*end;
}

/* As in an option's octets: a digit is a number of so many, x a Fast Open cookie or a key. */
static const struct option_word {
	const char *name;
	uint8_t kind, lead; /* lead: an octet before them, unless it is 0 */
	const char *values;
} option_words[] = {
	{"mss", 2, 0, "2"},           {"ws", 3, 0, "1"},         {"sack", 4, 0, ""},
	{"sacked", 5, 0, "44"},       {"ts", 8, 0, "44"},        {"uto", 28, 0, "2"},
	{"tfo-request", 34, 0, ""},   {"tfo", 34, 0, "x"},       {"mptcp", 30, 0x01, "x"},
	{"mptcp-rst", 30, 0x80, "1"}, {"accecn", 172, 0, "333"},
};

static bool add_option(struct figure *f, const struct option_word *w)
{
	static const uint8_t cookie[] = {1, 35, 69, 103, 137, 171, 205, 239};
	uint8_t *at = f->option + f->packet.options.len;
	size_t len = w->lead ? 3 : 2;
	if (f->packet.options.len + 3 + sizeof cookie > FIGURE_OPTIONS)
		return false;
	at[0] = w->kind;
	at[2] = w->lead;
	for (const char *v = w->values; *v; v++) {
		size_t octets = *v == 'x' ? sizeof cookie : (size_t)(*v - '0');
		uint32_t n = 0;
		if (*v != 'x' && !figure_number(f, &n))
			return false;
		for (size_t i = 0; i < octets; i++)
			at[len + i] = (uint8_t)(*v == 'x' ? cookie[i] : n >> 8 * (octets - 1 - i));
		len += octets;
	}
	at[1] = (uint8_t)len;
	f->packet.options.len += len;
	return true;
}

/* What else a segment may say; those from SNAPPED on take no number. */
enum field {
	SEQ,
	ACK_NUMBER,
	LEN,
	SKIP,
	WIN,
	TTL,
	URGENT,
	REASON,
	SNAPPED,
	FRAGMENT,
	BIG,
	PARTIAL,
	BAD
};

static const char *const field_words[] = {
	[SEQ] = "seq",       [ACK_NUMBER] = "ack",  [LEN] = "len",
	[SKIP] = "skip",     [WIN] = "win",         [TTL] = "ttl",
	[REASON] = "reason", [SNAPPED] = "snapped", [FRAGMENT] = "fragment",
	[URGENT] = "urg",    [BIG] = "big",         [PARTIAL] = "partialsum",
	[BAD] = "badsum",
};

enum { FIELD_WORDS = sizeof field_words / sizeof *field_words };

static void set_payload(struct figure *f, const void *octets, size_t len)
{
	len = len < FIGURE_PAYLOAD ? len : FIGURE_PAYLOAD;
	memcpy(f->payload, octets, len);
	f->packet.payload.len = len;
	f->field[LEN] = (uint32_t)len;
}

/* The rest of the statement is the payload. */
static void take_text(struct figure *f)
{
	f->rest += strspn(f->rest, " ");
	size_t len = strcspn(f->rest, ";");
	set_payload(f, f->rest, len);
	f->rest += len;
}

static bool read_field(struct figure *f, enum field field, bool given[static FIELD_WORDS])
{
	f->field[field] = 1;
	given[field] = true;
	if (field < SNAPPED && !figure_number(f, &f->field[field]))
		return false;
	if (field == REASON) /* see rst-diagnostic */
		set_payload(f, (const uint8_t[8]){0x33, 0xaa, 0, (uint8_t)f->field[REASON]}, 8);
	return true;
}

static bool read_word(struct figure *f, const char *word, bool given[static FIELD_WORDS])
{
	for (size_t i = 0; i < sizeof option_words / sizeof *option_words; i++)
		if (strcmp(option_words[i].name, word) == 0)
			return add_option(f, &option_words[i]);
	for (enum field i = SEQ; i <= BAD; i++)
		if (strcmp(field_words[i], word) == 0)
			return read_field(f, i, given);
	if (strcmp(word, "text") != 0)
		return false;
	take_text(f);
	return true;
}

static bool read_flags(struct figure *f, uint16_t *flags)
{
	static const char letters[] = "FSRPAUECN";
	char word[FIGURE_WORD];
	const char *found = letters;
	*flags = 0;
	if (!figure_word(f, word))
		return false;
	for (const char *w = word; *w && *w != '-' && found; w++)
		if ((found = strchr(letters, *w)))
			*flags |= (uint16_t)(1U << (found - letters));
	return found;
}

/* The numbers that come next, where no word said otherwise; then those after the segment. */
static void set_numbers(struct figure *f, int from, const bool given[static FIELD_WORDS])
{
	struct segment *s = &f->packet.seg;
	f->nxt[from] = seq_plus(f->nxt[from], f->field[SKIP]);
	s->len = f->field[LEN];
	s->wnd = given[WIN] ? f->field[WIN] : s->flags & RST ? 0 : 65535;
	s->seq = s->flags & SYN ? f->isn[from] : f->nxt[from];
	if (given[SEQ])
		s->seq.n = f->field[SEQ];
	else
		f->nxt[from] = segment_end(s);
	if (given[ACK_NUMBER])
		s->ack.n = f->field[ACK_NUMBER];
	else if (s->flags & ACK && f->sent[!from])
		s->ack = f->nxt[!from];
	f->sent[from] |= !given[SEQ];
}

bool figure_segment(struct figure *f, int from)
{
	struct packet *p = &f->packet;
	bool given[FIELD_WORDS] = {false};
	char word[FIGURE_WORD];
	memset(f->field, 0, sizeof f->field);
	*p = (struct packet){.src = f->end[from],
			     .dst = f->end[!from],
			     .options.at = f->option,
			     .payload.at = f->payload,
			     .ip_id = f->next_id,
			     .checksum = f->next_id++};
	if (!read_flags(f, &p->seg.flags))
		return false;
	while (figure_word(f, word))
		if (!read_word(f, word, given))
			return false;
	set_numbers(f, from, given);
	p->ttl = (uint8_t)(given[TTL] ? f->field[TTL] : 64);
	p->ip_len = (uint32_t)(40 + p->options.len) + p->seg.len;
	p->urgent = (uint16_t)f->field[URGENT];
	p->snapped = f->field[SNAPPED];
	p->fragment = f->field[FRAGMENT];
	p->big = f->field[BIG];
	p->sum = f->field[PARTIAL] ? SUM_PARTIAL : f->field[BAD] ? SUM_BAD : SUM_GOOD;
	return true;
}
