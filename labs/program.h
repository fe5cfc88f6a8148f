/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_LABS_PROGRAM_H
#define SYNFIN_LABS_PROGRAM_H

#include "labs/answers_file.h"

/* Have a question answered by a program of the student's: `command` is its name and its arguments,
 * with blanks between. Its standard input, a socket, is what the client of the newest connection
 * has said: each segment's octets come when those before have been read. The last line that it
 * prints is the answer. It has ten seconds, and no rights that we do not have. Returns SAY_PROGRAM,
 * or what to say because there is no answer, and *status is its exit status, as a shell would give
 * it. */
enum say program_answer(const struct evidence *e, const char *command,
			char answer[static ANSWER_LINE], int *status);

#endif
