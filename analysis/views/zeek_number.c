/* SPDX-License-Identifier: MIT */
#include "analysis/views/zeek_step.h"

static uint64_t low(uint64_t unrolled)
{
	return unrolled & UINT32_MAX;
}

/* The same number of wraps with another number. */
static void start_at(uint64_t *unrolled, struct seq n)
{
	*unrolled = *unrolled - low(*unrolled) + n.n;
}

void zeek_move_on(uint64_t *unrolled, struct seq n)
{
	*unrolled += n.n < low(*unrolled) ? (uint64_t)1 << 32 : 0;
	start_at(unrolled, n);
}

int32_t zeek_ahead(struct seq n, uint64_t unrolled)
{
	return seq_diff(n, (struct seq){(uint32_t)unrolled});
}

/* How far n lies behind e's ISN, if it is near `last`. Below it: *under, and beyond any window. */
uint64_t zeek_relative(const struct zeek_end *e, struct seq n, uint64_t last, bool *under)
{
	uint64_t wraps = last >> 32;
	if (zeek_ahead(n, last) < 0 && wraps && n.n > low(last))
		wraps--;
	else if (zeek_ahead(n, last) > 0 && n.n < low(last))
		wraps++;
	if (wraps)
		return (wraps << 32) + n.n - e->start;
	int32_t far = zeek_ahead(n, e->start);
	*under = far < 0;
	return (uint64_t)(int64_t)far;
}

bool zeek_unheard(const struct zeek_end *e)
{
	return e->acked == e->start || e->acked == e->start + 1;
}

uint64_t zeek_size(const struct zeek_conn *c, const struct zeek_end *e)
{
	const struct zeek_end *peer = &c->end[e == &c->end[0]];
	if (e->before == ZEEK_SYN_SENT && e->state == ZEEK_RESET && peer->state == ZEEK_INACTIVE &&
	    !zeek_unheard(e))
		return 0;
	uint64_t size = (e->last > e->acked ? e->last : e->acked) - e->start;
	size -= size != 0;
	return size - (e->fin && size);
}

void zeek_start(struct zeek_end *e, struct seq isn, struct seq last)
{
	e->start = isn.n;
	start_at(&e->acked, isn);
	start_at(&e->last, last);
}

/* A SYN sets them anew, but for an end that has closed, or reset what was open. */
static bool restarts(const struct zeek_end *e, struct seq isn)
{
	switch (e->state) {
	case ZEEK_SYN_SENT:
	case ZEEK_SYN_ACK_SENT:
		return isn.n != low(e->start);
	case ZEEK_CLOSED:
		return false;
	case ZEEK_RESET:
		return e->before == ZEEK_INACTIVE;
	default:
		return true;
	}
}

/* Without a SYN, they begin as if there had been one. */
void zeek_open(struct zeek_end *e, const struct segment *seg, struct seq end)
{
	if (seg->flags & SYN) {
		if (restarts(e, seg->seq))
			zeek_start(e, seg->seq, end);
	} else if (e->state == ZEEK_INACTIVE) {
		zeek_start(e, (struct seq){seg->seq.n - 1}, seg->seq);
	}
}
