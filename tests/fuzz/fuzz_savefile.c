/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/savefile.h"

enum { FRAMES = 10000 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* abort, not assert: it must not depend on NDEBUG. */
static void insist(bool ok)
{
	if (!ok)
		abort();
}

static uint64_t sum(const struct frame *f)
{
	uint64_t sum = 0;
	for (uint32_t i = 0; i < f->captured; i++)
		sum += f->at[i];
	return sum;
}

static void read_all(struct savefile *s)
{
	struct frame f;
	uint64_t frames = 0;
	while (frames < FRAMES && savefile_next(s, &f)) {
		insist(f.number == ++frames && f.time >= 0);
		insist(sum(&f) <= 255ull * f.captured); /* reads every octet: ASan sees them all */
	}
	insist(savefile_linktype(s));
	const char *complaint = savefile_complaint(s);
	insist(!complaint || (*complaint && strchr(complaint, '\n')));
}

/* The octets are the file on standard input. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char why[WHY_TEXT] = "", dash[] = "-", *names[] = {dash};
	if (!size)
		return 0;
	uint8_t *copy = malloc(size); /* fmemopen wants to be able to write */
	if (!copy)
		abort();
	memcpy(copy, data, size);
	FILE *was = stdin, *file = fmemopen(copy, size, "rb");
	insist(file);
	stdin = file;
	struct savefile *s =
		savefile_open(names, 1, data[size - 1] & 1 ? "tcp port 80" : NULL, why);
	if (s)
		read_all(s);
	else
		insist(*why && strchr(why, '\n') && strlen(why) < WHY_TEXT);
	if (s)
		savefile_close(s);
	stdin = was;
	fclose(file);
	free(copy);
	return 0;
}
