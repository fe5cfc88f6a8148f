/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_ORDER_H
#define SYNFIN_ORDER_H

#include "analysis/look.h"
#include "capture/kernel_server.h"
#include "inject/order_key.h"
#include "inject/tcp.h"

/* In the order of the names that --close takes. */
enum close_kind { CLOSE_FOUR_WAY, CLOSE_THREE_WAY, CLOSE_RST, CLOSE_HALF, CLOSE_CROSSING };

extern const char *const close_names[]; /* NULL behind the last */

enum { DATA_ROOM = 1400 };

/* What the command line of `synfin inject` asks for. */
struct order {
	const struct act *acts, *act; /* all, the one that was chosen */
	struct look_choice look;
	const char *as_root;
	const char *word[2]; /* behind the act: an address, a file, a segment */
	unsigned words;
	struct endpoint target; /* the first of them, where the act aims; or 127.0.0.1:8080 */
	uint32_t given;         /* a bit for each KEY_ that was there, from KEY_FIRST */
	struct {
		uint16_t sport, win, flags;
		uint32_t isn, ack;
		int64_t off;
		uint8_t option[TCP_OPTION_ROOM], options;
		uint8_t data[DATA_ROOM];
		size_t data_len;
		bool bad_sum;
	} set;
	enum close_kind close;
	struct service_wish with;
	const char *savefile;
	uint32_t seconds, connections;
	/* inside: in a namespace of our own already; taken: standard output, by -w - */
	bool step, dry, netns, inside, no_shield, taken;
};

/* A kind of injection: a row of the table in inject.c. */
struct act {
	const char *name, *words, *help;
	unsigned least, most; /* words behind it */
	const char *takes;    /* the long options of its own, with blanks between */
	int (*run)(struct order *o);
	uint16_t flags; /* of the one segment */
	bool aims;      /* its first word is [ADDR:]PORT */
	bool admin;     /* it needs CAP_NET_ADMIN in its namespace */
};

static inline bool order_has(const struct order *o, enum order_key k)
{
	return o->given & key_bit(k);
}

/* Parse the command line; misuse ends the process, as argp does it. `acts` ends with a NULL name.
 */
void order_parse(struct order *o, const struct act *acts, int argc, char **argv,
		 const struct environment *e);

#endif
