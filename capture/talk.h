/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_TALK_H
#define SYNFIN_TALK_H

#include "analysis/printable.h"
#include "capture/live.h"

enum { TALK_TEXT = 4096 };

/* The filter as a whole in words, "port 80 and (FILTER)"; "" without one. Returns text. */
const char *talk_filter(const struct live_wish *w, char *text, size_t size);

/* What to say when nothing comes, with a command that changes it where there is one. */
const char *talk_silence(const struct live_wish *w, char *text, size_t size);

/* "sudo ./synfin capture 'tcp and port 80'": the same call, quoted for a shell. */
const char *talk_as_root(int argc, char **argv, char *text, size_t size);

/* What -w names, for a sentence. Returns text. */
const char *talk_savefile(const char *name, char text[static PRINTABLE_TEXT]);

/* What to do when something could not be written: error is an errno. */
const char *talk_cure(int error);

#endif
