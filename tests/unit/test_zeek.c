/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/views/run.h"
#include "tests/unit/rows.h"

/* Packets, one after the other: > from the first end (port 1000), < from the second; control bits
 * S A F R, and P which is none; seq, ack, payload; then, as they are wanted, w for a window of
 * zero, ! for a wrong checksum, ~ for a payload that was not captured whole, - for TCP options that
 * were not. +N lets N milliseconds pass; otherwise it is one. */
static const int64_t step = 1000000; /* a millisecond */

static struct packet packet_of(const char *word, uint16_t port)
{
	static const struct {
		char letter;
		uint16_t flag;
	} bits[] = {{'S', SYN}, {'A', ACK}, {'F', FIN}, {'R', RST}, {'P', PSH}};
	struct endpoint a = {{{10, 0, 0, 1}, 4}, 1000}, b = {{{10, 0, 0, 2}, 4}, port};
	bool first = *word++ == '>';
	struct packet p = {.src = first ? a : b, .dst = first ? b : a, .kind = PACKET_TCP};
	for (; strchr("SAFRP", *word); word++)
		for (size_t i = 0; i < sizeof bits / sizeof *bits; i++)
			p.seg.flags |= *word == bits[i].letter ? bits[i].flag : 0;
	char *at;
	p.seg.seq.n = (uint32_t)strtoul(word, &at, 10);
	p.seg.ack.n = *at == ',' ? (uint32_t)strtoul(at + 1, &at, 10) : 0;
	p.seg.len = *at == ',' ? (uint32_t)strtoul(at + 1, &at, 10) : 0;
	p.seg.wnd = strchr(at, 'w') ? 0 : 1000;
	p.sum = strchr(at, '!') ? SUM_BAD : SUM_GOOD;
	p.snapped = strchr(at, '~') || strchr(at, '-');
	p.cut = strchr(at, '-');
	p.ip_len = 40 + p.seg.len;
	return p;
}

static void feed(struct run *r, const char *script, uint16_t port)
{
	char text[2048], *save = NULL;
	int64_t time = 1700000000000000000;
	uint64_t frame = 0;
	assert_true(snprintf(text, sizeof text, "%s", script) < (int)sizeof text);
	for (char *word = strtok_r(text, " ", &save); word; word = strtok_r(NULL, " ", &save)) {
		if (*word == '+') {
			time += (strtoll(word + 1, NULL, 10) - 1) * step;
			continue;
		}
		struct packet p = packet_of(word, port);
		time += step;
		p.time = time;
		p.frame = ++frame;
		run_packet(r, &p, NULL);
	}
}

/* All times of a script are: its last three digits are 0. */
static const char *milliseconds(char *duration)
{
	size_t len = strlen(duration);
	if (len > 3)
		duration[len - 3] = 0;
	return duration;
}

