/* SPDX-License-Identifier: MIT */
/* The verdict on each RST: its number against what the receiver expects, and what became of it. */
#include "analysis/model/rules.h"

bool rst_may_answer(const struct exam *x)
{
	const struct end_notes *other = note(x, x->to);
	return !(x->e->seg.flags & ACK) && x->c->idle < at_once &&
	       other->last_n > note(x, x->from)->last_n && seq_eq(x->e->seg.seq, other->last.ack);
}

/* Why it was sent, as far as the segments tell. */
static const char *cause(const struct exam *x)
{
	const struct end_notes *mine = note(x, x->from), *other = note(x, x->to);
	uint8_t state = x->e->before[x->from];
	if (x->p->crafted)
		return "";
	if (mine->probes)
		return "; likely cause: keepalive timeout";
	if (state == TIME_WAIT)
		return "; likely cause: TIME-WAIT";
	if (state < SYN_SENT ||
	    (rst_may_answer(x) && !now_of(x, x->from)->fin_sent && state > SYN_RECEIVED))
		return "; likely cause: no socket";
	if (other->unsent_n)
		return "; likely cause: ack of unsent";
	if (state < ESTABLISHED)
		return other->wrong_third_n ? "; likely cause: invalid ack" : "";
	if (!x->c->mark.handshake && !x->c->role_guessed)
		return "";
	if (now_of(x, x->from)->fin_sent)
		return "; likely cause: aborted on close";
	if (!x->c->tally[x->to].bytes && !x->c->role_guessed)
		return "; likely cause: aborted on linger";
	return x->e->ack.data && x->c->tally[x->from].unread
		       ? "; likely cause: aborted with data unread"
		       : "; likely cause: aborted on linger, or with data unread";
}

static void verdict(struct exam *x)
{
	static const enum diagnosis_id name[] = {
		[ARRIVED] = RST_EXACT,
		[UNACCEPTABLE] = RST_OUT_OF_WINDOW,
		[CHALLENGED] = RST_IN_WINDOW,
	};
	enum arrival how = (enum arrival)x->e->arrival;
	bool synchronized = state_is_synchronized((enum tcp_state)x->e->before[x->to]);
	if (!synchronized || how == NOT_EXPECTED || !now_of(x, x->to)->heard)
		return;
	struct diagnosis *d = tell_each(x, name[how], x->from);
	d->number = seq_diff(x->e->seg.seq, now_of(x, x->to)->rcv.nxt);
	if (how == CHALLENGED)
		d->confidence = LIKELY; /* what lies before it may be missing in the capture only */
	if (how == ARRIVED)
		detail(d, cause(x), "");
	cite(d, x->e->n);
}

static void tell_ignored(struct exam *x, int resetter, uint32_t rst)
{
	const struct end_notes *n = note(x, resetter);
	struct diagnosis *d = tell(x, RST_IGNORED, resetter);
	if (n->rst_ttl && n->ttl && n->rst_ttl != n->ttl && !d->count)
		snprintf(d->detail, sizeof d->detail, "; its TTL was %u, not %u", n->rst_ttl,
			 n->ttl);
	cite(d, rst);
	cite(d, x->e->n);
	untell(x, TIME_WAIT_ASSASSINATED, 1 - resetter);
	if (n->abort_n != rst)
		return;
	untell(x, ABORTIVE_CLOSE, resetter); /* it was not its own */
	untell(x, RST_UNREAD_DATA, resetter);
}

/* The receiver goes on, or the end that had seemed to send it does. */
static void ignored(struct exam *x)
{
	const struct event *ignored = corrected(x, IGNORED);
	struct end_notes *other = note(x, x->to);
	if (ignored && ignored->corrects == other->rst_n)
		tell_ignored(x, x->to, ignored->corrects);
	bool goes_on = x->e->ack.moved || x->e->seg.len || x->e->seg.flags & FIN;
	if (!other->rst_doubt_n || x->kind & RSTS || !goes_on)
		return;
	tell_ignored(x, x->to, other->rst_doubt_n);
	other->rst_doubt_n = 0;
}

static void note_rst(struct exam *x)
{
	struct end_notes *n = note(x, x->from);
	n->rst_n = x->e->n;
	n->rst_at = x->now;
	n->rst_idle = x->c->idle;
	n->rst_seq = x->e->seg.seq;
	n->rst_ttl = x->p->ttl;
	if (x->e->arrival == CHALLENGED || x->e->arrival == UNACCEPTABLE)
		await(x, x->from)->rst_doubt_n = x->e->n;
}

const struct rule rules_verdict[] = {
	{RSTS | FORGERIES, verdict},
	{CORRECTED | PENDING, ignored},
	{0},
};

const struct rule rules_rst_notes[] = {
	{RSTS | FORGERIES, note_rst},
	{0},
};
