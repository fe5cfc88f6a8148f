/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_LABS_PROGRAM_H
#define SYNFIN_LABS_PROGRAM_H

#include "labs/answers_file.h"

enum { PROGRAM_COMPLAINTS = 4096 };

/* What came of a program of the student's. */
struct program_end {
	enum say say;           /* SAY_PROGRAM: it has answered; else why there is no answer */
	char text[ANSWER_LINE]; /* its last line; or how it ended: "exit status 3" */
	char complaints[PROGRAM_COMPLAINTS]; /* the last of what it put on standard error */
};

/* Run `command`, a name and arguments with blanks between. Its standard input, a pipe, is what the
 * client of the newest connection has said: each segment's octets come when those before have been
 * read. It has ten seconds, no terminal, no rights, and no network where user namespaces are
 * allowed; it ends with us, and what it has started in its session with it. Ctrl-C ends it alone,
 * if SIGINT is blocked; SIGPIPE has to be ignored. */
void program_run(const struct evidence *e, const char *command, struct program_end *end);

#endif
