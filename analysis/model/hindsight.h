/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_HINDSIGHT_H
#define SYNFIN_HINDSIGHT_H

#include "analysis/model/connection.h"

/* What segment s, about to leave end `from`, says of segments that were not captured. */

/* The connection began with end 0's SYN,ACK. When end 1 accepts it, its SYN was captured late, or
 * not at all: put both where the handshake has them. */
void hindsight_synack(struct connection *c, int from, const struct segment *s);

/* It acknowledges a FIN that was not captured: that FIN is sent now. */
bool hindsight_fin(struct connection *c, int from, const struct segment *s);

/* The FIN that was inferred comes, so soon after the ACK of it that the capture has changed their
 * order: it is what it is, and no repetition. */
bool hindsight_late_fin(struct connection *c, int from, const struct segment *s);

/* The end whose FIN was inferred goes on sending: it was an octet that the capture missed, and the
 * FIN is taken back. */
bool hindsight_no_fin(struct connection *c, int from, const struct segment *s);

/* End `from` goes on from where the other one had acknowledged more: what that says is denied. An
 * ack of the other's FIN says that it was taken, whatever had seemed to become of it. */
void hindsight_acks(struct connection *c, int from, const struct segment *s);

#endif
