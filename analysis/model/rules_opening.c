/* SPDX-License-Identifier: MIT */
/* SYNs: how often, with what, and what became of them. */
#include <inttypes.h>
#include <string.h>

#include "analysis/model/rules.h"

static void self_connect(struct exam *x)
{
	if (x->c->self && x->kind & SYNS)
		cite(tell(x, SELF_CONNECT, x->from), x->e->n);
}

static void flags(struct exam *x)
{
	static const struct {
		unsigned mask, set;
		const char *text;
	} illegal[] = {
		{SYN | FIN | RST | PSH | ACK | URG, SYN | FIN | RST | PSH | ACK | URG,
		 "all of them"},
		{SYN | FIN, SYN | FIN, "SYN and FIN"},
		{SYN | RST, SYN | RST, "SYN and RST"},
		{FIN | RST, FIN | RST, "FIN and RST"},
		{FIN | PSH | URG | ACK, FIN | PSH | URG, "FIN, PSH and URG, no ACK (Xmas)"},
		{SYN | FIN | RST | PSH | ACK | URG, 0, "none at all (null)"},
	};
	unsigned set = x->e->seg.flags;
	for (unsigned i = 0; i < sizeof illegal / sizeof *illegal; i++) {
		if ((set & illegal[i].mask) != illegal[i].set)
			continue;
		struct diagnosis *d = tell(x, ILLEGAL_FLAGS, x->from);
		if (!d->count)
			detail(d, illegal[i].text, "");
		cite(d, x->e->n);
		return;
	}
}

static void number_without_flag(struct exam *x)
{
	if (!(x->e->seg.flags & ACK) && x->e->seg.ack.n)
		cite(tell(x, ACK_NUMBER_WITHOUT_FLAG, x->from), x->e->n);
}

static void new_isn(struct exam *x)
{
	const struct past *p = &x->c->notes.past;
	bool tried =
		p->id && !p->icmp && p->state[x->from] == SYN_SENT && p->state[x->to] == UNKNOWN;
	if (!(x->kind & SYNS) || !tried)
		return;
	struct diagnosis *d = tell(x, SYN_NEW_ISN, x->from);
	d->number = p->id;
	cite(d, x->e->n);
}

/* "after 1.0, 2.0 s" */
static void print_pauses(const struct end_notes *n, char *text, size_t size)
{
	int at = snprintf(text, size, "after");
	for (unsigned i = 0; i + 1 < n->syns && i < PAUSES && (size_t)at < size; i++)
		at += snprintf(text + at, size - (size_t)at, "%s %.1f", i ? "," : "",
			       (double)n->syn_pause[i] / 1e9);
	if ((size_t)at < size)
		snprintf(text + at, size - (size_t)at, "%s s", n->syns > PAUSES + 1 ? " ..." : "");
}

/* The pause before the last SYN, the shortest that any stack makes when there is but one. */
static int64_t last_pause(const struct end_notes *n)
{
	unsigned pauses = n->syns < 2 ? 0 : n->syns - 1;
	if (!pauses)
		return second;
	return n->syn_pause[pauses > PAUSES ? PAUSES - 1 : pauses - 1];
}

static void tell_repeated(struct exam *x, int end)
{
	const struct end_notes *n = note(x, end);
	struct diagnosis *d = tell(x, SYN_RETRANSMITTED, end);
	d->number = n->syns;
	print_pauses(n, d->detail, sizeof d->detail);
	cite(d, n->syn_n);
	cite(d, n->syn_last_n);
}

/* Once it is over how often the SYN was repeated: it has been answered, or never will be. */
static void repeated(struct exam *x)
{
	for (int end = 0; end < 2; end++) {
		const struct end_notes *n = note(x, end);
		bool answered = x->e && x->from != end;
		bool waited = !x->e && (x->kind & END ||
					x->now - n->syn_last_at > 2 * last_pause(n) + second);
		if (n->syns > 1 && (answered || waited))
			tell_repeated(x, end);
	}
}

