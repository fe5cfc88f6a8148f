/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_ACCOUNT_H
#define SYNFIN_ACCOUNT_H

#include "analysis/model/connection.h"

/* What is worked out and counted beside the states. The first ones look at a segment that `from`
 * is about to send, account_event at one that has been observed. */

/* Count what the packet has beside its numbers; true when it is worth a closer look. */
bool account_packet(struct connection *c, int from, const struct packet *p);

/* The window in octets. A SYN's own window is never scaled (RFC 7323 2.2). */
struct segment account_scaled(struct connection *c, int from, const struct packet *p);

/* from + SYN + data + FIN, for the segment's acknowledgement. */
struct arithmetic account_ack(const struct connection *c, int from, const struct segment *s);

/* False for a retransmission or a probe: neither octets, flags nor acknowledgement are new. */
bool account_is_news(const struct connection *c, int from, const struct segment *s, bool ack_moved);

/* Octets of the payload that were never captured before. */
uint32_t account_new_octets(const struct connection *c, int from, const struct segment *s);

/* It had acknowledged the peer's FIN before this segment. */
bool account_acked_fin(const struct connection *c, int from);

/* Note the milestones that the segment passed and add it to the shape. `acked_fin`: before it,
 * its sender had acknowledged the peer's FIN. */
void account_event(struct connection *c, int from, const struct event *e, bool acked_fin);

/* End `by` is the first to close. */
void account_first_fin(struct connection *c, int by);

#endif
