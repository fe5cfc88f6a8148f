/* SPDX-License-Identifier: MIT */
#include "analysis/model/connection.h"

#include "analysis/model/account.h"
#include "analysis/model/copy.h"
#include "analysis/model/damage.h"
#include "analysis/model/hindsight.h"
#include "analysis/model/ordinary.h"

enum { FIRST_EPHEMERAL = 32768 };

/* Without a SYN: a port below the ephemeral range, facing one in it, is the server's. */
static bool looks_like_server(const struct endpoint *e, const struct endpoint *other)
{
	return e->port < FIRST_EPHEMERAL && other->port >= FIRST_EPHEMERAL;
}

void connection_init(struct connection *c, uint32_t id, const struct packet *first)
{
	unsigned kind = first->seg.flags & (SYN | ACK | RST);
	bool begins = kind == SYN || kind == (SYN | ACK);
	*c = (struct connection){
		.id = id,
		.endpoint = {first->src, first->dst},
		.first_time = first->time,
		.first_frame = first->frame,
		.self = endpoint_eq(&first->src, &first->dst),
		.mark.reset_by = 2,
		.synack_first = kind == (SYN | ACK),
		.role_guessed = kind != SYN,
		.client = kind != SYN && looks_like_server(&first->src, &first->dst),
	};
	c->peer[0].now.state = begins ? CLOSED : UNKNOWN;
	c->peer[1].now.state = begins ? LISTEN : UNKNOWN;
}

static struct tcb *tcb(struct connection *c, int end)
{
	return &c->peer[end].now;
}

static void set_base(struct connection *c, int end, struct seq base, bool guessed)
{
	if (c->based[end] && (guessed || !c->guessed[end]))
		return;
	c->base[end] = base;
	c->based[end] = true;
	c->guessed[end] = guessed;
}

/* x and y: the ISN where a SYN was captured; else what makes the first number seen x+1. */
static void set_bases(struct connection *c, int from, const struct segment *s)
{
	int to = connection_other(c, from);
	if (s->flags & RST || (c->based[from] && c->based[to] && !(s->flags & SYN)))
		return;
	bool syn = s->flags & SYN;
	set_base(c, from, (struct seq){s->seq.n - !syn}, !syn);
	if (s->flags & ACK && !tcb(c, to)->heard)
		set_base(c, to, (struct seq){s->ack.n - 1}, true);
}

static void add(struct connection *c, struct events *out, struct event e, const struct packet *p)
{
	if (out->count == EVENTS)
		return;
	e.n = c->n;
	e.time = p->time;
	e.frame = p->frame;
	e.after[0] = e.kind == EVENT_CORRECTION && e.end == 0 ? e.after[0] : tcb(c, 0)->state;
	e.after[1] = e.kind == EVENT_CORRECTION && e.end == 1 ? e.after[1] : tcb(c, 1)->state;
	out->at[out->count++] = e;
}

static void add_correction(struct connection *c, struct events *out, int end, struct receipt r,
			   const struct packet *p)
{
	if (!r.kind)
		return;
	struct event e = {.kind = EVENT_CORRECTION,
			  .end = (uint8_t)end,
			  .corrects = r.n,
			  .correction = (uint8_t)r.kind};
	e.after[end] = (uint8_t)r.state;
	add(c, out, e, p);
}

/* A SYN with new numbers from an end that was synchronized: a new start, a reboot, or a spoof. */
static void note_restart(struct connection *c, int from, const struct packet *p)
{
	const struct tcb *t = tcb(c, from);
	bool restarts = (p->seg.flags & (SYN | ACK | RST)) == SYN && t->syn_sent &&
			!seq_eq(t->iss, p->seg.seq) &&
			state_is_synchronized((enum tcp_state)t->state);
	if (!restarts)
		return;
	c->restarted = true;
	c->restart = p->seg;
	c->restart_n = c->n;
	c->restart_time = p->time;
	c->restart_frame = p->frame;
	c->restart_crafted = p->crafted;
}

static void count(struct connection *c, int from, const struct packet *p)
{
	c->n++;
	c->idle = p->time - c->last_time;
	c->last_time = p->time;
	c->last_frame = p->frame;
	c->tally[from].packets++;
}

/* An event in which nothing moves, for the packet just counted. */
static struct event *observe_nothing(struct connection *c, int from, const struct packet *p,
				     struct events *out)
{
	out->count = 1;
	out->at[0] = (struct event){
		.kind = EVENT_SEGMENT,
		.end = (uint8_t)from,
		.n = c->n,
		.time = p->time,
		.frame = p->frame,
		.seg = p->seg,
		.before = {tcb(c, 0)->state, tcb(c, 1)->state},
		.after = {tcb(c, 0)->state, tcb(c, 1)->state},
	};
	return &out->at[0];
}

/* The packet was captured twice: the copy never left an end. */
static bool observe_copy(struct connection *c, int from, const struct packet *p, struct events *out)
{
	uint32_t original = copy_of(c, from, p);
	if (!original)
		return false;
	struct event *e = observe_nothing(c, from, p, out);
	e->again = e->copy = true;
	e->corrects = original;
	return true;
}

/* A RST or a SYN that is dropped ends nothing, whoever sent it. */
static bool observe_dropped(struct connection *c, int from, const struct packet *p,
			    struct events *out)
{
	if (p->seg.flags & FIN || !damage_is_in(c, from, p))
		return false;
	struct event *e = observe_nothing(c, from, p, out);
	e->arrival = UNACCEPTABLE;
	e->damaged = true;
	return true;
}

