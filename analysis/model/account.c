/* SPDX-License-Identifier: MIT */
#include "analysis/model/account.h"

#include "analysis/decode/options.h"

enum { MAX_SCALE = 14 /* RFC 7323 2.3 */ };

static const struct tcb *tcb(const struct connection *c, int end)
{
	return &c->peer[end].now;
}

struct segment account_scaled(struct connection *c, int from, const struct packet *p)
{
	struct segment s = p->seg;
	struct tally *mine = &c->tally[from];
	const struct tcb *t = tcb(c, from);
	bool stray = state_is_synchronized((enum tcp_state)t->state) && t->syn_sent &&
		     !seq_eq(s.seq, t->iss);
	if (s.flags & SYN && (stray || p->forged))
		return s; /* perhaps forged: the handshake's own offer stands */
	if (s.flags & SYN) {
		struct tcp_options o = tcp_options_parse(p->options);
		mine->has_scale = o.has_scale;
		mine->scale = o.scale > MAX_SCALE ? MAX_SCALE : o.scale;
		mine->syn_len = s.len;
	} else if (mine->has_scale && c->tally[connection_other(c, from)].has_scale) {
		s.wnd <<= mine->scale;
	}
	return s;
}

bool account_packet(struct connection *c, int from, const struct packet *p)
{
	struct tally *mine = &c->tally[from];
	unsigned odd = c->oddities | packet_oddities(p);
	uint32_t ts;
	c->strange = odd != c->oddities || c->idle < 0;
	c->oddities = (uint8_t)odd;
	c->stale_ts = false;
	if (p->seg.flags & RST || p->forged)
		return true;
	if (mine->largest < p->seg.len) {
		mine->largest = p->seg.len;
		mine->largest_n = c->n;
	}
	if (p->seg.len) {
		mine->unread = false;
		mine->data_n = c->n;
		c->tally[connection_other(c, from)].unread = true;
	}
	if (tcp_timestamp(p->options, &ts)) {
		c->stale_ts = mine->has_ts && (int32_t)(ts - mine->ts_val) < 0;
		mine->ts_val = c->stale_ts ? mine->ts_val : ts;
		mine->has_ts = true;
	}
	c->strange |= c->stale_ts || p->sum == SUM_BAD;
	return c->strange;
}

/* A FIN that came with the SYN closes nothing (3.10.7.2), but its sender has counted it: it is what
 * remains of the numbers used. */
static bool syn_had_fin(const struct connection *c, int end)
{
	const struct tcb *t = tcb(c, end);
	uint64_t used = (uint32_t)seq_diff(t->snd.nxt, t->iss);
	return t->syn_sent && !t->fin_sent && used == 1 + c->tally[end].bytes + 1;
}

struct arithmetic account_ack(const struct connection *c, int from, const struct segment *s)
{
	struct arithmetic a = {0};
	const struct tcb *t = tcb(c, from), *peer = tcb(c, connection_other(c, from));
	bool acked = t->ack_sent && !(peer->syn_sent && tcb_answers_anew(t, s));
	if (!(s->flags & ACK) || (!t->ack_sent && !t->syn_heard && !peer->syn_sent))
		return a;
	a.from = acked ? t->rcv.acked : peer->syn_sent ? peer->iss : t->irs;
	int32_t step = seq_diff(s->ack, a.from);
	if (step <= 0)
		return a;
	a.moved = true;
	a.syn = peer->syn_sent ? seq_eq(a.from, peer->iss) : !t->ack_sent;
	a.fin = peer->fin_sent && seq_le(a.from, peer->fin) && seq_lt(peer->fin, s->ack);
	a.fin |= c->usurped[connection_other(c, from)] && !peer->fin_sent && t->fin_heard &&
		 seq_eq(s->ack, t->rcv.nxt);
	if (a.syn && seq_eq(s->ack, peer->snd.nxt))
		a.fin |= syn_had_fin(c, connection_other(c, from));
	a.data = (uint32_t)step - a.syn - a.fin;
	return a;
}

/* Behind SND.NXT, but not before what the peer has without a hole: it was lost, or overtaken. */
static bool fills_hole(const struct connection *c, int from, const struct segment *s)
{
	const struct tcb *peer = tcb(c, connection_other(c, from)), *t = tcb(c, from);
	bool of_syn = t->syn_sent && seq_lt(s->seq, seq_plus(t->iss, 1 + c->tally[from].syn_len));
	return s->len && !of_syn && peer->rcv_known && seq_le(peer->rcv.nxt, s->seq);
}

bool account_is_news(const struct connection *c, int from, const struct segment *s, bool ack_moved)
{
	const struct tcb *t = tcb(c, from);
	if (!t->snd_known || ack_moved || s->flags & RST)
		return true;
	if (s->flags & SYN)
		return !t->syn_sent || !seq_eq(t->iss, s->seq) ||
		       (s->flags & ACK && !t->synack_sent);
	if (segment_space(s) == 0)
		return seq_le(t->snd.nxt, s->seq) && !(t->ack_sent && seq_lt(s->ack, t->rcv.acked));
	return seq_lt(t->snd.nxt, segment_end(s)) || fills_hole(c, from, s);
}

