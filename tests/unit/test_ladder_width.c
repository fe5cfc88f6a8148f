/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/views/ladder.h"
#include "tests/unit/ladder_scene.h"

enum { ALL_FLAGS = SYN | FIN | RST | PSH | URG | ACK | ECE | CWR | AE };

#define FAR 4000000000u

static const struct step nasty[] = {
	{0, false, SYN | ECE | CWR | AE, FAR, 0, 1460, 0}, /* Fast Open */
	{0, true, SYN | ACK | ECE, FAR + 7, FAR + 1461, 536, 10},
	{0, false, FIN | PSH | URG | ACK, FAR + 1461, FAR + 8, 4294967295u, 20},
	{0, false, ALL_FLAGS, FAR, FAR, 4294967295u, 99999999999},
	{0, true, 0, 4294967295u, 0, 4294967295u, 100000000000},
	{0, true, ALL_FLAGS & ~RST, 4294967295u, 4294967295u, 0, 100000000001},
	{.us = -1},
};

static const struct step all_at_once[] = {
	{0, false, SYN, FAR, 0, 0, 0},
	{0, true, SYN, FAR, 0, 0, 1},
	{1, true, SYN, FAR, 0, 5, 2},
	{0, false, SYN | ACK, FAR, FAR + 1, 0, 3},
	{1, false, SYN | ACK, FAR, FAR + 1, 0, 4},
	{0, true, SYN | ACK, FAR, FAR + 1, 0, 5},
	{1, true, ACK, FAR + 1, FAR + 1, 0, 6},
	{1, false, SYN | ACK, FAR, FAR + 1, 0, 7},
	{0, false, FIN | ACK, FAR + 1, FAR + 1, 0, 8},
	{0, true, FIN | ACK, FAR + 1, FAR + 1, 0, 9},
	{0, true, RST, FAR + 900000, 0, 0, 86400000000000},
	{.us = -1},
};

static const struct scene scenes[] = {
	{"example", scene_example, false},
	{"example over IPv6", scene_example, true},
	{"nasty", nasty, false},
	{"nasty over IPv6", nasty, true},
	{"all at once", all_at_once, false},
	{"all at once over IPv6", all_at_once, true},
};

static const int widths[] = {40, 47, 59, 60, 71, 72, 80, 81, 100, 119, 120, 132, 200, 1000};

/* What a style may use beside printable ASCII. */
static const char *const beyond_ascii[] = {
	[GLYPHS_ASCII] = "",
	[GLYPHS_UNICODE] = "─═│▶◀✓✗",
	[GLYPHS_CJK] = "►◄╎✓✗",
};

static bool glyph_allowed(const char *at, size_t len, enum glyph_look style)
{
	char glyph[5] = {0};
	memcpy(glyph, at, len);
	return len == 1 ? *at >= ' ' && *at < 127 : strstr(beyond_ascii[style], glyph) != NULL;
}

static void check_line(const char *name, const char *line, size_t len, const struct look *look)
{
	int wide = 0;
	for (size_t i = 0, n; i < len; i += n, wide++) {
		for (n = 1; ((unsigned char)line[i + n] & 0xc0) == 0x80;)
			n++;
		if (n > 4 || !glyph_allowed(line + i, n, look->glyphs))
			fail_msg("%s: octet %02x in style %d: %.*s", name, (unsigned char)line[i],
				 (int)look->glyphs, (int)len, line);
	}
	if (wide > look->width)
		fail_msg("%s: %d cells at width %d: %.*s", name, wide, look->width, (int)len, line);
	if (len && line[len - 1] == ' ')
		fail_msg("%s: spaces at the end of %.*s", name, (int)len, line);
}

static void check_lines(const char *name, const char *text, const struct look *look)
{
	assert_true(*text);
	while (*text) {
		size_t len = strcspn(text, "\n");
		check_line(name, text, len, look);
		text += len + (text[len] != 0);
	}
}

