/* SPDX-License-Identifier: MIT */
#include "capture/record_option.h"

#include <string.h>
#include <unistd.h>

bool record_takes_stdout(struct argp_state *state, const char *name, bool drawn)
{
	bool taken = name && strcmp(name, "-") == 0;
	if (name && !*name)
		argp_error(state, "-w wants a file's name, or - for standard output");
	if (taken && drawn)
		argp_error(state,
			   "-w - and --as would both write to standard output: leave one out");
	if (taken && isatty(STDOUT_FILENO))
		argp_error(state, "-w - would fill the terminal: send it to a file or a program");
	return taken;
}
