/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_ACTORS_CASES_H
#define SYNFIN_ACTORS_CASES_H

#include "capture/actors.h"

/* The plays of the table in actors.c, each as actor_case.play. */
bool play_four_close(struct stage *st);
bool play_three_close(struct stage *st);
bool play_told_four(struct stage *st);
bool play_told_three(struct stage *st);
bool play_server_first(struct stage *st);
bool play_half_close(struct stage *st);
bool play_connect_close(struct stage *st);
bool play_simultaneous_close(struct stage *st);
bool play_lost_last_ack(struct stage *st);
bool play_reset(struct stage *st);
bool play_unread_data(struct stage *st);

bool play_refused(struct stage *st);
bool play_lost_syn(struct stage *st);
bool play_lost_third_ack(struct stage *st);
bool play_simultaneous_open(struct stage *st);
bool play_self_connect(struct stage *st);
bool play_fast_open(struct stage *st);

bool play_data(struct stage *st);
bool play_keepalive(struct stage *st);
bool play_many(struct stage *st);
bool play_unanswered(struct stage *st);
bool play_stuck(struct stage *st);
bool play_crowd(struct stage *st);

#endif
