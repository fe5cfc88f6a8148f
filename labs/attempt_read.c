/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sha256.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "analysis/json_read.h"
#include "analysis/printable.h"
#include "labs/attempt.h"

enum { LONGEST = 65536, COUNT_TEXT = 8 };

static const char *const parts[] = {"capture.pcap", "calls.jsonl", "answers.json"};

static FILE *refuse(const char *path, const char *what, char why[static WHY_TEXT])
{
	char shown[PRINTABLE_TEXT];
	snprintf(why, WHY_TEXT,
		 "%s: %s\nA run of an exercise has capture.pcap, "
		 "calls.jsonl, answers.json and seal.",
		 printable(path, shown), what);
	return NULL;
}

/* A file of the folder. NULL with a sentence, also for what is no ordinary file of a size that may
 * be: who hands something in may put a pipe, a device or a link there. */
static FILE *open_part(const char *folder, const char *name, char why[static WHY_TEXT])
{
	char path[PATH_MAX];
	struct stat is;
	snprintf(path, sizeof path, "%s/%s", folder, name);
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		return refuse(path, errno == ELOOP ? "a link, no file" : strerror(errno), why);
	bool plain = fstat(fd, &is) == 0 && S_ISREG(is.st_mode);
	FILE *f = plain && is.st_size <= (off_t)2 * MOST_OCTETS ? fdopen(fd, "r") : NULL;
	if (!f)
		close(fd);
	return f ? f
		 : refuse(path, plain ? "larger than any run of an exercise" : "no ordinary file",
			  why);
}

/* ---- answers.json */

struct text_at {
	const char *at, *end;
};

static bool take_text(struct json_token t, char *to, size_t room)
{
	if (t.kind != JSON_STRING || t.len >= room)
		return false;
	to[json_unescape(t, to)] = 0;
	return true;
}

static bool is_key(struct json_token t, const char *name)
{
	return t.kind == JSON_STRING && t.len == strlen(name) && memcmp(t.at, name, t.len) == 0;
}

/* A whole number that is not below zero, of few digits. */
static bool take_count(struct json_token t, unsigned *n)
{
	char digits[COUNT_TEXT] = "";
	if (t.kind != JSON_NUMBER || t.len >= sizeof digits)
		return false;
	memcpy(digits, t.at, t.len);
	*n = (unsigned)strtoul(digits, NULL, 10);
	return strspn(digits, "0123456789") == t.len;
}

static bool read_reply(struct text_at *x, struct replies *all)
{
	struct json_token key;
	if (all->count == MARKS)
		return false;
	struct reply *r = &all->at[all->count++];
	*r = (struct reply){.hints = 0};
	while ((key = json_next(&x->at, x->end)).kind == JSON_STRING) {
		struct json_token value = json_next(&x->at, x->end);
		bool good = is_key(key, "id") ? take_text(value, r->id, sizeof r->id)
			    : is_key(key, "text")
				    ? take_text(value, r->text, sizeof r->text)
				    : is_key(key, "hints") && take_count(value, &r->hints);
		if (!good)
			return false;
	}
	return key.kind == JSON_CLOSE_OBJECT;
}

static bool read_replies(struct text_at *x, struct replies *all)
{
	struct json_token t = json_next(&x->at, x->end);
	if (t.kind != JSON_OPEN_ARRAY)
		return false;
	while ((t = json_next(&x->at, x->end)).kind == JSON_OPEN_OBJECT)
		if (!read_reply(x, all))
			return false;
	return t.kind == JSON_CLOSE_ARRAY;
}

static bool read_member(struct text_at *x, struct json_token key, struct attempt *a)
{
	if (is_key(key, "replies"))
		return read_replies(x, &a->replies);
	struct json_token value = json_next(&x->at, x->end);
	if (is_key(key, "exercise"))
		return take_text(value, a->exercise, sizeof a->exercise);
	if (is_key(key, "student"))
		return take_text(value, a->student, sizeof a->student);
	if (is_key(key, "run"))
		return take_text(value, a->run, sizeof a->run);
	if (is_key(key, "stored"))
		a->stored = value.kind == JSON_TRUE;
	unsigned version;
	return is_key(key, "stored") ||
	       (is_key(key, "v") && take_count(value, &version) && version == 1);
}

