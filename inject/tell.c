/* SPDX-License-Identifier: MIT */
#include "inject/tell.h"

#include "analysis/views/lines.h"
#include "analysis/views/number.h"

/* A number space: its letter, its first number. */
struct space {
	char letter;
	struct seq base;
};

static struct space own(const struct tcp *t)
{
	bool opener = t->tcb.opener || !t->tcb.syn_heard;
	return (struct space){opener ? 'x' : 'y', t->iss};
}

static struct space other(const struct tcp *t)
{
	return (struct space){own(t).letter == 'x' ? 'y' : 'x', t->tcb.irs};
}

void tell_number(struct text *to, char letter, struct seq base, struct seq n)
{
	int32_t d = seq_diff(n, base);
	text_char(to, letter);
	if (!d)
		return;
	text_char(to, d < 0 ? '-' : '+');
	text_number(to, d < 0 ? 0 - (uint32_t)d : (uint32_t)d);
}

/* What belongs to no connection has the numbers that it has. */
static const struct space nobodys = {.letter = 0};

static void add_number(struct text *to, struct space s, struct seq n)
{
	if (!s.letter) {
		text_number(to, n.n);
		return;
	}
	tell_number(to, s.letter, s.base, n);
}

static void add_segment(struct text *to, const struct tcp *t, const struct segment *s)
{
	char flags[FLAGS_TEXT];
	text_add(to, flags_print(s->flags, flags));
	text_add(to, " seq=");
	add_number(to, t->refuses ? nobodys : own(t), s->seq);
	if (s->flags & ACK) {
		text_add(to, " ack=");
		add_number(to, t->refuses ? nobodys : other(t), s->ack);
	}
	if (s->len) {
		text_add(to, " len=");
		text_number(to, s->len);
	}
	text_add(to, ": ");
}

/* "y+1 = y + 1 SYN": what is new in the acknowledgement. */
static void add_sum(struct text *to, const struct tcp *t, struct seq ack)
{
	const struct tcb *tcb = &t->tcb;
	struct seq from = tcb->ack_sent ? tcb->rcv.acked : tcb->irs;
	uint32_t syn = seq_eq(from, tcb->irs), left = (uint32_t)seq_diff(ack, from);
	uint32_t fin = tcb->fin_heard && seq_eq(ack, tcb->rcv.nxt) && left > syn;
	text_add(to, "ack ");
	add_number(to, other(t), ack);
	if (!left || left > (1U << 30)) {
		text_add(to, ", all that has come so far");
		return;
	}
	text_add(to, " = ");
	add_number(to, other(t), from);
	if (syn)
		text_add(to, " + 1 SYN");
	if (left > syn + fin) {
		text_add(to, " + ");
		text_number(to, left - syn - fin);
		text_add(to, " data");
	}
	if (fin)
		text_add(to, " + 1 FIN");
}

/* "the FIN takes x+6; x+7 acknowledges it" */
static void add_flag(struct text *to, const struct tcp *t, const struct segment *s)
{
	text_add(to, s->flags & SYN ? "the SYN takes " : "the FIN takes ");
	add_number(to, own(t), s->seq);
	if (s->flags & SYN) {
		text_char(to, '=');
		text_number(to, s->seq.n);
	}
	text_add(to, "; ");
	add_number(to, own(t), segment_end(s));
	text_add(to, " acknowledges it");
}

/* "x+6 acknowledges 5 octets + 1 FIN" */
static void add_octets(struct text *to, const struct tcp *t, const struct segment *s)
{
	add_number(to, own(t), segment_end(s));
	text_add(to, " acknowledges ");
	text_number(to, s->len);
	text_add(to, s->len == 1 ? " octet" : " octets");
	text_add(to, s->flags & FIN ? " + 1 FIN" : "");
}

static void add_reason(struct text *to, const struct tcp *t, const struct segment *s)
{
	bool again = t->tcb.snd_known && segment_space(s) && seq_lt(s->seq, t->tcb.snd.nxt);
	if (t->refuses)
		text_add(to, "what came belongs to no connection of ours");
	else if (s->flags & RST)
		text_add(to, "exactly the number that it expects next");
	else if (again && s->flags & SYN && s->flags & ACK && t->tcb.opener)
		text_add(to, "our SYN again, with the ACK of theirs");
	else if (again)
		text_add(to, "again: not acknowledged yet");
	else if (s->len && !t->tcb.snd.wnd)
		text_add(to, "a probe: is its window still closed?");
	else if (s->len)
		add_octets(to, t, s);
	else if (segment_space(s))
		add_flag(to, t, s);
	else
		add_sum(to, t, s->ack);
}

const char *tell_reason(const struct tcp *t, const struct packet *p, char text[static TELL_TEXT])
{
	struct text to = text_in(text, TELL_TEXT);
	add_segment(&to, t, &p->seg);
	add_reason(&to, t, &p->seg);
	return text;
}

void tell_verdict(const char *text)
{
	char line[LINE_TEXT];
	for (const char *before = "synfin: "; flow(&text, 70, line); before = "  ")
		fprintf(stderr, "%s%s\n", before, line);
}
