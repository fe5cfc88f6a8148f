/* SPDX-License-Identifier: MIT */
#include "labs/stored.h"

#include <sha256.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { FD_PATH = 32 };

const struct lab_file *stored_part(const char *exercise, const char *part)
{
	char name[PATH_MAX];
	snprintf(name, sizeof name, "exercises/%s/stored/%s", exercise, part);
	return lab_file_named(name);
}

/* Captures are read from files. */
static bool read_frames(const struct lab_file *f, struct evidence *e)
{
	char path[FD_PATH], why[WHY_TEXT];
	int fd = memfd_create("stored", MFD_CLOEXEC);
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	bool good = fd >= 0 && write(fd, f->octets, f->len) == (ssize_t)f->len &&
		    evidence_read_frames(path, e, why);
	if (fd >= 0)
		close(fd);
	return good;
}

bool stored_run(const char *exercise, struct attempt *a, struct evidence *e)
{
	const struct lab_file *answers = stored_part(exercise, "answers.json");
	const struct lab_file *capture = stored_part(exercise, "capture.pcap");
	*e = (struct evidence){.used = 0};
	return answers && capture &&
	       attempt_parse((const char *)answers->octets, answers->len, a) &&
	       read_frames(capture, e);
}

bool stored_is_in(const char *folder, const char *exercise, char why[static WHY_TEXT])
{
	static const char *const names[] = {"capture.pcap", "calls.jsonl"};
	char is[SEAL_TEXT], was[SEAL_TEXT];
	for (int i = 0; i < 2; i++) {
		const struct lab_file *f = stored_part(exercise, names[i]);
		if (!attempt_digest(folder, names[i], is, why))
			return false;
		if (f && strcmp(is, SHA256Data(f->octets, f->len, was)) == 0)
			continue;
		snprintf(why, WHY_TEXT,
			 "%s is not that of the stored run\nWho has no sandbox hands in the "
			 "stored run as it is.",
			 names[i]);
		return false;
	}
	return true;
}
