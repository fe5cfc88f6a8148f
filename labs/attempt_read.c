/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <limits.h>
#include <sha256.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/json_read.h"
#include "analysis/printable.h"
#include "labs/attempt.h"
#include "labs/numbers.h"

enum { LONGEST = 65536, NUMBER_TEXT = 16 };

static const char *const parts[] = {"capture.pcap", "calls.jsonl", "answers.json"};

/* A file of the folder; false with a sentence. */
static FILE *open_part(const char *folder, const char *name, const char *mode,
		       char why[static WHY_TEXT])
{
	char path[PATH_MAX], shown[PRINTABLE_TEXT];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	FILE *f = fopen(path, mode);
	if (!f)
		snprintf(why, WHY_TEXT,
			 "%s: %s\nA run of an exercise has capture.pcap, "
			 "calls.jsonl, answers.json and seal.",
			 printable(path, shown), strerror(errno));
	return f;
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

static unsigned take_count(struct json_token t)
{
	char digits[NUMBER_TEXT];
	snprintf(digits, sizeof digits, "%.*s", (int)t.len, t.at);
	return t.kind == JSON_NUMBER ? (unsigned)strtoul(digits, NULL, 10) : 0;
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
		bool good = is_key(key, "id")     ? take_text(value, r->id, sizeof r->id)
			    : is_key(key, "text") ? take_text(value, r->text, sizeof r->text)
						  : is_key(key, "hints");
		if (is_key(key, "hints"))
			r->hints = take_count(value);
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
	return is_key(key, "stored") || (is_key(key, "v") && take_count(value) == 1);
}

static bool read_attempt(struct text_at x, struct attempt *a)
{
	struct json_token key = json_next(&x.at, x.end);
	if (key.kind != JSON_OPEN_OBJECT)
		return false;
	while ((key = json_next(&x.at, x.end)).kind == JSON_STRING)
		if (!read_member(&x, key, a))
			return false;
	return key.kind == JSON_CLOSE_OBJECT && *a->exercise && *a->student && *a->run;
}

bool attempt_read(const char *folder, struct attempt *a, char why[static WHY_TEXT])
{
	char shown[PRINTABLE_TEXT];
	FILE *f = open_part(folder, "answers.json", "re", why);
	char *text = f ? malloc(LONGEST) : NULL;
	*a = (struct attempt){.stored = false};
	if (!f)
		return false;
	size_t len = text ? fread(text, 1, LONGEST, f) : 0;
	bool good = text && read_attempt((struct text_at){text, text + len}, a);
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

static bool digest_part(SHA2_CTX *c, const char *folder, const char *name,
			char why[static WHY_TEXT])
{
	uint8_t octets[4096];
	size_t n;
	FILE *f = open_part(folder, name, "re", why);
	if (!f)
		return false;
	SHA256Update(c, (const uint8_t *)name, strlen(name) + 1);
	while ((n = fread(octets, 1, sizeof octets, f)) > 0)
		SHA256Update(c, octets, n);
	fclose(f);
	return true;
}

bool attempt_seal(const char *folder, char seal[static SEAL_TEXT], char why[static WHY_TEXT])
{
	uint8_t digest[SHA256_DIGEST_LENGTH];
	SHA2_CTX c;
	SHA256Init(&c);
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (!digest_part(&c, folder, parts[i], why))
			return false;
	SHA256Final(digest, &c);
	for (size_t i = 0; i < sizeof digest; i++)
		snprintf(seal + 2 * i, 3, "%02x", digest[i]);
	return true;
}

bool attempt_write_seal(const char *folder, char why[static WHY_TEXT])
{
	char seal[SEAL_TEXT];
	FILE *f = attempt_seal(folder, seal, why) ? open_part(folder, "seal", "we", why) : NULL;
	if (!f)
		return false;
	fprintf(f, "%s\n", seal);
	if (fclose(f) == 0)
		return true;
	snprintf(why, WHY_TEXT, "cannot write the seal: %s\nMake room, and try again.",
		 strerror(errno));
	return false;
}

bool attempt_check_seal(const char *folder, char why[static WHY_TEXT])
{
	char is[SEAL_TEXT], says[SEAL_TEXT] = "", shown[PRINTABLE_TEXT];
	FILE *f = attempt_seal(folder, is, why) ? open_part(folder, "seal", "re", why) : NULL;
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

/* ---- marking */

static bool is_of(const struct attempt *a, const struct exercise *e, const char *student,
		  char why[static WHY_TEXT])
{
	char whose[PRINTABLE_TEXT], what[PRINTABLE_TEXT];
	if (strcmp(a->exercise, e->name) != 0)
		snprintf(why, WHY_TEXT,
			 "these are answers to %s, not to %s\nPut it where it "
			 "belongs.",
			 printable(a->exercise, what), e->name);
	else if (student && strcmp(a->student, student) != 0)
		snprintf(why, WHY_TEXT, "this is the work of %s\nEverybody hands in their own.",
			 printable(a->student, whose));
	else
		return true;
	return false;
}

/* The ports of a run come from its student and its number. */
static bool has_its_ports(const struct attempt *a, const struct evidence *e,
			  char why[static WHY_TEXT])
{
	struct numbers n = numbers_of(attempt_seed(a));
	if (a->stored || evidence_has_port(e, n.server_port) ||
	    evidence_has_port(e, n.crafted_port) || evidence_has_port(e, n.client_port))
		return true;
	snprintf(why, WHY_TEXT,
		 "the capture is not of this student's run\nEverybody's ports and "
		 "numbers are their own.");
	return false;
}

bool attempt_grade(const char *folder, const struct exercise *e, const char *student,
		   struct score *score, char why[static WHY_TEXT])
{
	struct attempt a;
	struct evidence evidence = {.used = 0};
	bool good = attempt_check_seal(folder, why) && attempt_read(folder, &a, why) &&
		    is_of(&a, e, student, why) && evidence_read(folder, &evidence, why) &&
		    has_its_ports(&a, &evidence, why);
	const struct grading g = {
		.exercise = e,
		.evidence = &evidence,
		.replies = &a.replies,
		.seed = good ? attempt_seed(&a) : 0,
	};
	good = good && grade(&g, score, why);
	evidence_free(&evidence);
	return good;
}