/* Of each row: which end is the originator, and what is of interest in its columns. */
static void shorten(char *rows, char *text, size_t size)
{
	char *save = NULL;
	*text = 0;
	for (char *line = strtok_r(rows, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		char *column[17] = {line};
		if (*line == '#')
			continue;
		for (int i = 1; i < 17; i++) {
			column[i] = strchr(column[i - 1], '\t');
			assert_non_null(column[i]);
			*column[i]++ = 0;
		}
		size_t at = strlen(text);
		snprintf(text + at, size - at, "%s%c %s %s %s/%s -%s %s/%s %s", at ? "; " : "",
			 strcmp(column[3], "1000") == 0 ? '>' : '<', column[10], column[12],
			 column[8], column[9], column[11], column[13], column[15],
			 milliseconds(column[7]));
	}
}

static char *draw(const char *script, uint16_t port, struct look look)
{
	struct memory m;
	open_memory(&m);
	struct run *r = run_new(&view_zeek, m.file, look);
	assert_non_null(r);
	feed(r, script, port);
	run_end(r, &(struct totals){.frames = 1});
	return close_memory(&m);
}

#define OPEN ">S100 <SA300,101 >A101,301 "
#define TALK OPEN ">PA101,301,5 <A301,106 <PA301,106,7 >A106,308 "
#define TEN(x) x x x x x x x x x x

/* The port of the second end, packets, and the rows: who is the originator, state, history, octets
 * of both, -missed, packets of both, duration. */
static const struct {
	const char *name;
	uint16_t port;
	const char *script, *rows;
} table[] = {
	/* How it opened and closed. */
	{"from SYN to FIN", 80, TALK ">FA106,308 <FA308,107 >A107,309",
	 "> SF ShADadFf 5/7 -0 6/4 0.008"},
	{"in three", 80, TALK ">FA106,308 <A308,107 <FA308,107 >A107,309",
	 "> SF ShADadFf 5/7 -0 6/5 0.009"},
	{"open", 80, TALK, "> S1 ShADad 5/7 -0 4/3 0.006"},
	{"only opened", 80, OPEN, "> S1 ShA 0/0 -0 2/1 0.002"},
	{"no third", 80, ">S100 <SA300,101", "> S1 Sh 0/0 -0 1/1 0.001"},
	{"closed by the originator", 80, TALK ">FA106,308 <A308,107",
	 "> S2 ShADadF 5/7 -0 5/4 0.008"},
	{"closed by the responder", 80, TALK "<FA308,106 >A106,309",
	 "> S3 ShADadf 5/7 -0 5/4 0.008"},
	{"a SYN", 80, ">S100", "> S0 S -/- -0 1/0 -"},
	{"two, the same", 80, ">S100 +1000 >S100", "> S0 S 0/0 -0 2/0 1.000"},
	{"two, the second too late", 80, ">S100 +5001 >S100",
	 "> S0 S -/- -0 1/0 -; > S0 S -/- -0 1/0 -"},
	{"two, of other numbers", 80, ">S100 >S200", "> S0 S -/- -0 1/0 -; > S0 S -/- -0 1/0 -"},
	{"SYN, FIN", 80, ">S100 >F101", "> SH SF 0/0 -0 2/0 0.001"},
	{"refused", 80, ">S100 <RA0,101", "> REJ Sr 0/0 -0 1/1 0.001"},
	{"refused twice", 80, ">S100 <RA0,101 +500 >S100 <RA0,101",
	 "> REJ Sr 0/0 -0 1/1 0.001; > REJ Sr 0/0 -0 1/1 0.001"},
	{"given up", 80, ">S100 >R101", "> RSTOS0 SR 0/0 -0 2/0 0.001"},
	{"an ACK, and given up", 80, ">S100 >A101,1 >R101", "> OTH SAR 0/0 -0 3/0 0.002"},
	{"opened and reset", 80, OPEN ">R101", "> RSTO ShAR 0/0 -0 3/1 0.003"},
	{"reset by the originator", 80, TALK ">R106", "> RSTO ShADadR 5/7 -0 5/3 0.007"},
	{"reset by the responder", 80, TALK "<R308", "> RSTR ShADadr 5/7 -0 4/4 0.007"},
	{"reset by both", 80, OPEN "<R301 >R101", "> REJ ShArR 0/0 -0 3/2 0.004"},
	{"RST after both FINs", 80, TALK ">FA106,308 <FA308,107 >R107",
	 "> SF ShADadFfR 5/7 -0 6/4 0.008"},
	{"RST after a FIN, then the other's", 80, TALK ">FA106,308 >R107 <FA308,107",
	 "> SF ShADadFRf 5/7 -0 6/4 0.009"},
	{"RST after a FIN", 80, TALK ">FA106,308 <A308,107 >R107",
	 "> RSTO ShADadFR 5/7 -0 6/4 0.009"},
	{"FIN and RST at once", 80, OPEN ">FR101", "> RSTO ShAI 0/0 -0 3/1 0.003"},
	{"SYN and FIN at once", 80, ">SF100", "> SH Q -/- -0 1/0 -"},
	{"both ends open", 1001, ">S100 <S300 >SA100,301 <SA300,101",
	 "> S0 S -/- -0 1/0 -; < S1 Sh 0/0 -0 2/1 0.002"},
	/* What is missing at its beginning. */
	{"data", 1001, ">A101,301,5 <A301,106", "> OTH Da 5/0 -0 1/1 0.001"},
	{"from a server", 80, "<A301,106,7 >A106,308", "> OTH ^dA 0/7 -0 1/1 0.001"},
	{"SYN-ACK of a server", 80, "<SA300,101", "> OTH ^h -/- -0 0/1 -"},
	{"... and the rest", 80, "<SA300,101 >A101,301 >A101,301,5 <A301,106",
	 "> S1 ^hADa 5/0 -0 2/2 0.003"},
	{"... and a RST", 80, "<SA300,101 <R301", "> RSTRH ^hr 0/0 -0 0/2 0.001"},
	{"... and a RST of the other", 80, "<SA300,101 >R101", "> RSTO ^hR 0/0 -0 1/1 0.001"},
	{"... and a FIN", 80, "<SA300,101 <FA301,101", "> SHR ^hf 0/0 -0 0/2 0.001"},
	{"SYN-ACK of who knows", 1001, "<SA300,101", "< OTH H -/- -0 1/0 -"},
	{"... and its ACK", 1001, "<SA300,101 >A101,301", "> S1 ^hA 0/0 -0 1/1 0.001"},
	{"... and data of its own", 1001, "<SA300,101 <A301,101,3 <FA304,101",
	 "> SHR ^hdf 0/3 -0 0/3 0.002"},
	{"... and a RST", 1001, "<SA300,101 >R101", "< REJ Hr 0/0 -0 1/1 0.001"},
	{"... and the SYN it answers", 1001, "<SA300,101 >S100 >A101,301",
	 "> S1 Hs^A 0/0 -0 2/1 0.002"},
	{"a RST", 1001, ">R100", "> OTH R -/- -0 1/0 -"},
	/* Letters. */
	{"SYN-ACK again", 80, ">S100 <SA300,101 <SA300,101 >A101,301", "> S1 ShA 0/0 -0 2/2 0.003"},
	{"SYN-ACK of another number", 80, ">S100 <SA300,101 <SA400,101",
	 "> S1 Sh 0/0 -0 1/2 0.002"},
	{"FIN again", 80, OPEN ">FA101,301 >FA101,301", "> S2 ShAF 0/0 -0 4/1 0.004"},
	{"FIN of another number", 80, OPEN ">FA101,301 >FA111,301", "> S2 ShAFF 10/0 -0 4/1 0.004"},
	{"RST twice", 80, OPEN ">R101 >R101 >R102", "> RSTO ShARR 0/0 -0 5/1 0.005"},
	{"sent again", 80, TALK ">PA101,301,5", "> S1 ShADadT 5/7 -0 5/3 0.007"},
	{"ten times", 80, TALK TEN(">PA101,301,5 "), "> S1 ShADadTT 5/7 -0 14/3 0.016"},
	{"no window", 80, TALK "<A308,106w", "> S1 ShADadw 5/7 -0 4/4 0.007"},
	{"ten times no window", 80, OPEN TEN("<A301,101w "), "> S1 ShAaww 0/0 -0 2/11 0.012"},
	{"no window in a RST", 80, ">S100 <RA0,101w", "> REJ Sr 0/0 -0 1/1 0.001"},
	{"no window after the peer's FIN", 80, OPEN ">FA101,301 <A301,102w",
	 "> S2 ShAFa 0/0 -0 3/2 0.004"},
	{"wrong checksum", 80, OPEN "<PA301,101,7! <PA301,101,7", "> S1 ShAcd 0/7 -0 2/2 0.004"},
	{"nothing else", 80, ">S100!", "> OTH C -/- -0 0/0 -"},
	{"ten wrong checksums", 80, OPEN TEN("<PA301,101,7! "), "> S1 ShAcc 0/0 -0 2/1 0.002"},
	{"TCP options cut", 80, ">S100- <SA300,101", "> OTH - -/- -0 0/0 -; > OTH ^h -/- -0 0/1 -"},
	{"SYN with data", 80, ">S100,0,5 <SA300,106 >A106,301", "> S1 SThA 5/0 -0 2/1 0.002"},
	/* Data by numbers, and gaps. */
	{"lost by the capture", 80, OPEN "<PA301,101,10 <PA321,101,10 >A101,331",
	 "> S1 ShAdg 0/30 -10 3/3 0.005"},
	{"came in another order", 80, OPEN "<PA311,101,10 <PA301,101,10 >A101,321",
	 "> S1 ShAdt 0/20 -0 3/3 0.005"},
	{"two gaps", 80, OPEN "<PA311,101,1 <PA321,101,1 >A101,331",
	 "> S1 ShAdg 0/30 -28 3/3 0.005"},
	{"a gap at the end", 80, TALK "<FA318,106 >A106,319", "> S3 ShADadfg 5/17 -10 5/4 0.008"},
	{"not captured whole", 80, OPEN "<PA301,101,10~ >A101,311",
	 "> S1 ShAdg 0/10 -10 3/2 0.004"},
	{"a gap in what has no SYN", 1001, ">A101,301,5 <A301,106 <A311,106,5 >A106,316",
	 "> OTH DadA 5/15 -0 2/2 0.003"},
	{"numbers wrap", 80,
	 ">S4294967290 <SA300,4294967291 >A4294967291,301,20 <A301,15 >FA15,301 "
	 "<FA301,16 >A16,302",
	 "> SF ShDaFfA 20/0 -0 4/3 0.005"},
	{"only SYN and FIN", 80, ">S100 <SA300,101 >FA5101,7301 <FA7301,5102",
	 "> SF ShFgfG 5000/7000 -12000 2/2 0.003"},
	{"a far RST", 80, OPEN ">R90000000", "> RSTO ShAR 0/0 -0 3/1 0.003"},
	/* Time. */
	{"again after its end", 80, TALK ">FA106,308 <FA308,107 +100 >S900 <SA700,901",
	 "> SF ShADadFf 5/7 -0 5/4 0.008; > S1 Sh 0/0 -0 1/1 0.001"},
	{"silent for five minutes", 80, TALK "+300001 >PA106,308,5",
	 "> S1 ShADad 5/7 -0 4/3 0.006; > OTH D -/- -0 1/0 -"},
	{"silent for less", 80, TALK "+299000 >PA106,308,5", "> S1 ShADad 10/7 -0 5/3 299.006"},
	{"half closed and reset, then silent", 80, TALK ">FA106,308 >R107 +5001 <A308,107",
	 "> RSTO ShADadFR 5/7 -0 6/3 0.008; > OTH ^a -/- -0 0/1 -"},
	{"over, then a late ACK", 80, TALK ">FA106,308 <FA308,107 +4000 >A107,309",
	 "> SF ShADadFf 5/7 -0 6/4 0.008"},
	{"over, then a later one", 80, TALK ">FA106,308 <FA308,107 +5000 >A107,309",
	 "> SF ShADadFf 5/7 -0 5/4 0.008; > OTH A -/- -0 1/0 -"},
	{"reset, then data", 80, OPEN "<R301 +1000 >PA101,301,5", "> RSTR ShArD 5/0 -0 3/2 1.003"},
	{"a FIN that waits for its data", 80,
	 OPEN ">FA111,301 <A301,101 >PA101,301,10 <A301,112 <FA301,112 >A112,302",
	 "> SF ShAFaDTf 10/0 -0 5/4 0.007"},
	{"refused, then a late ACK", 80, ">S100 <RA0,101 +4999 >A101,1",
	 "> REJ SrA 0/1 -0 2/1 5.000"},
	{"refused, then a later one", 80, ">S100 <RA0,101 +5000 >A101,1",
	 "> REJ Sr 0/0 -0 1/1 0.001; > OTH A -/- -0 1/0 -"},
	{"reset, then late data", 80, OPEN "<R301 +5000 >PA101,301,5",
	 "> RSTR ShAr 0/0 -0 2/2 0.003; > OTH D -/- -0 1/0 -"},
	{"SYN, FIN, then nothing", 80, ">S100 >F101 +5000 >A102,1",
	 "> SH SF 0/0 -0 2/0 0.001; > OTH A -/- -0 1/0 -"},
	{"half closed for minutes", 80, OPEN ">FA101,301 <A301,102 +200000 <PA301,102,5",
	 "> S2 ShAFad 0/5 -0 3/3 200.004"},
	{"only a wrong checksum, for 5 s", 80, ">S100! +5000 >A101,1", "> OTH CA 0/0 -0 1/0 5.000"},
	{"only a wrong checksum, for more", 80, ">S100! +5001 >A101,1",
	 "> OTH C -/- -0 0/0 -; > OTH A -/- -0 1/0 -"},
	{"SYN-ACK of who knows, again late", 1001, "<SA300,101 +5000 <SA300,101",
	 "< OTH H -/- -0 1/0 -; < OTH H -/- -0 1/0 -"},
	{"FIN beyond what never came, and a RST", 80,
	 OPEN ">FA111,301 +6000 <A301,101 >R112 +5000 <A301,101",
	 "> RSTO ShAFaR 10/0 -0 4/2 6.004; > OTH ^a -/- -0 0/1 -"},
	{"FIN that waits for an ACK of its own", 80,
	 OPEN "<PA301,101,7 >FA101,301 >A102,308 <FA308,102 +1000 >A102,309",
	 "> SF ShAdFf 0/7 -0 5/3 0.006"},
	{"both FINs before any ACK", 80, OPEN "<PA301,101,7 >FA101,301 <FA308,102 +1000 >A102,309",
	 "> SF ShAdFf 0/7 -0 4/3 1.005"},
	{"RST while data is pending", 80, OPEN "<PA311,101,10 <R321 +5000 >A101,301",
	 "> RSTR ShAdr 0/20 -0 3/3 5.004"},
	{"a SYN after data", 1001, ">A101,301,5 >S100", "> S0 DS 0/0 -0 2/0 0.001"},
	{"a stranger ACKs the SYN", 80, ">S100 <A1,105 >R101", "> RSTOS0 SaR 0/0 -0 2/1 0.002"},
	{"data before its beginning", 1001, ">A101,301,5 <A301,106 >A90,301,5",
	 "> OTH DaT 5/0 -0 2/1 0.002"},
	{"FIN again, numbers wrapped", 80,
	 ">S4294967290 <SA300,4294967291 >A4294967291,301,20 >FA15,301 >FA15,301",
	 "> S2 ShDF 20/0 -0 4/1 0.004"},
	{"a SYN of old numbers", 80, ">S100 <SA300,101 >S100", "> S1 Sh 0/0 -0 2/1 0.002"},
	{"a SYN of new numbers", 80, ">S100 <SA300,101 >S101",
	 "> S1 Sh 0/0 -0 1/1 0.001; > S0 S -/- -0 1/0 -"},
	{"ACK of 0", 80, ">S4290000000 <SA300,4290000001 <A301,0",
	 "> S1 ShaG 0/0 -4967295 1/2 0.002"},
};

static void rows_of_each_script(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		char text[1024];
		char *rows = draw(table[i].script, table[i].port, (struct look){.width = 80});
		shorten(rows, text, sizeof text);
		expect_text(table[i].name, "rows", text, table[i].rows);
		free(rows);
	}
}

/* Where checksums do not matter, the same as if none were wrong. */
static void checksums_believed(void **state)
{
	char *wrong =
		draw(OPEN "<PA301,101,7! >A101,308!", 80, (struct look){.no_checksums = true});
	char *right = draw(OPEN "<PA301,101,7 >A101,308", 80, (struct look){.width = 80});
	(void)state;
	assert_string_equal(wrong, right);
	free(wrong);
	free(right);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_of_each_script),
		cmocka_unit_test(checksums_believed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
