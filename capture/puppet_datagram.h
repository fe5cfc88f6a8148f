/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_PUPPET_DATAGRAM_H
#define SYNFIN_PUPPET_DATAGRAM_H

#include "capture/puppet.h"

/* Puppets that are no TCP sockets; what stands in puppet.h moves them too, as far as they can. */

/* A UDP socket that is bound to *at; port 0 picks a free one. */
int puppet_open_udp(struct puppet *p, const struct endpoint *at);

/* Two sockets of AF_UNIX that are connected to each other and have no names: of a stream, or of
 * datagrams. */
int puppet_open_pair(struct puppet pair[static 2], bool stream);

/* send() with MSG_MORE: the octets wait for what is said next. */
ssize_t puppet_say_more(struct puppet p, struct bytes octets);

ssize_t puppet_send_to(struct puppet p, const struct endpoint *to, struct bytes octets);

/* *from is who has sent it; its port is 0 when it has none. */
ssize_t puppet_hear_from(struct puppet p, void *room, size_t size, struct endpoint *from);

#endif
