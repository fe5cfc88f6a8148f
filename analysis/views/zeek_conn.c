/* SPDX-License-Identifier: MIT */
#include "analysis/views/zeek_conn.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/views/zeek_ports.h"
#include "analysis/views/zeek_step.h"

enum {
	FIRST_PATIENCE = 60, /* seconds: until the handshake is over */
	FIRST_LOOK = 5,      /* tcp_SYN_timeout */
	JUMP = 1 << 20,      /* a SYN or RST that far away says nothing of the data */
};

/* What it acknowledges, relative to the peer's ISN; 0 where that says nothing. */
static uint64_t hear(struct zeek_step *s)
{
	struct seq ack = s->p->seg.ack;
	bool under = false;
	if (s->to->state == ZEEK_INACTIVE) {
		zeek_start(s->to, (struct seq){ack.n - 1}, (struct seq){ack.n - 1});
		return 1;
	}
	uint64_t rel = zeek_relative(s->to, ack, s->to->acked, &under);
	int32_t far = zeek_ahead(ack, s->to->acked);
	if (under)
		return 0;
	if (far > 0 && !(s->p->seg.flags & RST) && !(ack.n == 0 && far > JUMP))
		zeek_move_on(&s->to->acked, ack);
	return rel;
}

static void advance(struct zeek_step *s, struct seq end)
{
	struct zeek_end *e = s->from;
	unsigned flags = s->p->seg.flags;
	int32_t far = zeek_ahead(end, e->last);
	if (flags & (SYN | RST) && (far > JUMP || far < -JUMP))
		return;
	bool first_fin = flags & FIN && (uint32_t)e->last == (uint32_t)(e->start + 1);
	if (first_fin || (e->state != ZEEK_RESET && far > 0))
		zeek_move_on(&e->last, end);
	else if (e->state != ZEEK_RESET && s->p->seg.len)
		zeek_tally(s->c, e, TALLY_AGAIN);
}

/* Open, or closed in order: only then a gap is a loss of the capture. */
static bool clean(const struct zeek_end *e)
{
	return e->state == ZEEK_ESTABLISHED ||
	       (e->state == ZEEK_CLOSED && e->before == ZEEK_ESTABLISHED);
}

static void take_ack(struct zeek_conn *c, struct zeek_end *e, uint64_t number)
{
	if (e->fin && number >= e->fin_end)
		number = e->fin_end - 1;
	if (number <= e->stream.trim)
		return;
	struct zeek_gap gap = zeek_stream_ack(&e->stream, number, c->partial);
	if (clean(&c->end[0]) && clean(&c->end[1])) {
		for (uint32_t i = 0; i < gap.count; i++)
			zeek_tally(c, e, TALLY_GAP);
		c->missed += gap.octets;
	}
	zeek_check_end(c, e);
}

static void take_data(struct zeek_step *s)
{
	const struct segment *seg = &s->p->seg;
	if (!seg->len || seg->flags & RST || s->under || s->p->snapped)
		return;
	zeek_stream_data(&s->from->stream, s->rel + ((seg->flags & SYN) != 0), seg->len,
			 zeek_size(s->c, s->from), zeek_unheard(s->from));
}

/* A connection whose SYN was not seen: up to the first packet of each role. */
static void judge_partial(struct zeek_step *s)
{
	unsigned flags = s->p->seg.flags & (SYN | ACK);
	if (s->orig && !(s->c->met & 1))
		s->c->partial = flags != SYN;
	else if (!s->orig && !(s->c->met & 2) && !s->c->partial)
		s->c->partial = !(flags & SYN);
}

