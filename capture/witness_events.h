/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_WITNESS_EVENTS_H
#define SYNFIN_WITNESS_EVENTS_H

#include "capture/witness_format.h"
#include "capture/witness_memory.h"

/* The tracepoints that we listen to, and what their records say. */
enum trace_event {
	EVENT_STATE,
	EVENT_RESET_SENT,
	EVENT_RESET_HEARD,
	EVENT_AGAIN,
	EVENT_AGAIN_SYN_ACK,
	EVENT_BAD_SUM, /* no testimony of its own: it says whose segment is about to be dropped */
	EVENT_DROPPED,
	EVENT_ARRIVAL, /* the last one: of every segment, in rings of its own */
	TRACE_EVENTS,
};

enum trace_field {
	FIELD_SOCKET,
	FIELD_REQUEST,
	FIELD_RECEIVER,
	FIELD_SEGMENT,
	FIELD_OLD_STATE,
	FIELD_NEW_STATE,
	FIELD_STATE,
	FIELD_PROTOCOL,
	FIELD_REASON,
	FIELD_SPORT,
	FIELD_DPORT,
	FIELD_SADDR,
	FIELD_DADDR,
	FIELD_SADDR_V6,
	FIELD_DADDR_V6,
	FIELD_LENGTH,
	FIELD_SND_UNA,
	FIELD_SND_NXT,
	TRACE_FIELDS,
};

/* Where this kernel's records have what we read; id 0: it has no such tracepoint, or not all of
 * the fields without which it tells us nothing. */
struct trace_format {
	uint16_t id;
	struct format_field field[TRACE_FIELDS];
	struct format_names reasons;
};

struct trace_events {
	struct trace_format format[TRACE_EVENTS];
	struct witness_memory memory;
};

enum { FILTER_TEXT = 2048 };

/* "sock/inet_sock_set_state", below events/ of tracefs. */
const char *events_path(enum trace_event which);

/* Take in its `format` file; false when it is of no use. */
bool events_learn(struct trace_events *e, enum trace_event which, const char *text);

/* The filter with which the kernel should keep from us what is not TCP's; returns `filter`, ""
 * when nothing can be said. */
const char *events_filter(const struct trace_events *e, enum trace_event which,
			  char filter[static FILTER_TEXT]);

/* What a record says that was made at that time; false when that is nothing for others. Records
 * must come in order of time. */
bool events_decode(struct trace_events *e, struct bytes record, int64_t time, struct testimony *t);

#endif
