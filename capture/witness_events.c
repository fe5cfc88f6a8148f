/* SPDX-License-Identifier: MIT */
#include "capture/witness_events.h"

#include <inttypes.h>
#include <netinet/in.h>
#include <stdio.h>

#include "capture/witness_kernel.h"

enum { BIT_SOCKET = 1 << FIELD_SOCKET, BIT_REASON = 1 << FIELD_REASON };

/* A segment's address is free again a moment after it was dropped. */
enum { SEGMENT_LIVES_NS = 1000000 };

static const char *const field_names[TRACE_FIELDS] = {
	[FIELD_SOCKET] = "skaddr",   [FIELD_REQUEST] = "req",        [FIELD_RECEIVER] = "rx_sk",
	[FIELD_SEGMENT] = "skbaddr", [FIELD_OLD_STATE] = "oldstate", [FIELD_NEW_STATE] = "newstate",
	[FIELD_STATE] = "state",     [FIELD_PROTOCOL] = "protocol",  [FIELD_REASON] = "reason",
	[FIELD_SPORT] = "sport",     [FIELD_DPORT] = "dport",        [FIELD_SADDR] = "saddr",
	[FIELD_DADDR] = "daddr",     [FIELD_SADDR_V6] = "saddr_v6",  [FIELD_DADDR_V6] = "daddr_v6",
	[FIELD_LENGTH] = "data_len", [FIELD_SND_UNA] = "snd_una",    [FIELD_SND_NXT] = "snd_nxt",
};

enum what {
	OUR_END = 0,    /* "s" is our end */
	THEIR_END = 1,  /* it is about a segment that came: "s" is the other end */
	THEN_DROPS = 2, /* the segment that it names is about to be dropped */
	NO_WITNESS = 4, /* nothing of its own to say */
	SYN_ACK = 8,    /* it speaks of a request, which has no state but one */
};

static const struct {
	const char *path;
	uint8_t kind, what;
	uint32_t needs; /* fields */
} kinds[TRACE_EVENTS] = {
	[EVENT_STATE] = {"sock/inet_sock_set_state", SAID_STATE, OUR_END,
			 BIT_SOCKET | 1 << FIELD_OLD_STATE | 1 << FIELD_NEW_STATE},
	[EVENT_RESET_SENT] = {"tcp/tcp_send_reset", SAID_RESET_SENT, THEN_DROPS, BIT_SOCKET},
	[EVENT_RESET_HEARD] = {"tcp/tcp_receive_reset", SAID_RESET_HEARD, OUR_END, BIT_SOCKET},
	[EVENT_AGAIN] = {"tcp/tcp_retransmit_skb", SAID_AGAIN, OUR_END, BIT_SOCKET},
	[EVENT_AGAIN_SYN_ACK] = {"tcp/tcp_retransmit_synack", SAID_AGAIN, SYN_ACK,
				 1 << FIELD_REQUEST},
	[EVENT_BAD_SUM] = {"tcp/tcp_bad_csum", SAID_DROPPED, THEIR_END | THEN_DROPS | NO_WITNESS,
			   1 << FIELD_SEGMENT},
	[EVENT_DROPPED] = {"skb/kfree_skb", SAID_DROPPED, OUR_END, BIT_REASON},
	[EVENT_ARRIVAL] = {"tcp/tcp_probe", SAID_ARRIVAL, OUR_END,
			   1 << FIELD_LENGTH | 1 << FIELD_SND_UNA | 1 << FIELD_SND_NXT},
};

const char *events_path(enum trace_event which)
{
	return kinds[which].path;
}

/* Ends are told as two sockaddrs or as addresses and ports; v6 fields hold IPv4 addresses, too. */
static bool has_ends(const struct trace_format *f)
{
	return f->field[FIELD_SADDR].size >= sizeof(struct sockaddr_in6) ||
	       (f->field[FIELD_SADDR_V6].size == 16 && f->field[FIELD_DADDR_V6].size == 16 &&
		f->field[FIELD_SPORT].size == 2 && f->field[FIELD_DPORT].size == 2);
}

bool events_learn(struct trace_events *e, enum trace_event which, const char *text)
{
	struct trace_format f = {.id = format_id(text)};
	uint32_t has = 0;
	for (unsigned i = 0; i < TRACE_FIELDS; i++)
		has |= (uint32_t)format_field(text, field_names[i], &f.field[i]) << i;
	size_t reasons = format_names(text, field_names[FIELD_REASON], &f.reasons);
	if ((has & kinds[which].needs) != kinds[which].needs)
		f.id = 0;
	if (which == EVENT_DROPPED ? reasons == 0 : !has_ends(&f))
		f.id = 0;
	e->format[which] = f;
	return f.id != 0;
}

/* Of all that is freed on a busy host only these can be of TCP. NOT_SPECIFIED is no refusal: the
 * kernel (6.18) says it of a good ACK in CLOSE-WAIT, and of all that TIME-WAIT has dealt with. */
static bool is_of_tcp(const char *reason)
{
	static const char *const others[] = {"NO_SOCKET", "SOCKET_FILTER", "SOCKET_BACKLOG",
					     "PROTO_MEM"};
	if (strncmp(reason, "TCP_", 4) == 0)
		return true;
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (strcmp(reason, others[i]) == 0)
			return true;
	return false;
}

