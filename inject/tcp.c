/* SPDX-License-Identifier: MIT */
#include "inject/tcp.h"

#include <string.h>

static const int64_t longest_rto = 60000000000; /* RFC 6298 2.5 */

enum { ETHERNET_MSS = 1460, OPTION_MSS = 2, DEFAULT_MSS = 536, WINDOW = 65535 };

void tcp_init(struct tcp *t, const struct endpoint *local, struct seq iss)
{
	*t = (struct tcp){
		.local = *local,
		.iss = iss,
		.tcb = {.state = CLOSED, .heard = true},
		.mss = DEFAULT_MSS,
		.wnd = WINDOW,
		.option = {OPTION_MSS, 4, ETHERNET_MSS >> 8, ETHERNET_MSS & 0xff},
		.options = 4,
		.out_seq = seq_plus(iss, 1),
		.rto = TCP_FIRST_RTO,
	};
}

void tcp_connect(struct tcp *t, const struct endpoint *remote)
{
	if (t->tcb.state > LISTEN || t->tcb.syn_sent)
		return;
	t->remote = *remote;
	t->opening = true;
}

void tcp_listen(struct tcp *t)
{
	if (!t->tcb.syn_sent && !t->opening)
		tcb_step(&t->tcb, PASSIVE_OPEN);
}

bool tcp_say(struct tcp *t, struct bytes octets)
{
	bool over = t->tcb.state == CLOSED && t->tcb.syn_sent;
	if (t->closing || t->tcb.fin_sent || over || octets.len > TCP_BUFFER - t->queued)
		return false;
	if (octets.len)
		memcpy(t->out + t->queued, octets.at, octets.len);
	t->queued += (uint32_t)octets.len;
	return true;
}

void tcp_close(struct tcp *t)
{
	t->closing = true;
}

void tcp_forget(struct tcp *t)
{
	t->opening = t->closing = t->aborting = t->owes_ack = t->put_off = false;
	t->queued = 0;
	t->due = 0;
}

/* Only from SYN-RECEIVED to CLOSE-WAIT is there somebody to be told: 3.10.5. */
void tcp_abort(struct tcp *t)
{
	enum tcp_state s = (enum tcp_state)t->tcb.state;
	tcp_forget(t);
	t->aborting = s >= SYN_RECEIVED && s <= CLOSE_WAIT;
	if (!t->aborting)
		t->tcb.state = CLOSED;
}

static uint32_t in_flight(const struct tcp *t)
{
	bool open = t->tcb.state >= SYN_SENT && t->tcb.snd_known;
	return open ? (uint32_t)seq_diff(t->tcb.snd.nxt, t->tcb.snd.una) : 0;
}

bool tcp_is_quiet(const struct tcp *t)
{
	return !in_flight(t) && !t->queued && !t->opening && (!t->closing || t->tcb.fin_sent);
}

int64_t tcp_due(const struct tcp *t)
{
	return t->due ? t->due : INT64_MAX;
}

/* ---- what is to be sent */

static void fill(const struct tcp *t, uint16_t flags, struct seq seq, struct packet *p)
{
	*p = (struct packet){
		.src = t->local,
		.dst = t->remote,
		.seg = {.seq = seq, .flags = flags, .wnd = t->wnd},
	};
	if (flags & ACK)
		p->seg.ack = t->tcb.rcv.nxt;
}

static bool next_syn(const struct tcp *t, struct packet *p)
{
	fill(t, t->tcb.syn_heard ? SYN | ACK : SYN, t->iss, p);
	p->options = (struct bytes){t->option, t->options};
	return true;
}

static bool next_fin(const struct tcp *t, struct packet *p)
{
	fill(t, FIN | ACK, t->tcb.fin_sent ? t->tcb.fin : t->tcb.snd.nxt, p);
	return true;
}

/* Octets from number `from` on, of the first `until` that were said: as many as a segment takes. */
static bool next_data(const struct tcp *t, struct seq from, uint32_t until, struct packet *p)
{
	uint32_t at = (uint32_t)seq_diff(from, t->out_seq), len = until - at;
	if (len > t->mss)
		len = t->mss;
	bool last = at + len == t->queued;
	bool fin = last && t->manner.push_fin && (t->closing || t->tcb.fin_sent);
	fill(t, (uint16_t)(ACK | (last ? PSH : 0) | (fin ? FIN : 0)), from, p);
	p->seg.len = len;
	p->payload = (struct bytes){t->out + at, len};
	return true;
}