static bool read_attempt(struct text_at x, struct attempt *a)
{
	struct json_token key = json_next(&x.at, x.end);
	if (key.kind != JSON_OPEN_OBJECT)
		return false;
	while ((key = json_next(&x.at, x.end)).kind == JSON_STRING)
		if (!read_member(&x, key, a))
			return false;
	while (x.at < x.end && (*x.at == '\n' || *x.at == ' '))
		x.at++;
	return key.kind == JSON_CLOSE_OBJECT && x.at == x.end && *a->exercise && *a->student &&
	       *a->run;
}

bool attempt_parse(const char *text, size_t len, struct attempt *a)
{
	*a = (struct attempt){.stored = false};
	return read_attempt((struct text_at){text, text + len}, a);
}

bool attempt_read(const char *folder, struct attempt *a, char why[static WHY_TEXT])
{
	char shown[PRINTABLE_TEXT];
	FILE *f = open_part(folder, "answers.json", why);
	char *text = f ? malloc(LONGEST) : NULL;
	*a = (struct attempt){.stored = false};
	if (!f)
		return false;
	size_t len = text ? fread(text, 1, LONGEST, f) : 0;
	bool good = text && len < LONGEST && attempt_parse(text, len, a);
	if (!good)
		snprintf(why, WHY_TEXT,
			 "%s/answers.json: these are no answers of synfin lab\nIt "
			 "was changed, or cut short: ask for it again.",
			 printable(folder, shown));
	fclose(f);
	free(text);
	return good;
}

/* ---- the seal */

static bool digest_octets(SHA2_CTX *c, const char *folder, const char *name,
			  char why[static WHY_TEXT])
{
	uint8_t octets[4096];
	size_t n;
	FILE *f = open_part(folder, name, why);
	if (!f)
		return false;
	while ((n = fread(octets, 1, sizeof octets, f)) > 0)
		SHA256Update(c, octets, n);
	fclose(f);
	return true;
}

bool attempt_seal(const char *folder, char seal[static SEAL_TEXT], char why[static WHY_TEXT])
{
	SHA2_CTX c;
	SHA256Init(&c);
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		SHA256Update(&c, (const uint8_t *)parts[i], strlen(parts[i]) + 1);
		if (!digest_octets(&c, folder, parts[i], why))
			return false;
	}
	return SHA256End(&c, seal);
}

bool attempt_digest(const char *folder, const char *part, char digest[static SEAL_TEXT],
		    char why[static WHY_TEXT])
{
	SHA2_CTX c;
	SHA256Init(&c);
	if (!digest_octets(&c, folder, part, why))
		return false;
	if (c.bitcount[0])
		SHA256End(&c, digest);
	else
		*digest = 0;
	return true;
}

bool attempt_write_seal(const char *folder, char why[static WHY_TEXT])
{
	char seal[SEAL_TEXT], path[PATH_MAX];
	if (!attempt_seal(folder, seal, why))
		return false;
	snprintf(path, sizeof path, "%s/seal", folder);
	FILE *f = fopen(path, "we");
	bool good = f && fprintf(f, "%s\n", seal) > 0;
	if (f && fclose(f) == 0 && good)
		return true;
	snprintf(why, WHY_TEXT, "cannot write the seal: %s\nMake room, and try again.",
		 strerror(errno));
	return false;
}

bool attempt_check_seal(const char *folder, char why[static WHY_TEXT])
{
	char is[SEAL_TEXT], says[SEAL_TEXT] = "", shown[PRINTABLE_TEXT];
	FILE *f = attempt_seal(folder, is, why) ? open_part(folder, "seal", why) : NULL;
	if (!f)
		return false;
	bool same = fgets(says, sizeof says, f) && strcmp(is, says) == 0;
	fclose(f);
	if (!same)
		snprintf(why, WHY_TEXT,
			 "%s: the files are not those of the run: the seal is "
			 "broken\nSomething in it was changed by hand; run the "
			 "exercise again.",
			 printable(folder, shown));
	return same;
}