static void filter_reasons(const struct trace_format *f, char filter[static FILTER_TEXT])
{
	size_t at = 0;
	for (unsigned i = 0; i < MOST_REASONS && at < FILTER_TEXT - 32; i++)
		if (is_of_tcp(f->reasons.name[i]))
			at += (size_t)snprintf(filter + at, FILTER_TEXT - at, "%sreason == %u",
					       at ? " || " : "", i);
}

const char *events_filter(const struct trace_events *e, enum trace_event which,
			  char filter[static FILTER_TEXT])
{
	filter[0] = '\0';
	if (which == EVENT_STATE && e->format[which].field[FIELD_PROTOCOL].size)
		snprintf(filter, FILTER_TEXT, "protocol == %d", IPPROTO_TCP);
	if (which == EVENT_DROPPED)
		filter_reasons(&e->format[which], filter);
	return filter;
}

static void read_ends(const struct trace_format *f, struct bytes record, struct testimony *t)
{
	const struct format_field *field = f->field;
	if (field[FIELD_SADDR].size >= sizeof(struct sockaddr_in6)) {
		t->local = kernel_sockaddr(format_octets(record, &field[FIELD_SADDR]));
		t->remote = kernel_sockaddr(format_octets(record, &field[FIELD_DADDR]));
		return;
	}
	t->local = kernel_endpoint(format_octets(record, &field[FIELD_SADDR_V6]),
				   (uint16_t)format_number(record, &field[FIELD_SPORT]));
	t->remote = kernel_endpoint(format_octets(record, &field[FIELD_DADDR_V6]),
				    (uint16_t)format_number(record, &field[FIELD_DPORT]));
}

static void swap_ends(struct testimony *t)
{
	struct endpoint local = t->local;
	t->local = t->remote;
	t->remote = local;
}

static uint64_t first_of(const struct trace_format *f, struct bytes record)
{
	static const enum trace_field names[] = {FIELD_REQUEST, FIELD_SOCKET, FIELD_RECEIVER};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (f->field[names[i]].size)
			return format_number(record, &f->field[names[i]]);
	return 0;
}

static void read_words(const struct trace_format *f, struct bytes record, struct testimony *t)
{
	const struct format_field *field = f->field;
	uint64_t reason = format_number(record, &field[FIELD_REASON]);
	t->socket = first_of(f, record);
	t->una.n = (uint32_t)format_number(record, &field[FIELD_SND_UNA]);
	t->nxt.n = (uint32_t)format_number(record, &field[FIELD_SND_NXT]);
	t->len = (uint16_t)format_number(record, &field[FIELD_LENGTH]);
	t->from = (uint8_t)kernel_state(format_number(record, &field[FIELD_OLD_STATE]));
	t->to = (uint8_t)kernel_state(format_number(
		record, &field[field[FIELD_STATE].size ? FIELD_STATE : FIELD_NEW_STATE]));
	if (field[FIELD_REASON].size && reason < MOST_REASONS)
		memcpy(t->reason, f->reasons.name[reason], REASON_TEXT);
	else if (field[FIELD_REASON].size)
		snprintf(t->reason, sizeof t->reason, "%" PRIu64, reason);
}

/* A dropped segment names its socket, or nobody: then what was said just before of the same segment
 * (that it is answered with RST, that its checksum is wrong) says whose it is. Its address is soon
 * another's. */
static bool recall_ends(struct witness_memory *m, uint64_t segment, struct testimony *t)
{
	bool known = memory_recall(m, segment, t->time - SEGMENT_LIVES_NS, t) ||
		     memory_recall(m, t->socket, INT64_MIN, t);
	memory_forget(m, segment);
	return known || strncmp(t->reason, "TCP_", 4) == 0;
}

/* A socket that is being connected has no port yet, in the event that says so. */
static void keep_ends(struct witness_memory *m, uint64_t segment, const struct testimony *t)
{
	if (segment)
		memory_keep(m, segment, t);
	if (t->local.port && t->kind != SAID_DROPPED)
		memory_keep(m, t->socket, t);
}

static enum trace_event which_is(const struct trace_events *e, struct bytes record)
{
	static const struct format_field common_type = {0, sizeof(uint16_t), false};
	uint64_t id = format_number(record, &common_type);
	unsigned i = 0;
	while (i < TRACE_EVENTS && (id == 0 || e->format[i].id != id))
		i++;
	return (enum trace_event)i;
}

bool events_decode(struct trace_events *e, struct bytes record, int64_t time, struct testimony *t)
{
	enum trace_event which = which_is(e, record);
	*t = (struct testimony){.time = time};
	if (which == TRACE_EVENTS)
		return false;
	const struct trace_format *f = &e->format[which];
	uint64_t segment = format_number(record, &f->field[FIELD_SEGMENT]);
	t->kind = kinds[which].kind;
	read_words(f, record, t);
	if (which == EVENT_DROPPED)
		return recall_ends(&e->memory, segment, t);
	read_ends(f, record, t);
	unsigned what = kinds[which].what;
	if (what & SYN_ACK)
		t->to = SYN_RECEIVED;
	if (what & THEIR_END)
		swap_ends(t);
	keep_ends(&e->memory, what & THEN_DROPS ? segment : 0, t);
	return !(what & NO_WITNESS);
}