static void begin_step(struct zeek_step *s, struct seq end)
{
	struct zeek_conn *c = s->c;
	const struct segment *seg = &s->p->seg;
	judge_partial(s);
	zeek_open(s->from, seg, end);
	s->rel = zeek_relative(s->from, seg->seq, s->from->last, &s->under);
	zeek_letters(s);
	if (!seg->wnd && !(seg->flags & RST) && s->to->state != ZEEK_CLOSED &&
	    s->from->state != ZEEK_RESET)
		zeek_tally(c, s->from, TALLY_WINDOW);
	if (!s->from->closed || !s->to->closed)
		c->last = s->time;
	if (seg->flags & FIN) {
		s->from->fin = true;
		s->from->fin_end = s->rel + segment_space(seg) - (seg->flags & RST ? seg->len : 0);
	}
}

static void follow(struct zeek_step *s)
{
	const struct segment *seg = &s->p->seg;
	uint32_t data = seg->flags & RST ? seg->len : 0; /* Zeek: not in the stream */
	struct seq end = {segment_end(seg).n - data};
	uint64_t heard = 0;
	begin_step(s, end);
	if (seg->flags & ACK)
		heard = hear(s);
	advance(s, end);
	zeek_step_state(s);
	if (seg->flags & ACK)
		take_ack(s->c, s->to, heard);
	s->c->met |= s->orig ? 1 : 2;
	take_data(s);
	zeek_check_end(s->c, s->from);
	if (s->close)
		zeek_close(s->c, s->from);
}

struct zeek_conn *zeek_conn_new(const struct packet *p, int64_t now)
{
	struct zeek_conn *c = calloc(1, sizeof *c);
	if (!c)
		return NULL;
	bool low = endpoint_cmp(&p->src, &p->dst) <= 0;
	c->pair = (struct zeek_pair){{low ? p->src : p->dst, low ? p->dst : p->src}};
	c->orig = !low;
	c->frame = p->frame;
	c->first = c->last = p->time / 1000;
	c->patience = (int64_t)FIRST_PATIENCE * ZEEK_SECOND;
	for (int i = 0; i < ZEEK_TIMERS; i++)
		c->timer[i] = INT64_MAX;
	c->timer[EXPIRE] = now + (int64_t)FIRST_LOOK * ZEEK_SECOND;
	c->timer[SILENCE] = c->last + c->patience;
	c->active = true;
	c->end[0].stream.next = c->end[0].stream.trim = 1;
	c->end[1].stream.next = c->end[1].stream.trim = 1;
	if (zeek_from_server(p))
		zeek_turn(c);
	return c;
}

void zeek_conn_free(struct zeek_conn *c)
{
	zeek_stream_free(&c->end[0].stream);
	zeek_stream_free(&c->end[1].stream);
	free(c->history);
	free(c);
}

/* A SYN, or a SYN-ACK where the originator has not shown yet, but of other numbers; after a close,
 * any. */
bool zeek_conn_reused(const struct zeek_conn *c, const struct packet *p)
{
	const struct zeek_end *orig = &c->end[c->orig], *resp = &c->end[!c->orig];
	unsigned flags = p->seg.flags & (SYN | ACK);
	bool ack = flags & ACK;
	if (!(flags & SYN) || (ack && orig->state != ZEEK_INACTIVE))
		return false;
	if (orig->closed || resp->closed)
		return true;
	if (p->seg.seq.n == (uint32_t)(ack ? resp : orig)->start)
		return false;
	return ack || orig->state != ZEEK_SYN_ACK_SENT || resp->state != ZEEK_INACTIVE ||
	       p->seg.seq.n != (uint32_t)resp->start;
}

void zeek_conn_packet(struct zeek_conn *c, const struct packet *p, bool verify)
{
	int from = !endpoint_eq(&p->src, &c->pair.end[0]);
	struct zeek_step s = {.c = c,
			      .from = &c->end[from],
			      .to = &c->end[!from],
			      .p = p,
			      .time = p->time / 1000,
			      .orig = from == c->orig};
	if (p->cut)
		return;
	if (verify && p->sum == SUM_BAD) {
		zeek_tally(c, s.from, TALLY_CHECKSUM);
		return;
	}
	follow(&s);
	s.from->packets++;
	s.from->octets += p->ip_len;
}
