/* SPDX-License-Identifier: MIT */
#include "analysis/model/examine.h"

#include "analysis/decode/text.h"
#include "analysis/model/rules.h"

/* Artefacts first: what they explain is nobody's fault. */
const struct rulebook rulebooks[] = {
	{rules_artefact, FIRST | SYNS | SYNACKS | FINS | RSTS | CORRECTED | PENDING | STRANGE |
				 AHEAD | COPIES | END | FORGERIES},
	{rules_opening, FIRST | BARE | OPENS | FINS | RSTS | ICMPS | SILENCE | END},
	{rules_options, SYNS | SYNACKS},
	{rules_answers, SYNACKS | OPENS | RSTS | PENDING | SILENCE | END},
	{rules_established,
	 SYNS | FINS | CLOSES | ODD | STRANGE | CORRECTED | PENDING | DAMAGED | END | FORGERIES},
	{rules_verdict, RSTS | CORRECTED | PENDING | FORGERIES},
	{rules_reset, RSTS},
	{rules_closing, FIRST | FINS | RSTS | CLOSES | CORRECTED | PENDING | END},
	{rules_close, CLOSES | SILENCE | END},
	{rules_time_wait, SYNACKS | RSTS | CLOSES | ODD | PENDING | END},
	{rules_rst_notes, RSTS | FORGERIES},
	{NULL, 0},
};

static bool is_doubtful(const struct connection *c)
{
	return c->notes.gap || c->notes.dropped || c->role_guessed;
}

static struct diagnosis *emit(struct exam *x, enum diagnosis_id id, int end)
{
	const struct connection *c = x->c;
	x->spare = (struct diagnosis){.id = (uint8_t)id, .end = (uint8_t)end};
	x->spare.confidence = is_doubtful(c) && catalogue_row(id)->phase != ARTEFACT;
	if (x->out->count == EVENTS)
		return &x->spare;
	struct event *e = &x->out->at[x->out->count++];
	uint8_t state[] = {c->peer[0].now.state, c->peer[1].now.state};
	*e = (struct event){.kind = EVENT_DIAGNOSIS,
			    .end = (uint8_t)(end == NOBODY ? 0 : end),
			    .before = {state[0], state[1]},
			    .after = {state[0], state[1]},
			    .n = c->n,
			    .time = x->now,
			    .frame = c->last_frame,
			    .diagnosis = x->spare};
	return &e->diagnosis;
}

bool told(const struct exam *x, enum diagnosis_id id, int end)
{
	return x->c->notes.told[end][id / 64] >> id % 64 & 1;
}

bool told_any(const struct exam *x, enum diagnosis_id id)
{
	return notes_told(&x->c->notes, id);
}

struct diagnosis *tell(struct exam *x, enum diagnosis_id id, int end)
{
	if (told(x, id, end))
		return &x->spare;
	x->c->notes.told[end][id / 64] |= (uint64_t)1 << id % 64;
	return emit(x, id, end);
}

void untell(struct exam *x, enum diagnosis_id id, int end)
{
	x->c->notes.told[end][id / 64] &= ~((uint64_t)1 << id % 64);
}

enum { VERDICTS = 40 };

struct diagnosis *tell_each(struct exam *x, enum diagnosis_id id, int end)
{
	if (x->c->notes.verdicts == VERDICTS)
		return &x->spare;
	x->c->notes.verdicts++;
	x->c->notes.told[end][id / 64] |= (uint64_t)1 << id % 64;
	return emit(x, id, end);
}

void cite(struct diagnosis *d, uint32_t n)
{
	for (unsigned i = 0; i < d->count; i++)
		if (d->segment[i] == n)
			return;
	if (n && d->count < EVIDENCE)
		d->segment[d->count++] = n;
}

void detail(struct diagnosis *d, const char *a, const char *b)
{
	struct text t = text_in(d->detail, sizeof d->detail);
	text_add(&t, a);
	text_add(&t, b);
}

const struct event *corrected(const struct exam *x, enum correction kind)
{
	for (unsigned i = 1; i < x->events; i++)
		if (x->out->at[i].kind == EVENT_CORRECTION && x->out->at[i].correction == kind)
			return &x->out->at[i];
	return NULL;
}

static void ask(struct exam *x)
{
	bool forged = x->e && x->e->forged;
	for (const struct rulebook *p = rulebooks; p->rules; p++)
		for (const struct rule *r = p->rules; p->watches & x->kind && r->look; r++)
			if (r->watches & x->kind && (!forged || r->watches & FORGERIES))
				r->look(x);
}

