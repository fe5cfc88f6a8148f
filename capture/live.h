/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_LIVE_H
#define SYNFIN_LIVE_H

#include "analysis/decode/packet.h"
#include "analysis/environment.h"

struct pcap; /* libpcap's pcap_t */

/* What to listen to. */
struct live_wish {
	const char *interface;
	const char *filter;  /* pcap-filter(7), or NULL */
	const char *as_root; /* the command line that has the rights, for the cure */
	uint16_t port;       /* 0: all; ICMP passes too, for errors that quote the port */
	int snaplen;         /* octets of each frame; 0: all */
	int buffer;          /* KiB in the kernel; 0: enough for a burst */
	bool prompt;         /* hand over each frame at once: the buffer holds fewer of them */
};

enum live_status { LIVE_FRAME, LIVE_NOTHING, LIVE_GONE };

/* Frames of an interface as they pass; on lo, each of them once. */
struct live;

/* Start listening. NULL on failure: then `why` says what is wrong and, on its last line, what to
 * do. Needs CAP_NET_RAW, which nothing after it does. */
struct live *live_open(const struct live_wish *w, char why[static WHY_TEXT]);

/* The next frame, without waiting; it lives until the next call. LIVE_GONE: the interface is down
 * or no more, and live_error says so. */
enum live_status live_next(struct live *l, struct frame *f);
const char *live_error(const struct live *l);

/* To be polled for POLLIN. Frames come at most a hundredth of a second late; prompt: at once. */
int live_fd(const struct live *l);

/* Let no new frame in; those that the kernel holds can still be read. */
void live_shut(struct live *l);

/* After live_shut: all that the kernel held has been read, as far as can be counted. */
bool live_drained(const struct live *l);

/* Every frame that the kernel has let in so far has been read. */
bool live_level(struct live *l);

/* Frames that found the kernel's buffer full. */
uint64_t live_dropped(struct live *l);

/* "EN10MB". */
const char *live_linktype(const struct live *l);

/* For the savefile's header. */
struct pcap *live_pcap(struct live *l);

void live_close(struct live *l);

#endif
