/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_WITNESS_KERNEL_H
#define SYNFIN_WITNESS_KERNEL_H

#include "analysis/decode/reader.h"
#include "analysis/model/testimony.h"

/* The kernel's words in ours. */

/* A number of its enum for states of sockets; UNKNOWN for what is none. */
enum tcp_state kernel_state(uint64_t number);

/* An end by four or sixteen octets of address, and the port in host order; ::ffff:127.0.0.1 is
 * 127.0.0.1. Family 0 when neither address nor port says anything, or for another size. */
struct endpoint kernel_endpoint(struct bytes address, uint16_t port);

/* The same from a sockaddr_in or sockaddr_in6; family 0 for another. */
struct endpoint kernel_sockaddr(struct bytes sockaddr);

#endif
