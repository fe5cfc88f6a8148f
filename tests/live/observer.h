/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_TESTS_OBSERVER_H
#define SYNFIN_TESTS_OBSERVER_H

#include <stdbool.h>
#include <sys/types.h>

/* A capture program that watches while something is played. */

/* Start one command by the shell (redirections are welcome, pipes are not) in our namespaces, and
 * wait until it has a packet socket open and sleeps over it. It should capture in immediate mode,
 * or drain what is buffered when it is interrupted. On failure prints a sentence to stderr, ends
 * the command and returns -1. */
pid_t observer_start(const char *command);

/* Wait until it has slept for a while, so that it has taken in all that was sent; interrupt it
 * (SIGINT) and wait for its end. Returns its exit status; 128 + signal when one killed it. */
int observer_stop(pid_t pid);

#endif
