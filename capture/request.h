/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_REQUEST_H
#define SYNFIN_REQUEST_H

#include "analysis/look.h"
#include "capture/live.h"

/* What the command line of `synfin capture` asks for. */
struct request {
	struct look_choice look;
	struct live_wish live;
	char *words;               /* the filter, allocated */
	const char *savefile;      /* NULL: none */
	bool taken;                /* it is standard output */
	uint64_t packets, seconds; /* limits; 0: none */
	uint32_t connections;
	bool list; /* the interfaces, nothing else */
};

/* Ends the process on misuse, as argp does. Free with request_free. */
void request_parse(struct request *r, int argc, char **argv, const struct environment *e);
void request_free(struct request *r);

#endif
