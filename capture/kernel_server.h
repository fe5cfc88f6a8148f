/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_KERNEL_SERVER_H
#define SYNFIN_KERNEL_SERVER_H

#include "analysis/decode/endpoint.h"
#include "analysis/environment.h"

/* What a kernel server does with whoever connects. */
enum service {
	SERVICE_ECHO,      /* says what it hears, closes when the client has closed */
	SERVICE_SINK,      /* hears, says nothing, closes when the client has closed */
	SERVICE_CLOSE_NOW, /* closes as soon as it has accepted */
	SERVICE_LINGER,    /* echoes; closes some milliseconds after the client has closed */
};

struct service_wish {
	enum service service;
	unsigned linger_ms; /* of SERVICE_LINGER */
};

/* Their names, in this order; NULL behind the last. */
extern const char *const service_names[];

/* Read "echo", "sink", "close-now" or "linger" into *s; false when it is none. */
bool service_find(const char *name, enum service *s);

/* A server with ordinary sockets, driven from our own loop: nothing in it blocks. It has at most 64
 * connections; who comes while it has them is closed. Who resets a connection is forgotten. */
struct kernel_server;

/* Listen on *at; port 0 picks a free one, which *at then has. NULL on failure: then `why` says what
 * is wrong and, on its last line, what to do. */
struct kernel_server *kernel_server_open(struct service_wish w, struct endpoint *at,
					 char why[static WHY_TEXT]);

/* To be polled for POLLIN; then give it a turn. */
int kernel_server_fd(const struct kernel_server *s);
void kernel_server_turn(struct kernel_server *s);

/* Connections accepted so far. */
unsigned kernel_server_accepted(const struct kernel_server *s);

void kernel_server_close(struct kernel_server *s);

#endif
