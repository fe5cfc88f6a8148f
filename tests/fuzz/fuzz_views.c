/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "analysis/model/tracker.h"
#include "analysis/views/run.h"
#include "tests/fuzz/traffic.h"

enum { LOOK_OCTETS = 4, MOST_SEGMENTS = 300 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* abort, not assert: it must not depend on NDEBUG. */
static void insist(bool ok)
{
	if (!ok)
		abort();
}

/* Octets of one character; a control character, or what is no UTF-8, is none of ours. */
static size_t character(const char *at)
{
	uint8_t first = (uint8_t)*at;
	size_t len = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
	insist(first >= ' ' && first != 0x7f && !(first >= 0x80 && first < 0xc2) && first < 0xf5);
	for (size_t i = 1; i < len; i++)
		insist(((uint8_t)at[i] & 0xc0) == 0x80);
	return len;
}

/* Behind an SGR sequence, which only colour has. */
static const char *behind_sgr(const char *at, const struct look *look)
{
	insist(look->color && at[1] == '[');
	at += 2 + strspn(at + 2, "0123456789;");
	insist(*at == 'm');
	return at + 1;
}

/* Cells of the line at *at, which moves behind it. */
static int line_cells(const char **at, const struct look *look)
{
	int cells = 0;
	while (**at != '\n') {
		insist(**at != 0);
		if (**at == '\033') {
			*at = behind_sgr(*at, look);
			continue;
		}
		*at += character(*at);
		cells++;
	}
	++*at;
	return cells;
}

/* The list's columns are as wide as they must be, from 60 on; jsonl has no width; words never
 * breaks a word. */
static bool promises_width(const struct view *v, const struct look *look, const char *line)
{
	bool one_word = line[strcspn(line, " \n")] == '\n';
	return v == &view_ladder || v == &view_figure || (v == &view_words && !one_word) ||
	       (v == &view_list && look->width < 60);
}

/* One object: brackets in pairs, outside of strings. */
static void check_object(const char *line)
{
	char open[16];
	size_t depth = 0;
	bool string = false;
	insist(*line == '{');
	do {
		if (string)
			line += *line == '\\';
		else if (*line == '{' || *line == '[')
			open[depth++] = *line == '{' ? '}' : ']';
		else if (*line == '}' || *line == ']')
			insist(depth-- && open[depth] == *line);
		string ^= *line == '"';
		insist(depth < sizeof open && *line != '\n');
		line++;
	} while (depth);
	insist(!string && *line == '\n');
}

/* One row: its columns, or a line that tells of them. */
static const char *behind_row(const char *line)
{
	size_t len = strcspn(line, "\n"), tabs = 0;
	for (size_t i = 0; i < len; i++)
		tabs += line[i] == '\t';
	insist(line[len] == '\n' && (*line == '#' || tabs == 16));
	return line + len + 1;
}

static void check_text(const char *text, const struct view *v, const struct look *look)
{
	bool rows = v == &view_zeek && !(look->types & 1);
	while (rows && *text)
		text = behind_row(text);
	while (*text) {
		if (v == &view_jsonl || v == &view_zeek)
			check_object(text);
		bool promised = promises_width(v, look, text);
		int cells = line_cells(&text, look);
		insist(!promised || cells <= look->width);
	}
}

static struct look look_of(const uint8_t octet[static LOOK_OCTETS])
{
	return (struct look){
		.seq = octet[0] % 4,
		.time = octet[0] / 4 % 3,
		.glyphs = octet[0] / 16 % 3,
		.width = 40 + octet[1] % 180,
		.color = octet[2] & 1,
		.stream = octet[2] & 2,
		.by_ending = octet[2] & 4,
		.types = octet[2] & 8 ? octet[3] : 0,
		.no_checksums = octet[2] & 16,
	};
}

/* Beside TCP: a datagram, or a message that quotes a connection. */
static void draw_aside(struct run *r, struct tracker *t, const struct packet *p)
{
	struct packet aside = *p;
	aside.kind = p->seg.wnd & 0x100 ? PACKET_UDP : PACKET_ICMP;
	aside.quoted = aside.kind == PACKET_ICMP && p->seg.wnd & 0x200;
	aside.icmp_type = (uint8_t)p->seg.seq.n;
	aside.icmp_code = (uint8_t)p->seg.ack.n;
	aside.quoted_src = p->src;
	aside.quoted_dst = p->dst;
	run_aside(r, &aside, aside.quoted ? tracker_find(t, p) : NULL);
}

/* Octets: the look, then traffic. Its last one chooses what is drawn alone. */
static char *draw(const struct view *v, struct look look, const uint8_t *data, size_t size)
{
	static const uint64_t seed[2] = {1, 2};
	char *text = NULL;
	size_t len;
	struct tracker t;
	struct traffic traffic = traffic_of(data, size);
	FILE *out = open_memstream(&text, &len);
	struct run *r = out ? run_new(v, out, look) : NULL;

	insist(r && tracker_init(&t, seed, run_sink(r)));
	if (size && data[size - 1] & 1)
		run_only(r, data[size - 1] / 2 % 8, data[size - 1] / 16);
	run_begin(r, &(struct source){"a \"file\"\n", "EN10MB"});
	while (traffic_next(&traffic)) {
		if (traffic.packet.seg.flags & URG && traffic.packet.seg.flags & AE)
			draw_aside(r, &t, &traffic.packet);
		else
			tracker_packet(&t, &traffic.packet);
		if (run_takes_packets(r))
			run_packet(r, &traffic.packet, &t);
	}
	tracker_end(&t);
	run_end(r, &(struct totals){.frames = traffic.packet.frame, .datagrams = 1});
	insist(fclose(out) == 0 && strlen(text) == len);
	return text;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < LOOK_OCTETS || size > LOOK_OCTETS + MOST_SEGMENTS * TRAFFIC_OCTETS)
		return 0;
	struct look look = look_of(data);
	for (int i = 0; views[i]; i++) {
		char *text = draw(views[i], look, data + LOOK_OCTETS, size - LOOK_OCTETS);
		check_text(text, views[i], &look);
		free(text);
	}
	return 0;
}
