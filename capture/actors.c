/* SPDX-License-Identifier: MIT */
#include "capture/actors.h"

#include "capture/actors_cases.h"
#include "capture/actors_step.h"

#include <string.h>

/* clang-format off */
static const struct actor_case cases[] = {
	{"four-close", "the server closes after its ACK of the FIN: FIN, ACK, FIN, ACK",
	 play_four_close, false},
	{"three-close", "the server closes at once: FIN, FIN+ACK, ACK",
	 play_three_close, false},
	{"told-four", "as four-close, with data from the client only",
	 play_told_four, false},
	{"told-three", "as three-close, with data from the client only",
	 play_told_three, false},
	{"server-first", "the server closes first and is left in TIME-WAIT",
	 play_server_first, false},
	{"half-close", "data flows back to a client that has sent its FIN",
	 play_half_close, false},
	{"connect-close", "opened and closed again without an octet of data",
	 play_connect_close, false},
	{"simultaneous-close", "two FINs cross: CLOSING, then TIME-WAIT, at both ends",
	 play_simultaneous_close, true},
	{"lost-last-ack", "the last ACK is lost: the FIN comes again, and TIME-WAIT answers it",
	 play_lost_last_ack, false},
	{"reset", "the client closes with SO_LINGER 0: RST instead of FIN",
	 play_reset, false},
	{"unread-data", "the server closes with data unread: RST instead of FIN",
	 play_unread_data, false},
	{"refused", "nobody listens: the SYN is answered with RST,ACK",
	 play_refused, false},
	{"lost-syn", "the first SYN is lost and sent again after a second",
	 play_lost_syn, false},
	{"lost-third-ack", "the third segment is lost: SYN,ACK comes again after a second",
	 play_lost_third_ack, false},
	{"simultaneous-open", "two SYNs cross: each end answers SYN,ACK, and nobody was listening",
	 play_simultaneous_open, true},
	{"self-connect", "a socket connected to its own address and port",
	 play_self_connect, false},
	{"fast-open", "Fast Open: one connection asks for a cookie, the next has data in its SYN",
	 play_fast_open, true},
	{"data", "a few kilobytes each way before a close in four segments",
	 play_data, false},
	{"keepalive", "two keepalive probes on an idle connection, both answered",
	 play_keepalive, false},
	{"unanswered", "the SYN is lost, and the client gives up: four seconds of silence",
	 play_unanswered, false},
	{"stuck", "the server never closes: thirteen seconds in CLOSE-WAIT",
	 play_stuck, false},
	{"many", "200 connections open at once and interleaved, closed in five ways",
	 play_many, false},
	{"crowd", "a thousand ordinary connections of many kinds; tells what each did, as JSON lines",
	 play_crowd, true},
};
/* clang-format on */

enum { CASES = sizeof cases / sizeof *cases };

const struct actor_case *actor_case_at(size_t i)
{
	return i < CASES ? &cases[i] : NULL;
}

const struct actor_case *actor_case_find(const char *name)
{
	for (size_t i = 0; i < CASES; i++)
		if (strcmp(cases[i].name, name) == 0)
			return &cases[i];
	return NULL;
}

bool actor_case_play(const struct actor_case *c, struct stage *st)
{
	if (c->isolated && !st->isolated)
		return stage_fail(st, "it changes lo: only in a private network namespace");
	return c->play(st);
}
