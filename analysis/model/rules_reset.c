/* SPDX-License-Identifier: MIT */
/* Who reset, and in which situation. */
#include <ctype.h>

#include "analysis/decode/options.h"
#include "analysis/model/rules.h"

static const int64_t long_silence = 60000000000;

/* A RST that an end sends of its own accord: it had the connection, and sent no FIN. */
static bool is_abort(const struct exam *x)
{
	uint8_t state = x->e->before[x->from];
	bool up = x->c->mark.handshake || note(x, x->from)->last.flags & ACK;
	return up && (state == ESTABLISHED || state == CLOSE_WAIT) && x->e->arrival == ARRIVED &&
	       seq_eq(x->e->seg.seq, now_of(x, x->from)->snd.nxt) && !note(x, x->from)->probes;
}

static void abortive(struct exam *x)
{
	if (!is_abort(x))
		return;
	struct diagnosis *abort = tell(x, ABORTIVE_CLOSE, x->from);
	if (rst_may_answer(x))
		abort->confidence = LIKELY;
	cite(abort, x->e->n);
	note(x, x->from)->abort_n = x->e->n;
	if (!x->c->tally[x->from].unread || rst_may_answer(x))
		return;
	struct diagnosis *d = tell(x, RST_UNREAD_DATA, x->from);
	if (!x->e->ack.data)
		d->confidence = LIKELY;
	cite(d, x->c->tally[x->to].data_n);
	cite(d, x->e->n);
}

static void after_close(struct exam *x)
{
	const struct end_notes *mine = note(x, x->from), *other = note(x, x->to);
	bool late = other->last.len && other->last_n > mine->fin_n &&
		    seq_lt(now_of(x, x->from)->rcv.acked, segment_end(&other->last));
	if (!mine->fin_n || !late)
		return;
	struct diagnosis *d = tell(x, RST_AFTER_CLOSE, x->from);
	cite(d, mine->fin_n);
	cite(d, other->last_n);
	cite(d, x->e->n);
}

/* RFC 9293 3.5.2: the RST takes its number from what it answers. */
static void no_connection(struct exam *x)
{
	const struct segment *s = &x->e->seg, *asked = &note(x, x->to)->last;
	bool bare_syn = (asked->flags & (SYN | ACK | FIN)) == SYN;
	bool ours = !(s->flags & ACK) ? asked->flags & ACK && seq_eq(s->seq, asked->ack)
				      : !s->seq.n && !(asked->flags & ACK) &&
						seq_eq(s->ack, segment_end(asked));
	if (!note(x, x->to)->last_n || bare_syn || !ours)
		return;
	bool had_none = x->e->before[x->from] < SYN_SENT || !note(x, x->from)->last_n;
	bool may_have_none = rst_may_answer(x) && x->e->before[x->from] >= ESTABLISHED;
	if (!had_none && !may_have_none)
		return;
	struct diagnosis *d = tell(x, RST_NO_CONNECTION, x->from);
	if (!had_none)
		d->confidence = LIKELY;
	cite(d, note(x, x->to)->last_n);
	cite(d, x->e->n);
}

static void idle(struct exam *x)
{
	const struct end_notes *mine = note(x, x->from), *other = note(x, x->to);
	bool both =
		other->rst_n && x->now - other->rst_at < second && other->rst_idle > long_silence;
	bool foreign = x->c->idle > long_silence && mine->ttl && mine->ttl != x->p->ttl;
	if ((!both && !foreign) || mine->probes || x->c->n == 1)
		return;
	struct diagnosis *d = tell(x, RST_IDLE, NOBODY);
	d->duration = both ? other->rst_idle : x->c->idle;
	if (!d->count)
		snprintf(d->detail, sizeof d->detail,
			 both ? ", to both ends" : ", with another TTL");
	cite(d, both ? other->rst_n : 0);
	cite(d, x->e->n);
}

/* draft-ietf-tcpm-rst-diagnostic-payload: 0x33AA, a reason, a private enterprise number. */
static const char *reason_text(unsigned code)
{
	static const char *const text[] = {
		[1] = "illegal option length",
		[2] = "desynchronized state",
		[3] = "new data after CLOSE",
		[4] = "ABORT was called",
		[5] = "unexpected ACK without a connection",
		[6] = "unexpected SYN in the window",
		[7] = "unexpected security compartment",
		[8] = "malformed message",
		[9] = "not authorized",
		[10] = "resource exceeded",
		[11] = "network failure",
		[12] = "reset received from the peer",
		[13] = "destination unreachable",
		[14] = "connection timeout",
		[15] = "too much outstanding data",
		[16] = "unacceptable performance",
		[17] = "middlebox interference",
	};
	bool known = code < sizeof text / sizeof *text && text[code];
	return known ? text[code] : "not registered";
}

enum { MAGIC = 0x33aa, DIAGNOSTIC_LEN = 8 };

static void diagnostic(struct exam *x)
{
	struct reader r = reader_of(x->p->payload.at, x->p->payload.len);
	unsigned magic = read_be16(&r), code = read_be16(&r), vendor = read_be32(&r);
	if (x->e->seg.len != DIAGNOSTIC_LEN || r.overrun || magic != MAGIC)
		return;
	struct diagnosis *d = tell(x, RST_DIAGNOSTIC, x->from);
	d->number = code;
	if (vendor)
		snprintf(d->detail, sizeof d->detail, "of vendor %u", vendor);
	else
		detail(d, reason_text(code), "");
	cite(d, x->e->n);
}

static void with_data(struct exam *x)
{
	const struct bytes *b = &x->p->payload;
	if (!x->e->seg.len || told(x, RST_DIAGNOSTIC, x->from))
		return;
	struct diagnosis *d = tell(x, RST_WITH_DATA, x->from);
	size_t room = sizeof d->detail - 1, len = b->len < room ? b->len : room;
	for (size_t i = 0; i < len; i++)
		d->detail[i] = isascii(b->at[i]) && isprint(b->at[i]) ? (char)b->at[i] : '.';
	cite(d, x->e->n);
}

static void burst(struct exam *x)
{
	const struct end_notes *mine = note(x, x->from), *other = note(x, x->to);
	bool several = mine->rst_n && x->now - mine->rst_at < at_once &&
		       !seq_eq(mine->rst_seq, x->e->seg.seq) && other->last_n < mine->rst_n &&
		       seq_lt(now_of(x, x->to)->rcv.acked, x->e->seg.seq);
	if (!several)
		return;
	struct diagnosis *d = tell(x, RST_BURST, x->from);
	cite(d, mine->rst_n);
	cite(d, x->e->n);
}

static void mptcp(struct exam *x)
{
	static const char *const reason[] = {
		"unspecified",
		"MPTCP error",
		"lack of resources",
		"administratively prohibited",
		"too much outstanding data",
		"unacceptable performance",
		"middlebox interference",
	};
	enum { REASONS = sizeof reason / sizeof *reason, MP_TCPRST = 8 };
	struct tcp_options o = tcp_options_parse(x->p->options);
	if (!o.has_mptcp || o.mptcp_subtype != MP_TCPRST)
		return;
	struct diagnosis *d = tell(x, MPTCP_RST, x->from);
	d->number = o.mptcp_reason;
	detail(d, o.mptcp_reason < REASONS ? reason[o.mptcp_reason] : "an unknown reason", "");
	cite(d, x->e->n);
}

const struct rule rules_reset[] = {
	{RSTS, abortive}, {RSTS, after_close}, {RSTS, no_connection},
	{RSTS, idle},     {RSTS, diagnostic},  {RSTS, with_data},
	{RSTS, burst},    {RSTS, mptcp},       {0},
};
