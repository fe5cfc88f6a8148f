/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_WATCH_H
#define SYNFIN_WATCH_H

#include "analysis/flow.h"
#include "capture/finished.h"
#include "capture/hearing.h"
#include "capture/live.h"
#include "capture/outlet.h"
#include "capture/record.h"

/* The capture at work: frames from an interface, through a flow, to a view and a savefile. */
struct watch {
	struct live *live;
	struct flow *flow;
	struct finished *finished;
	struct record *record;   /* or NULL */
	FILE *out;               /* the view's */
	struct outlet *outlet;   /* behind it, or behind nothing */
	struct hearing *hearing; /* of the kernel, or of nobody */
	int signals;             /* a signalfd(2) of those that stop us */
	const char *silence;     /* said once when nothing comes; NULL: never */
	uint64_t packets;        /* stop after so many; 0: never */
	uint64_t milliseconds;   /* the same */
	uint32_t connections;    /* the same, of connections that are over */
};

/* Why a watch came to its end. */
enum ending {
	GOING_ON,
	STOPPED,     /* by a signal or a limit */
	UNHEARD,     /* whoever read our standard output has gone */
	GONE,        /* the interface has: see live_error */
	RECORD_FULL, /* the savefile, or ... */
	OUTPUT_FULL, /* ... standard output, could not be written: see errno */
};

/* Watch until something ends it; everything that the kernel held by then has been drawn. */
enum ending watch_run(struct watch *w);

#endif
