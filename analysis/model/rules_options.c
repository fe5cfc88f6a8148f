/* SPDX-License-Identifier: MIT */
/* What the handshake negotiates: offered, accepted, ignored. */
#include "analysis/decode/options.h"
#include "analysis/decode/text.h"
#include "analysis/model/rules.h"

enum { LARGEST_SHIFT = 14 /* RFC 7323 2.3 */ };

/* RFC 3168 6.1.1: ECN is offered with ECE and CWR, accepted with ECE alone; AccECN adds AE. */
static void offer_ecn(struct offer *o, unsigned flags)
{
	unsigned set = flags & (ECE | CWR | AE);
	if (!(flags & ACK)) {
		o->ecn = (set & (ECE | CWR)) == (ECE | CWR);
		o->accecn = set == (ECE | CWR | AE);
	} else {
		o->ecn = set == ECE;
		o->accecn = set & AE || set == CWR;
	}
}

static void take_offer(struct exam *x)
{
	struct tcp_options o = tcp_options_parse(x->p->options);
	bool anew = starts_over(x);
	struct offer *mine = anew ? &x->c->notes.restart : &note(x, x->from)->offer;
	if (!anew && x->e->before[x->from] >= ESTABLISHED)
		return;
	*mine = (struct offer){
		.seen = !x->p->snapped || x->p->payload.len,
		.has_mss = o.has_mss,
		.mss = o.mss,
		.has_scale = o.has_scale,
		.scale = o.scale,
		.sack = o.sack_permitted,
		.timestamps = o.has_timestamps,
		.fast_open = o.has_fast_open,
		.cookie = o.cookie.len,
		.mptcp = o.has_mptcp,
	};
	offer_ecn(mine, x->e->seg.flags);
}

static void fast_open_asked(struct exam *x)
{
	const struct offer *o = starts_over(x) ? &x->c->notes.restart : &note(x, x->from)->offer;
	if (!o->fast_open)
		return;
	struct diagnosis *d = tell(x, TFO_REQUESTED, x->from);
	struct text t = text_in(d->detail, sizeof d->detail);
	text_add(&t, o->cookie ? "a cookie" : "it asks for a cookie");
	if (x->e->seg.len) {
		text_add(&t, " and ");
		text_number(&t, x->e->seg.len);
		text_add(&t, x->e->seg.len == 1 ? " octet of data" : " octets of data");
	}
	cite(d, x->e->n);
}

static void without_tfo(struct exam *x)
{
	if (!x->e->seg.len || note(x, x->from)->offer.fast_open)
		return;
	struct diagnosis *d = tell(x, SYN_DATA_WITHOUT_TFO, x->from);
	d->number = x->e->seg.len;
	cite(d, x->e->n);
}

/* The number that the SYN,ACK acknowledges tells whether the SYN's data was taken. */
static void fast_open_answered(struct exam *x)
{
	const struct end_notes *client = note(x, x->to);
	const struct tcb *t = now_of(x, x->to);
	uint32_t len = client->syn_len, taken = x->e->seg.ack.n - t->iss.n - 1;
	if (!client->offer.fast_open || !len || (taken && taken != len))
		return;
	struct diagnosis *d = tell(x, taken ? TFO_ACCEPTED : TFO_IGNORED, x->from);
	d->number = len;
	cite(d, client->syn_last_n);
	cite(d, x->e->n);
}

static void add_part(struct text *t, const char *what)
{
	if (*what)
		text_add(t, t->left == DETAIL_TEXT ? "" : ", ");
	text_add(t, what);
}

/* RFC 9293 3.7.1: what holds where an end says nothing. */
static void print_mss(struct text *t, const struct offer *a, const struct offer *b, unsigned unsaid)
{
	if (!a->has_mss && !b->has_mss)
		return;
	add_part(t, "MSS ");
	text_number(t, a->has_mss ? a->mss : unsaid);
	text_char(t, '/');
	text_number(t, b->has_mss ? b->mss : unsaid);
}

static void print_scale(struct text *t, const struct offer *a, const struct offer *b)
{
	if (!a->has_scale || !b->has_scale) {
		add_part(t, a->has_scale ? "no window scale" : "");
		return;
	}
	add_part(t, "scale ");
	text_number(t, a->scale);
	text_char(t, '/');
	text_number(t, b->scale);
}

/* "SACK" when both have it, "no SACK" when it was offered in vain. */
static void print_plain(struct text *t, bool offered, bool accepted, const char *const name[2])
{
	add_part(t, offered && accepted ? name[0] : offered ? name[1] : "");
}

static void negotiated(struct exam *x)
{
	const struct offer *a = &note(x, x->to)->offer, *b = &note(x, x->from)->offer;
	static const char *const sack[] = {"SACK", "no SACK"}, *const ts[] = {"TS", "no TS"},
				 *const ecn[] = {"ECN", "no ECN"},
				 *const accecn[] = {"AccECN", "no AccECN"},
				 *const mptcp[] = {"MPTCP", "no MPTCP"};
	bool any = a->has_mss || b->has_mss || a->has_scale || a->sack || a->timestamps || a->ecn ||
		   a->mptcp;
	if (!a->seen || !b->seen || !any || x->e->arrival != ARRIVED)
		return;
	struct diagnosis *d = tell(x, OPTIONS_NEGOTIATED, NOBODY);
	struct text t = text_in(d->detail, sizeof d->detail);
	print_mss(&t, a, b, x->p->src.address.family == 6 ? 1220 : 536);
	print_scale(&t, a, b);
	print_plain(&t, a->sack, b->sack, sack);
	print_plain(&t, a->timestamps, b->timestamps, ts);
	if (a->accecn && b->accecn)
		print_plain(&t, true, true, accecn);
	else
		print_plain(&t, a->ecn, b->ecn, ecn);
	print_plain(&t, a->mptcp, b->mptcp, mptcp);
	cite(d, note(x, x->to)->syn_last_n);
	cite(d, x->e->n);
}

static void unilateral(struct exam *x)
{
	const struct offer *mine = &note(x, x->from)->offer, *other = &note(x, x->to)->offer;
	bool repeats = now_of(x, x->from)->opener; /* its own SYN's offer: both opened */
	bool answer = x->kind & SYNACKS && !repeats && other->seen && mine->seen;
	bool scale = answer && mine->has_scale && !other->has_scale;
	bool ts = answer && mine->timestamps && !other->timestamps;
	bool large = mine->has_scale && mine->scale > LARGEST_SHIFT;
	if (!scale && !ts && !large)
		return;
	struct diagnosis *d = tell(x, OPTION_UNILATERAL, x->from);
	struct text t = text_in(d->detail, sizeof d->detail);
	text_add(&t, large   ? "offers a window scale above 14"
		     : scale ? "answers with a window scale that was not offered"
			     : "answers with a timestamp that was not offered");
	cite(d, x->e->n);
}

const struct rule rules_options[] = {
	{SYNS | SYNACKS, take_offer},
	{SYNS, fast_open_asked},
	{SYNS, without_tfo},
	{SYNACKS, fast_open_answered},
	{SYNACKS, negotiated},
	{SYNS | SYNACKS, unilateral},
	{0},
};