/* A FIN that is dropped will come again. */
static struct receipt hear(struct connection *c, int to, const struct packet *p, struct event *e)
{
	struct receipt r = {0};
	enum arrival how = UNACCEPTABLE;
	e->damaged = p->seg.flags & FIN && damage_is_in(c, e->end, p);
	if (!e->damaged)
		r = peer_hears(&c->peer[to], &e->seg, c->n, &how);
	e->arrival = (uint8_t)how;
	return r;
}

/* Its end knows nothing of it: it only arrives. */
static bool observe_forged(struct connection *c, int from, const struct packet *p,
			   struct events *out)
{
	int to = connection_other(c, from);
	if (!p->forged)
		return false;
	struct event *e = observe_nothing(c, from, p, out);
	e->seg = account_scaled(c, from, p);
	c->usurped[from] = true;
	tcb(c, from)->heard |= tcb(c, from)->snd_known; /* acks will speak of others' octets, too */
	struct receipt hears = hear(c, to, p, e);
	if (c->self)
		c->peer[1] = c->peer[0];
	e->after[0] = tcb(c, 0)->state;
	e->after[1] = tcb(c, 1)->state;
	if (p->seg.len && e->arrival == ARRIVED) {
		c->tally[to].unread = true;
		c->tally[from].data_n = c->n;
	}
	add_correction(c, out, to, hears, p);
	if (p->seg.flags & RST && e->before[to] != e->after[to])
		account_event(c, from, e, false);
	c->ordinary = ordinary_connection(c);
	return true;
}

static bool observe_ordinary(struct connection *c, int from, const struct packet *p,
			     struct events *out)
{
	struct event *e = &out->at[0];
	if (!ordinary_segment(c, from, &p->seg, e))
		return false;
	e->n = c->n;
	e->time = p->time;
	e->frame = p->frame;
	out->count = 1;
	out->ordinary = true;
	struct end_notes *n = &c->notes.end[from];
	n->last = p->seg;
	n->last_n = c->n;
	copy_note(c, from, p); /* what is in order is no copy */
	return true;
}

/* What the segment says of the past, before it is let depart. */
static struct receipt look_back(struct connection *c, int from, const struct segment *s)
{
	struct receipt misread = {0};
	if (c->synack_first)
		hindsight_synack(c, from, s);
	set_bases(c, from, s);
	if (hindsight_no_fin(c, from, s))
		misread = (struct receipt){MISREAD, c->inferred_n,
					   (enum tcp_state)tcb(c, from)->state};
	return misread;
}

/* The RST that has only just been sent: what its receiver sends now may have left before it came.
 */
static uint32_t fresh_rst(const struct connection *c)
{
	return c->last_time - c->mark.reset_at < CAPTURED_LATE ? c->mark.reset_n : 0;
}

static void observe(struct connection *c, int from, const struct packet *p, struct events *out)
{
	int to = connection_other(c, from);
	count(c, from, p);
	out->ordinary = false;
	bool strange = account_packet(c, from, p);
	if (c->ordinary && !strange && !p->forged && !c->notes.pending &&
	    observe_ordinary(c, from, p, out))
		return;
	if (observe_copy(c, from, p, out) || observe_dropped(c, from, p, out) ||
	    observe_forged(c, from, p, out))
		return;
	struct segment s = account_scaled(c, from, p);
	struct event e = {.kind = EVENT_SEGMENT,
			  .end = (uint8_t)from,
			  .seg = s,
			  .before = {tcb(c, 0)->state, tcb(c, 1)->state}};
	bool late_fin = hindsight_late_fin(c, from, &s);
	struct receipt misread = look_back(c, from, &s);
	bool inferred = hindsight_fin(c, from, &s);
	struct receipt settles = peer_settles(&c->peer[from], &s, fresh_rst(c));
	if (settles.kind == FORGED && settles.n == c->restart_n) {
		c->restarted = false;
		c->blind_n = settles.n; /* this segment may be another such SYN */
	}
	if ((settles.kind == FORGED || settles.kind == IGNORED) && settles.n == c->mark.reset_n)
		c->mark.reset_by = 2;
	note_restart(c, from, p);
	hindsight_acks(c, from, &s);
	bool acked_fin = account_acked_fin(c, from);
	e.ack = account_ack(c, from, &s);
	e.again = !late_fin && !account_is_news(c, from, &s, e.ack.moved);
	c->tally[from].bytes += account_new_octets(c, from, &s);
	peer_departs(&c->peer[from], &s, c->n);
	struct receipt hears = hear(c, to, p, &e);
	if (c->self)
		c->peer[1] = c->peer[0];
	out->count = 0;
	add(c, out, e, p);
	if (inferred)
		add(c, out, (struct event){.kind = EVENT_INFERRED, .end = (uint8_t)to}, p);
	add_correction(c, out, from, misread, p);
	add_correction(c, out, from, settles, p);
	add_correction(c, out, to, hears, p);
	account_event(c, from, &out->at[0], acked_fin);
	c->ordinary = ordinary_connection(c);
}

void connection_observe(struct connection *c, int from, const struct packet *p, struct events *out)
{
	observe(c, from, p, out);
	out->at[0].crafted = p->crafted;
	out->at[0].forged = p->forged;
}
