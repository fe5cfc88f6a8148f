/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_SCENE_WISH_H
#define SYNFIN_SCENE_WISH_H

#include "analysis/look.h"
#include "inject/standin.h"
#include "inject/wire.h"

/* Who else wants to know what happens in a scene; each may be missing. */
struct scene_guest {
	void (*frame)(void *to, const struct frame *f); /* one is about to be drawn */
	void (*turn)(void *to);                         /* all that has come is drawn */
	void *to;
};

/* What a scene is to be. */
struct scene_wish {
	struct look_choice look;
	const char *filter;   /* pcap-filter(7): what belongs to it; NULL: all of lo */
	const char *also;     /* another interface to hear, of lo's link type; NULL: none */
	const char *savefile; /* NULL: none */
	const char *as_root;
	uint16_t port; /* as in struct live_wish */
	bool step;     /* wait for Enter before each segment */
	bool admin;    /* keep CAP_NET_ADMIN: only in a namespace of our own */
	bool dry;      /* nothing is sent ... */
	bool alone;    /* ... and nothing is answered; else another TCP of ours does that */
	bool mute;     /* nothing is drawn: standard output is the savefile's */
	struct standin_manner standin; /* in a dry run */
	struct budget budget;
	struct scene_guest guest;
};

#endif
