/* SPDX-License-Identifier: MIT */
#include "analysis/model/connection.h"

#include "analysis/decode/options.h"
#include "analysis/model/account.h"
#include "analysis/model/ordinary.h"

enum { FIRST_EPHEMERAL = 32768, MAX_SCALE = 14 /* RFC 7323 2.3 */ };

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

/* The window in octets. A SYN's own window is never scaled (RFC 7323 2.2). */
static struct segment scaled(struct connection *c, int from, const struct packet *p)
{
	struct segment s = p->seg;
	struct tally *mine = &c->tally[from];
	const struct tcb *t = tcb(c, from);
	bool stray = state_is_synchronized((enum tcp_state)t->state) && t->syn_sent &&
		     !seq_eq(s.seq, t->iss);
	if (s.flags & SYN && stray)
		return s; /* perhaps forged: the handshake's own offer stands */
	if (s.flags & SYN) {
		struct tcp_options o = tcp_options_parse(p->options);
		mine->has_scale = o.has_scale;
		mine->scale = o.scale > MAX_SCALE ? MAX_SCALE : o.scale;
	} else if (mine->has_scale && c->tally[connection_other(c, from)].has_scale) {
		s.wnd <<= mine->scale;
	}
	return s;
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

static void deliver(struct connection *c, int from, const struct segment *s)
{
	enum arrival how;
	peer_settles(&c->peer[from], s);
	peer_departs(&c->peer[from], s, c->n);
	peer_hears(&c->peer[connection_other(c, from)], s, c->n, &how);
}

/* The connection began with end 0's SYN,ACK. When end 1 accepts it, its SYN was captured late, or
 * not at all: put both where the handshake has them. */
static void accept_synack(struct connection *c, int from, const struct segment *s)
{
	unsigned kind = s->flags & (SYN | ACK | RST);
	struct tcb server = *tcb(c, 0);
	bool syn = from == 1 && kind == SYN && s->seq.n + 1 == server.rcv.acked.n;
	bool ack = from == 1 && kind == ACK && seq_in(s->ack, server.iss, server.snd.nxt);
	bool went_on = from == 0 && kind == ACK; /* the client's half is not captured */
	if (from == 0 && !went_on)
		return;
	c->synack_first = false;
	if (!syn && !ack && !went_on)
		return;
	struct segment first = {.seq.n = server.rcv.acked.n - 1, .flags = SYN, .wnd = s->wnd};
	struct segment answer = {server.iss, server.rcv.acked, 0, server.rcv.wnd, SYN | ACK};
	c->peer[0] = (struct peer){.now.state = LISTEN};
	c->peer[1] = (struct peer){.now.state = CLOSED};
	deliver(c, 1, &first);
	deliver(c, 0, &answer);
	struct segment third = {server.rcv.acked, server.snd.nxt, 0, s->wnd, ACK};
	if (went_on)
		deliver(c, 1, &third);
	tcb(c, 0)->syn_taken = tcb(c, 1)->syn_taken = syn; /* else a scale is not known */
	tcb(c, 1)->heard = from == 1;
	c->peer[0].doubts = c->peer[1].doubts = 0; /* what follows is no repetition */
	if (c->client == 0)
		shape_swap(&c->shape);
	c->client = 1;
	c->role_guessed = !syn;
}

/* An ack one beyond all that its peer was seen to send: the one number that a lost frame hides
 * most often is a FIN's. */
static bool infers_fin(const struct tcb *peer, const struct segment *s)
{
	return (s->flags & (ACK | SYN | RST)) == ACK && s->ack.n == peer->snd.nxt.n + 1 &&
	       peer->heard && !peer->fin_sent &&
	       (peer->state == ESTABLISHED || peer->state == CLOSE_WAIT);
}

static bool infer_fin(struct connection *c, int from, const struct segment *s)
{
	int to = connection_other(c, from);
	const struct tcb *peer = tcb(c, to);
	if (c->self || !infers_fin(peer, s))
		return false;
	struct segment fin = {peer->snd.nxt, peer->rcv.acked, 0, peer->rcv.wnd, FIN | ACK};
	deliver(c, to, &fin);
	c->inferred[to] = true;
	c->inferred_n = c->n;
	account_first_fin(c, to);
	return true;
}

/* The end whose FIN was inferred goes on sending: it was an octet that the capture missed. */
static bool misread_fin(const struct connection *c, int from, const struct segment *s)
{
	const struct tcb *t = &c->peer[from].now;
	return c->inferred[from] && !(s->flags & RST) && (s->len || s->flags & FIN) &&
	       seq_lt(t->fin, seq_plus(s->seq, s->len));
}

static void withdraw_fin(struct connection *c, int by)
{
	static const uint8_t unsent[TCP_STATES] = {
		[FIN_WAIT_1] = ESTABLISHED, [FIN_WAIT_2] = ESTABLISHED, [LAST_ACK] = CLOSE_WAIT,
		[CLOSING] = CLOSE_WAIT,     [TIME_WAIT] = CLOSE_WAIT,   [CLOSED] = CLOSE_WAIT,
	};
	static const uint8_t unheard[TCP_STATES] = {
		[CLOSE_WAIT] = ESTABLISHED, [LAST_ACK] = FIN_WAIT_1, [CLOSING] = FIN_WAIT_1,
		[TIME_WAIT] = FIN_WAIT_2,   [CLOSED] = FIN_WAIT_2,
	};
	struct tcb *sender = tcb(c, by), *other = tcb(c, connection_other(c, by));
	sender->fin_sent = other->fin_heard = c->inferred[by] = false;
	if (unsent[sender->state])
		sender->state = unsent[sender->state];
	if (unheard[other->state])
		other->state = unheard[other->state];
	c->peer[0].doubts = c->peer[1].doubts = 0;
	c->mark.first_fin &= c->mark.fin_by != by;
	c->mark.close_segments = 0;
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
}

static void count(struct connection *c, int from, const struct packet *p)
{
	c->n++;
	c->last_time = p->time;
	c->last_frame = p->frame;
	c->tally[from].packets++;
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
	return true;
}

/* It had acknowledged the peer's FIN before this segment. */
static bool has_acked_fin(struct connection *c, int from)
{
	const struct tcb *t = tcb(c, from), *peer = tcb(c, connection_other(c, from));
	return peer->fin_sent && t->ack_sent && seq_lt(peer->fin, t->rcv.acked);
}

/* What the segment says of the past, before it is let depart. */
static struct receipt look_back(struct connection *c, int from, const struct segment *s)
{
	struct receipt misread = {0};
	if (c->synack_first)
		accept_synack(c, from, s);
	set_bases(c, from, s);
	if (misread_fin(c, from, s)) {
		withdraw_fin(c, from);
		misread = (struct receipt){MISREAD, c->inferred_n,
					   (enum tcp_state)tcb(c, from)->state};
	}
	return misread;
}

void connection_observe(struct connection *c, int from, const struct packet *p, struct events *out)
{
	int to = connection_other(c, from);
	enum arrival how;

	count(c, from, p);
	if (c->ordinary && observe_ordinary(c, from, p, out))
		return;
	struct segment s = scaled(c, from, p);
	struct event e = {.kind = EVENT_SEGMENT,
			  .end = (uint8_t)from,
			  .seg = s,
			  .before = {tcb(c, 0)->state, tcb(c, 1)->state}};
	struct receipt misread = look_back(c, from, &s);
	bool inferred = infer_fin(c, from, &s);
	struct receipt settles = peer_settles(&c->peer[from], &s);
	if (settles.kind == FORGED && settles.n == c->restart_n)
		c->restarted = false;
	note_restart(c, from, p);
	bool acked_fin = has_acked_fin(c, from);
	e.ack = account_ack(c, from, &s);
	e.again = !account_is_news(c, from, &s, e.ack.moved);
	c->tally[from].bytes += account_new_octets(c, from, &s);
	peer_departs(&c->peer[from], &s, c->n);
	struct receipt hears = peer_hears(&c->peer[to], &s, c->n, &how);
	e.arrival = (uint8_t)how;
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
