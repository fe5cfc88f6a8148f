/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_PUPPET_H
#define SYNFIN_PUPPET_H

#include <sys/types.h>

#include "analysis/decode/endpoint.h"
#include "analysis/decode/reader.h"
#include "analysis/environment.h"
#include "analysis/model/state.h"

enum { PUPPET_TEXT = 128 };

/* One ordinary socket, of TCP unless it is said otherwise, moved call by call. No call waits: each
 * returns at once what the system call gave, or -errno: -EAGAIN is "nothing now", -EINPROGRESS a
 * connection on its way. The fd is for poll(2); -1 is none. */
struct puppet {
	int fd;
};

static const struct puppet NO_PUPPET = {-1};

/* A socket that is bound to *at; port 0 picks a free one. `reuse` is SO_REUSEADDR, which every
 * socket on a port needs, the earlier ones too. Options that go with a SYN are set next. */
int puppet_open(struct puppet *p, const struct endpoint *at, bool reuse);
int puppet_listen(struct puppet p, int backlog);
int puppet_accept(struct puppet listener, struct puppet *p);
int puppet_connect(struct puppet p, const struct endpoint *to);

/* Why puppet_open or puppet_listen gave -errno, and on the last line what to do. */
void puppet_explain(int gave, const struct endpoint *at, char why[static WHY_TEXT]);

/* Octets that were taken, or came; none came: the end. */
ssize_t puppet_say(struct puppet p, struct bytes octets);
ssize_t puppet_hear(struct puppet p, void *room, size_t size);

/* Connect and say in one: TCP Fast Open. -EINPROGRESS: without a cookie the SYN asks for one, and
 * nothing was taken. */
ssize_t puppet_fast_open_say(struct puppet p, const struct endpoint *to, struct bytes octets);

/* shutdown(SHUT_WR): a FIN, and we still hear. */
int puppet_shutdown(struct puppet p);
int puppet_close(struct puppet *p);
/* close() after SO_LINGER 0: a RST. */
int puppet_abort(struct puppet *p);

/* setsockopt, by names such as "nodelay", "keepidle", "rcvbuf"; -ENOENT is no such name. "linger"
 * takes 0, or -1 for off: one with a time makes close() wait, and gives -EINVAL. */
int puppet_option(struct puppet p, const char *name, int value);

/* The names of the options from index 0 on; NULL behind the last. */
const char *puppet_option_name(size_t index);

/* The socket's pending error, which is taken from it: 0 or -errno. */
int puppet_error(struct puppet p);

/* From now on TCP segments with (flags & mask) == value get lost between the tap and the socket. */
int puppet_lose(struct puppet p, uint8_t mask, uint8_t value);
int puppet_lose_nothing(struct puppet p);

/* -EAFNOSUPPORT: one that has no port. */
int puppet_local(struct puppet p, struct endpoint *e);

/* What the socket says of itself; UNKNOWN when there is none. Of TIME-WAIT it knows nothing: the
 * kernel keeps that elsewhere, and the socket is CLOSED. */
enum tcp_state puppet_state(struct puppet p);

/* What the kernel says of the end with this tuple, also when no descriptor shows it any more, or
 * not yet. Without `remote`: of the listener. CLOSED: there is none. UNKNOWN: the kernel could not
 * be asked. */
enum tcp_state puppet_state_of(const struct endpoint *local, const struct endpoint *remote);

/* How many milliseconds its timer still runs, as the kernel says; -1: none does. */
long puppet_timer_of(const struct endpoint *local, const struct endpoint *remote);

/* "5", or "-1 ECONNREFUSED (Connection refused)", as strace has it; returns text. */
const char *puppet_print(ssize_t gave, char text[static PUPPET_TEXT]);

#endif