/* Numbers 0..71 as a look: every combination. */
static struct look look_of(unsigned i, int width)
{
	return (struct look){.seq = i % 4,
			     .time = i / 4 % 3,
			     .glyphs = i / 12 % 3,
			     .stream = i / 36 % 2,
			     .width = width};
}

enum { LOOKS = 72 };

static void test_no_line_is_too_long(void **state)
{
	(void)state;
	for (size_t s = 0; s < sizeof scenes / sizeof *scenes; s++)
		for (size_t w = 0; w < sizeof widths / sizeof *widths; w++)
			for (unsigned i = 0; i < LOOKS; i++) {
				struct look look = look_of(i, widths[w]);
				char *text = scene_ladder(&scenes[s], look);
				char *crafted = scene_ladder_crafted(&scenes[s], look);
				check_lines(scenes[s].name, text, &look);
				check_lines(scenes[s].name, crafted, &look);
				free(text);
				free(crafted);
			}
}

/* As late in a long capture as can be: the largest id and number of a segment. */
static void draw_late(struct drawing *d)
{
	struct step step[] = {
		{0, true, SYN | ACK, FAR, FAR, 0, 0},
		{0, false, RST | ACK, FAR, FAR + 1, 4294967295u, 1},
	};
	struct connection c;
	for (size_t i = 0; i < 2; i++) {
		struct packet p = scene_packet(&scenes[1], &step[i]);
		struct events out;
		if (i == 0)
			connection_init(&c, 4294967295u, &p);
		c.n = 4294967293u + (uint32_t)i;
		connection_observe(&c, (int)i, &p, &out);
		for (unsigned k = 0; k < out.count; k++)
			view_ladder.event(d, &c, &out.at[k]);
		struct event e = {
			.kind = EVENT_CORRECTION, .n = c.n, .corrects = c.n, .correction = IGNORED};
		e.after[0] = SYN_RECEIVED;
		view_ladder.event(d, &c, &e);
		e.kind = EVENT_INFERRED;
		view_ladder.event(d, &c, &e);
	}
	view_ladder.ended(d, &c);
}

static void test_ids_of_ten_digits(void **state)
{
	(void)state;
	for (size_t w = 0; w < sizeof widths / sizeof *widths; w++)
		for (unsigned i = 0; i < LOOKS; i++) {
			struct look look = look_of(i, widths[w]);
			char *text = NULL;
			size_t size;
			struct ladder *l = calloc(1, view_ladder.state_size);
			struct drawing d = {open_memstream(&text, &size), look, l, 0};
			assert_non_null(l);
			assert_non_null(d.out);
			l->count = 2; /* there are others, so that ids are shown */
			l->open[0] = 4096;
			l->open[1] = 4097;
			draw_late(&d);
			fclose(d.out);
			check_lines("late", text, &look);
			if (look.stream)
				assert_non_null(strstr(text, "#4294967295.4294967294"));
			free(text);
			free(l);
		}
}

static void strip_colors(char *text)
{
	char *to = text;
	for (; *text; text++) {
		if (*text == '\033')
			text += strcspn(text, "m");
		else
			*to++ = *text;
	}
	*to = 0;
}

static void test_color_changes_nothing_else(void **state)
{
	(void)state;
	for (size_t s = 0; s < sizeof scenes / sizeof *scenes; s++)
		for (size_t w = 0; w < sizeof widths / sizeof *widths; w++) {
			struct look look = look_of((unsigned)(7 * w + s), widths[w]);
			char *plain = scene_ladder(&scenes[s], look);
			look.color = true;
			char *colored = scene_ladder(&scenes[s], look);
			assert_non_null(strchr(colored, '\033'));
			assert_null(strchr(plain, '\033'));
			strip_colors(colored);
			assert_string_equal(colored, plain);
			free(plain);
			free(colored);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_no_line_is_too_long),
		cmocka_unit_test(test_ids_of_ten_digits),
		cmocka_unit_test(test_color_changes_nothing_else),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
