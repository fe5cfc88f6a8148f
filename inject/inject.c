/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "analysis/command.h"
#include "capture/process.h"
#include "capture/talk.h"
#include "inject/acts.h"
#include "inject/words.h"

static const char one[] =
	"netns step witness sport isn ack flags data win opt bad-sum with dry-run "
	"no-shield";
static const char client[] =
	"netns step witness sport isn win opt data close with dry-run no-shield";
static const char server[] = "step witness isn win opt data close conns seconds no-shield";

static const struct act acts[] = {
	{"syn", "[ADDR:]PORT", "one SYN, and the answer to it", 0, 1, one, .run = act_segment,
	 .aims = true, .flags = SYN},
	{"ack", "[ADDR:]PORT", "one ACK that belongs to no connection", 0, 1, one,
	 .run = act_segment, .aims = true, .flags = ACK},
	{"fin", "[ADDR:]PORT", "one FIN", 0, 1, one, .run = act_segment, .aims = true,
	 .flags = FIN | ACK},
	{"rst", "[ADDR:]PORT", "one RST", 0, 1, one, .run = act_segment, .aims = true,
	 .flags = RST},
	{"data", "[ADDR:]PORT", "one segment with data", 0, 1, one, .run = act_segment,
	 .aims = true, .flags = PSH | ACK},
	{"session", "[ADDR:]PORT", "a crafted client: open, talk, close", 0, 1, client,
	 .run = act_session, .aims = true},
	{"listen", "[ADDR:]PORT", "a crafted server for real clients", 1, 1, server,
	 .run = act_listen, .aims = true},
	{"into", "CONN SEGMENT", "one segment into a live connection of this host", 2, 2,
	 "step witness off data", .run = act_into},
	{"adopt", "[ADDR:]PORT", "a crafted handshake that the kernel goes on with", 0, 1,
	 "netns step witness sport isn data with", .run = act_adopt, .aims = true, .admin = true},
	{"run", "SCENARIO", "a scenario: a file in Lua, or one that is built in", 1, 1,
	 "netns step witness isn no-shield", .run = act_run, .admin = true},
	{"list", "", "the scenarios that are built in", 0, 0, "", .run = act_list},
	{0},
};

int inject_main(int argc, char **argv, const struct environment *e)
{
	struct order o;
	char as_root[TALK_TEXT];
	process_hold_streams();
	talk_as_root(argc, argv, as_root, sizeof as_root); /* argp will reorder argv */
	order_parse(&o, acts, argc, argv, e);
	if (word_in(o.act->takes, "netns"))
		strncat(as_root, "   # or, without root, the same with --netns",
			sizeof as_root - strlen(as_root) - 1);
	o.as_root = as_root;
	return o.act->run(&o);
}
