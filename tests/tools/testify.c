/* SPDX-License-Identifier: MIT */
/* Prints what the kernel says of its TCP sockets, a line for each thing, until it is interrupted.
 * With a number: asks about all sockets every so many milliseconds. */
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "capture/clock.h"
#include "capture/rights.h"
#include "capture/witness.h"

static const char *const kinds[] = {
	[SAID_STATE] = "state",           [SAID_DROPPED] = "dropped",
	[SAID_RESET_SENT] = "reset-sent", [SAID_RESET_HEARD] = "reset-heard",
	[SAID_AGAIN] = "again",           [SAID_GONE] = "gone",
	[SAID_NUMBERS] = "numbers",       [SAID_ALL] = "all",
	[SAID_ARRIVAL] = "arrival",
};

static const char *print_end(const struct endpoint *e, char text[static ENDPOINT_TEXT])
{
	return e->address.family ? endpoint_print(e, text) : "-";
}

static void print(const struct testimony *t)
{
	char local[ENDPOINT_TEXT], remote[ENDPOINT_TEXT];
	printf("%" PRId64 " %016" PRIx64 " %s %s %s", t->time, t->socket, kinds[t->kind],
	       print_end(&t->local, local), print_end(&t->remote, remote));
	printf(" %s %s %s", state_name((enum tcp_state)t->from), state_name((enum tcp_state)t->to),
	       *t->reason ? t->reason : "-");
	if (t->has_numbers)
		printf(" acked %" PRIu64 " received %" PRIu64, t->acked, t->received);
	if (t->kind == SAID_ARRIVAL)
		printf(" una %" PRIu32 " nxt %" PRIu32 " len %u", t->una.n, t->nxt.n, t->len);
	puts("");
}

static void print_all(struct witness *w)
{
	struct testimony t;
	while (witness_next(w, &t))
		print(&t);
	fflush(stdout);
}

/* Until a signal has come; what had happened by then is told a few looks later. */
static void listen_to(struct witness *w, int signals, int every)
{
	struct pollfd p[] = {{.fd = witness_fd(w), .events = POLLIN},
			     {.fd = signals, .events = POLLIN}};
	int64_t next = clock_ns(CLOCK_MONOTONIC);
	while (!p[1].revents) {
		poll(p, 2, every);
		if (every > 0 && clock_ns(CLOCK_MONOTONIC) >= next) {
			witness_ask(w);
			next += every * 1000000LL;
		}
		print_all(w);
	}
	for (int i = 0; i < 5; i++) {
		poll(NULL, 0, 10);
		print_all(w);
	}
}

int main(int argc, char **argv)
{
	char why[WHY_TEXT] = "";
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigprocmask(SIG_BLOCK, &set, NULL);
	struct witness *w = witness_open(why);
	if (!w || !rights_drop(why)) {
		fprintf(stderr, "testify: %s\n", why);
		return 1;
	}
	const struct witness_sources *s = witness_sources(w);
	fprintf(stderr, "sources:%s%s%s%s%s%s\n%s\nready\n", s->states ? " states" : "",
		s->drops ? " drops" : "", s->resets ? " resets" : "", s->repeats ? " repeats" : "",
		s->numbers ? " numbers" : "", s->sockets ? " sockets" : "", s->lacks);
	listen_to(w, signalfd(-1, &set, SFD_CLOEXEC), argc > 1 ? atoi(argv[1]) : -1);
	fprintf(stderr, "lost %" PRIu64 "\nlost numbers %" PRIu64 "\n", witness_lost(w),
		witness_lost_numbers(w));
	witness_close(w);
	return 0;
}
