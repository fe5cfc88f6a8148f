/* SPDX-License-Identifier: MIT */
#include "capture/witness_kernel.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

/* include/net/tcp_states.h; libc's header ends before these. */
enum { KERNEL_NEW_SYN_RECV = 12, KERNEL_BOUND_INACTIVE = 13 };

enum tcp_state kernel_state(uint64_t number)
{
	static const uint8_t states[] = {
		[TCP_ESTABLISHED] = ESTABLISHED,
		[TCP_SYN_SENT] = SYN_SENT,
		[TCP_SYN_RECV] = SYN_RECEIVED,
		[TCP_FIN_WAIT1] = FIN_WAIT_1,
		[TCP_FIN_WAIT2] = FIN_WAIT_2,
		[TCP_TIME_WAIT] = TIME_WAIT,
		[TCP_CLOSE] = CLOSED,
		[TCP_CLOSE_WAIT] = CLOSE_WAIT,
		[TCP_LAST_ACK] = LAST_ACK,
		[TCP_LISTEN] = LISTEN,
		[TCP_CLOSING] = CLOSING,
		[KERNEL_NEW_SYN_RECV] = SYN_RECEIVED,
		[KERNEL_BOUND_INACTIVE] = CLOSED,
	};
	return number < sizeof states ? (enum tcp_state)states[number] : UNKNOWN;
}

static bool is_nothing(const struct endpoint *e)
{
	static const uint8_t zero[16];
	return e->port == 0 && memcmp(e->address.octet, zero, sizeof zero) == 0;
}

struct endpoint kernel_endpoint(struct bytes address, uint16_t port)
{
	static const uint8_t mapped[12] = {[10] = 0xff, [11] = 0xff};
	struct endpoint e = {.port = port};
	if (address.len != 4 && address.len != 16)
		return (struct endpoint){0};
	bool four = address.len == 4 || memcmp(address.at, mapped, sizeof mapped) == 0;
	e.address.family = four ? 4 : 6;
	size_t len = four ? 4 : 16;
	memcpy(e.address.octet, address.at + address.len - len, len);
	if (is_nothing(&e))
		e.address.family = 0;
	return e;
}

/* The family is in this machine's order, the port in the network's. */
struct endpoint kernel_sockaddr(struct bytes sockaddr)
{
	struct reader r = reader_of(sockaddr.at, sockaddr.len);
	const uint8_t *at = read_skip(&r, sizeof(sa_family_t));
	sa_family_t family = AF_UNSPEC;
	if (at)
		memcpy(&family, at, sizeof family);
	uint16_t port = read_be16(&r);
	if (family == AF_INET6)
		read_skip(&r, offsetof(struct sockaddr_in6, sin6_addr) -
				      offsetof(struct sockaddr_in6, sin6_flowinfo));
	struct bytes address = {0};
	if (family == AF_INET || family == AF_INET6)
		address = read_bytes(&r, family == AF_INET ? 4 : 16);
	return kernel_endpoint(address, port);
}