static bool several(unsigned bits)
{
	return bits & (bits - 1);
}

static unsigned kind_of(const struct connection *c, const struct events *all)
{
	const struct event *e = &all->at[0];
	unsigned flags = e->seg.flags;
	if (e->copy || (e->damaged && !(flags & FIN)))
		return e->copy ? COPIES : DAMAGED;
	unsigned kind = (c->notes.pending ? PENDING : 0u) | (e->damaged ? DAMAGED : 0u);
	if (flags & SYN)
		kind |= flags & ACK ? SYNACKS : SYNS;
	kind |= !(flags & ACK) || several(flags & (SYN | FIN | RST)) ? BARE : 0u;
	kind |= c->strange ? STRANGE : 0u;
	const struct tcb *peer = &c->peer[connection_other(c, e->end)].now;
	kind |= e->seg.len && seq_lt(peer->rcv.nxt, e->seg.seq) ? AHEAD : 0u;
	kind |= (c->n == 1 ? FIRST : 0u) | (flags & FIN ? FINS : 0u) | (flags & RST ? RSTS : 0u);
	kind |= e->before[0] < ESTABLISHED || e->before[1] < ESTABLISHED ? OPENS : 0u;
	kind |= c->shape.closing ? CLOSES : 0u;
	kind |= e->arrival != ARRIVED || e->again ? ODD : 0u;
	kind |= all->count > 1 ? CORRECTED : 0u;
	return kind;
}

static void remember(struct exam *x)
{
	struct end_notes *n = note(x, x->from);
	n->last = x->e->seg;
	n->last_n = x->e->n;
	n->last_at = x->now;
	if (!x->e->forged && (!(x->kind & RSTS) || !n->ttl))
		n->ttl = x->p->ttl;
}

/* A rule has a question open about the end. */
static bool is_open(const struct end_notes *n)
{
	return n->refused_n || n->unsent_n || n->fin_waits_n || n->inferred_n || n->probes ||
	       n->paws_n || n->rst_doubt_n || n->stale_n || n->lone_fin || n->late_syn ||
	       n->hole_n || n->wrong_third_n || n->damaged_n;
}

void examine_segment(struct connection *c, const struct packet *p, struct events *out)
{
	struct exam x = {.c = c,
			 .e = &out->at[0],
			 .p = p,
			 .from = out->at[0].end,
			 .to = connection_other(c, out->at[0].end),
			 .kind = kind_of(c, out),
			 .now = p->time,
			 .events = out->count,
			 .out = out};
	bool counts = x.kind != COPIES && x.kind != DAMAGED;
	if (counts)
		take_notes(&x);
	ask(&x);
	if (counts)
		remember(&x);
	c->notes.pending = is_open(&c->notes.end[0]) || is_open(&c->notes.end[1]) ||
			   rules_handshake_unconfirmed(c);
}

void examine_icmp(struct connection *c, int from, const struct packet *p, struct events *out)
{
	struct exam x = {.c = c,
			 .p = p,
			 .kind = ICMPS,
			 .from = from,
			 .to = connection_other(c, from),
			 .now = p->time,
			 .out = out};
	out->count = 0;
	ask(&x);
}

static void examine_time(struct connection *c, unsigned kind, int64_t now, struct events *out)
{
	struct exam x = {.c = c, .kind = kind, .now = now, .out = out};
	out->count = 0;
	ask(&x);
}

void examine_silence(struct connection *c, int64_t now, struct events *out)
{
	examine_time(c, SILENCE, now, out);
}

void examine_end(struct connection *c, int64_t now, struct events *out)
{
	examine_time(c, END, now, out);
}

struct past examine_past(const struct connection *old, const struct endpoint *first)
{
	int same = endpoint_eq(first, &old->endpoint[0]) ? 0 : 1;
	struct past p = {.id = old->id,
			 .handshake = old->mark.handshake,
			 .over = connection_is_over(old),
			 .icmp = notes_told(&old->notes, REFUSED_ICMP),
			 .reset = old->mark.reset_by != 2};
	for (int i = 0; i < 2; i++) {
		const struct tcb *t = &old->peer[i ^ same].now;
		p.state[i] = t->heard ? t->state : UNKNOWN;
		p.rcv_nxt[i] = t->rcv.nxt;
		p.has_ts[i] = old->tally[i ^ same].has_ts;
		p.ts[i] = old->tally[i ^ same].ts_val;
	}
	return p;
}