static void unanswered(struct exam *x)
{
	for (int end = 0; end < 2; end++) {
		const struct end_notes *n = note(x, end);
		bool waits = n->syns && now_of(x, end)->state == SYN_SENT &&
			     !now_of(x, 1 - end)->heard && !told(x, REFUSED_ICMP, end);
		bool long_enough = x->kind & END || x->now - n->syn_last_at > 2 * last_pause(n);
		if (x->c->self || !waits || !long_enough)
			continue;
		struct diagnosis *d = tell(x, SYN_UNANSWERED, end);
		d->number = n->syns;
		d->duration = x->now - n->syn_at;
		if (x->now - n->syn_last_at <= 2 * last_pause(n))
			d->confidence = LIKELY; /* the answer may have come after the capture */
		cite(d, n->syn_n);
		cite(d, n->syn_last_n);
	}
}

static void refused(struct exam *x)
{
	const struct segment *s = &x->e->seg;
	const struct end_notes *other = note(x, x->to);
	bool answers = x->e->before[x->to] == SYN_SENT && s->flags & ACK &&
		       x->e->arrival == ARRIVED && !note(x, x->from)->synacks;
	if (!answers)
		return;
	struct diagnosis *d = tell(x, REFUSED, x->from);
	if (s->seq.n)
		d->confidence = LIKELY; /* RFC 9293 3.5.2 would have 0 */
	cite(d, other->syn_last_n);
	cite(d, x->e->n);
}

static void rst_unacceptable(struct exam *x)
{
	if (x->e->before[x->to] == SYN_SENT && x->e->arrival == UNACCEPTABLE)
		cite(tell(x, RST_UNACCEPTABLE, x->from), x->e->n);
}

static const char *icmp_reason(const struct packet *p)
{
	static const char *const v4[] = {
		"net unreachable",
		"host unreachable",
		"protocol unreachable",
		"port unreachable",
		"fragmentation needed",
		"source route failed",
		"net unknown",
		"host unknown",
		"source host isolated",
		"net prohibited",
		"host prohibited",
		"net unreachable for TOS",
		"host unreachable for TOS",
		"prohibited by a filter",
	};
	static const char *const v6[] = {
		"no route",
		"prohibited",
		"beyond the scope of the source address",
		"address unreachable",
		"port unreachable",
		"source address refused by policy",
		"route rejected",
	};
	bool old = p->src.address.family == 4;
	size_t known = old ? sizeof v4 / sizeof *v4 : sizeof v6 / sizeof *v6;
	if (p->icmp_type != (old ? 3 : 1))
		return NULL;
	return p->icmp_code >= known ? "unreachable" : old ? v4[p->icmp_code] : v6[p->icmp_code];
}

static void refused_icmp(struct exam *x)
{
	const struct end_notes *n = note(x, x->from);
	const char *reason = icmp_reason(x->p);
	bool fragments = x->p->src.address.family == 4 && x->p->icmp_code == 4;
	if (!reason || fragments || !n->syns || now_of(x, x->from)->state != SYN_SENT)
		return;
	struct diagnosis *d = tell(x, REFUSED_ICMP, x->from);
	detail(d, reason, "");
	cite(d, n->syn_last_n);
}

/* Before its third ACK, the end that opened gives up. */
static void aborted(struct exam *x)
{
	const struct segment *s = &x->e->seg;
	const struct end_notes *n = note(x, x->from), *other = note(x, x->to);
	bool fin = s->flags & FIN, rst = s->flags & RST;
	if (!n->syns || n->third_lost_n || n->third_n != (fin ? x->e->n : 0) || s->flags & SYN ||
	    x->c->self)
		return;
	bool own = seq_eq(s->seq, seq_plus(now_of(x, x->from)->iss, 1));
	if (!own || (rst && x->e->before[x->from] == CLOSED))
		return;
	bool scan = rst && !(s->flags & ACK) && other->synacks;
	struct diagnosis *d = tell(x, scan ? HALF_OPEN_SCAN : ABORTED_IN_HANDSHAKE, x->from);
	detail(d, fin ? "FIN" : "RST", "");
	cite(d, n->syn_n);
	cite(d, other->synack_n);
	cite(d, x->e->n);
}

const struct rule rules_opening[] = {
	{FIRST, self_connect},
	{FIRST, new_isn},
	{BARE, flags},
	{BARE, number_without_flag},
	{OPENS | SILENCE | END, repeated},
	{SILENCE | END, unanswered},
	{RSTS, refused},
	{RSTS, rst_unacceptable},
	{ICMPS, refused_icmp},
	{FINS | RSTS, aborted},
	{0},
};