/* RFC 9293 3.5.2: with the number that the stray acknowledges, or with none but an ack of all that
 * it took up. */
static bool next_refusal(const struct tcp *t, struct packet *p)
{
	const struct segment *s = &t->stray;
	fill(t, s->flags & ACK ? RST : RST | ACK, s->flags & ACK ? s->ack : (struct seq){0}, p);
	p->dst = t->stray_from;
	if (!(s->flags & ACK))
		p->seg.ack = segment_end(s);
	return true;
}

static bool may_send(const struct tcp *t)
{
	return (t->tcb.state == ESTABLISHED || t->tcb.state == CLOSE_WAIT) && !t->tcb.fin_sent;
}

/* RFC 9293 3.8.6.1: the other end's window is closed, and only a probe will tell when it opens. */
static bool is_stuck(const struct tcp *t)
{
	return may_send(t) && t->queued && !t->tcb.snd.wnd && !in_flight(t);
}

/* The timer has gone off: the oldest number that is not acknowledged, again; or a probe. */
static bool next_again(struct tcp *t, struct packet *p)
{
	struct seq una = t->tcb.snd.una;
	t->due = 0;
	if (t->tries++ == TCP_TRIES) {
		t->silent = true;
		return false;
	}
	t->rto = t->rto < longest_rto / 2 ? t->rto * 2 : longest_rto;
	if (seq_eq(una, t->iss))
		return next_syn(t, p);
	if (t->tcb.fin_sent && seq_eq(una, t->tcb.fin))
		return next_fin(t, p);
	struct seq end = t->tcb.fin_sent ? t->tcb.fin : t->tcb.snd.nxt;
	return next_data(t, una, (uint32_t)seq_diff(end, t->out_seq) + is_stuck(t), p);
}

/* How many of the octets that were said may have been sent: all, unless the window is closed. */
static uint32_t within_window(const struct tcp *t)
{
	struct seq edge = seq_plus(t->tcb.snd.una, t->tcb.snd.wnd);
	int32_t room = seq_diff(edge, t->out_seq);
	return room <= 0 ? 0 : (uint32_t)room < t->queued ? (uint32_t)room : t->queued;
}

static void run_timer(struct tcp *t, int64_t now)
{
	if (t->silent || (!in_flight(t) && !is_stuck(t)))
		t->due = 0;
	else if (!t->due)
		t->due = now + t->rto;
}

/* What is new, or an ACK. */
static bool next_new(const struct tcp *t, struct packet *p)
{
	struct seq nxt = t->tcb.snd.nxt;
	uint32_t until = within_window(t);
	bool data = may_send(t) && seq_lt(nxt, seq_plus(t->out_seq, until));
	bool fin = may_send(t) && t->closing && seq_eq(nxt, seq_plus(t->out_seq, t->queued));
	bool owes = t->owes_ack && state_is_synchronized((enum tcp_state)t->tcb.state);
	if (owes && !(t->manner.merges && (data || fin))) {
		fill(t, ACK, nxt, p);
		return true;
	}
	return data ? next_data(t, nxt, until, p) : fin && next_fin(t, p);
}

bool tcp_next(struct tcp *t, int64_t now, struct packet *p)
{
	run_timer(t, now);
	if (t->refuses)
		return next_refusal(t, p);
	if (t->aborting) {
		fill(t, RST, t->tcb.snd.nxt, p);
		return true;
	}
	if (t->due && now >= t->due)
		return next_again(t, p);
	return t->opening ? next_syn(t, p) : next_new(t, p);
}

/* ---- what has been sent */

void tcp_departed(struct tcp *t, const struct packet *p)
{
	const struct segment *s = &p->seg;
	if (t->refuses) {
		t->refuses = false;
		return; /* it was no segment of this connection */
	}
	tcb_departs(&t->tcb, s);
	if (s->flags & RST)
		tcp_forget(t);
	if (s->flags & SYN)
		t->opening = false;
	if (s->flags & ACK)
		t->owes_ack = false;
	if (s->flags & FIN && t->put_off) {
		t->put_off = false;
		t->owes_ack = true;
		tcb_arrives(&t->tcb, &t->later);
	}
}