uint32_t account_new_octets(const struct connection *c, int from, const struct segment *s)
{
	const struct tcb *t = tcb(c, from);
	if (s->flags & RST || tcb_lacks_ack(t, s))
		return 0; /* an explanation, not a part of the stream; or never taken in */
	struct seq first = s->flags & SYN ? seq_plus(s->seq, 1) : s->seq;
	bool known = t->snd_known && (t->syn_sent || !(s->flags & SYN));
	if (!known || seq_le(t->snd.nxt, first) || fills_hole(c, from, s))
		return s->len;
	int32_t fresh = seq_diff(seq_plus(first, s->len), t->snd.nxt);
	return fresh <= 0 ? 0 : (uint32_t)fresh < s->len ? (uint32_t)fresh : s->len;
}

bool account_acked_fin(const struct connection *c, int from)
{
	const struct tcb *t = tcb(c, from), *peer = tcb(c, connection_other(c, from));
	return peer->fin_sent && t->ack_sent && seq_lt(peer->fin, t->rcv.acked);
}

static enum shape_kind shape_kind(const struct connection *c, const struct event *e)
{
	unsigned flags = e->seg.flags;
	if (flags & RST)
		return c->shape.opened || e->before[e->end] != e->after[e->end] ? SHAPE_RST
										: SHAPE_REFUSAL;
	if (flags & FIN)
		return SHAPE_FIN;
	if (flags & SYN)
		return flags & ACK ? SHAPE_SYN_ACK : SHAPE_SYN;
	if (c->shape.closing)
		return e->ack.fin && e->seg.len == 0 ? SHAPE_ACK : SHAPE_DATA;
	bool opens = !c->shape.opened && c->shape.tokens && flags & ACK;
	return opens ? SHAPE_ACK : SHAPE_DATA;
}

static void mark_opening(struct connection *c, const struct event *e)
{
	struct milestones *m = &c->mark;
	unsigned kind = e->seg.flags & (SYN | ACK);
	if (kind == SYN && !m->syn_at)
		m->syn_at = e->time;
	if (kind == (SYN | ACK) && !m->synack_at)
		m->synack_at = e->time;
	bool up = tcb(c, 0)->state >= ESTABLISHED && tcb(c, 1)->state >= ESTABLISHED;
	if (m->handshake || !m->syn_at || !m->synack_at || !up)
		return;
	m->handshake = true;
	m->reset_by = 2; /* a RST before it ended something older */
	m->handshake_segments = !c->self && tcb(c, 0)->opener && tcb(c, 1)->opener ? 4 : 3;
}

void account_first_fin(struct connection *c, int by)
{
	if (c->mark.first_fin)
		return;
	c->mark.first_fin = true;
	c->mark.fin_by = (uint8_t)by;
}

/* Three or four segments? The second FIN decides: is it the first to acknowledge the other? */
static void mark_second_fin(struct connection *c, int from, const struct event *e, bool acked_fin)
{
	struct milestones *m = &c->mark;
	const struct tcb *peer = tcb(c, connection_other(c, from));
	if (m->fin_by == from || m->close_segments || !peer->fin_sent)
		return;
	bool acks = e->seg.flags & ACK && seq_lt(peer->fin, e->seg.ack);
	m->close_segments = acks && !acked_fin ? 3 : 4;
	m->simultaneous = !acks;
}

void account_event(struct connection *c, int from, const struct event *e, bool acked_fin)
{
	struct milestones *m = &c->mark;
	if (!m->handshake)
		mark_opening(c, e);
	bool moved = e->before[0] != e->after[0] || e->before[1] != e->after[1];
	moved &= e->before[0] != TIME_WAIT &&
		 e->before[1] != TIME_WAIT; /* closed before: RFC 1337 */
	bool refused =
		e->arrival == UNACCEPTABLE && e->before[connection_other(c, from)] == SYN_SENT;
	if (e->seg.flags & RST && moved && !refused) { /* else it has to be ignored: 3.10.7.3 */
		m->reset_by = m->reset_by == 2 || m->reset_by == from ? (uint8_t)from : 3;
		m->reset_n = e->n;
		m->reset_at = e->time;
	} else if (e->seg.flags & FIN && tcb(c, from)->fin_sent) {
		account_first_fin(c, from);
		if (c->self) { /* one FIN, and its ACK, for both directions */
			m->simultaneous = true;
			m->close_segments = 2;
		}
		mark_second_fin(c, from, e, acked_fin);
	}
	bool up = tcb(c, 0)->state >= ESTABLISHED && tcb(c, 1)->state >= ESTABLISHED;
	shape_add(&c->shape, shape_kind(c, e), from != c->client, up);
}
