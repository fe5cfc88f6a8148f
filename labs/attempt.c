/* SPDX-License-Identifier: MIT */
#include "labs/attempt.h"

#include <inttypes.h>
#include <sha256.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "analysis/views/json.h"
#include "labs/numbers.h"

static void copy(char *to, size_t room, const char *text)
{
	snprintf(to, room, "%s", text);
}

void attempt_begin(struct attempt *a, const char *exercise, const char *student)
{
	uint64_t run;
	*a = (struct attempt){.stored = false};
	copy(a->exercise, sizeof a->exercise, exercise);
	copy(a->student, sizeof a->student, student);
	if (getrandom(&run, sizeof run, GRND_NONBLOCK) != sizeof run)
		run = (uint64_t)time(NULL);
	snprintf(a->run, sizeof a->run, "%016" PRIx64, run);
}

bool attempt_is_stored(const struct attempt *a)
{
	return a->stored || strcmp(a->student, STORED_STUDENT) == 0;
}

static void digest_text(SHA2_CTX *c, const char *text)
{
	SHA256Update(c, (const uint8_t *)text, strlen(text) + 1);
}

uint64_t attempt_seed(const struct attempt *a)
{
	uint8_t digest[SHA256_DIGEST_LENGTH];
	uint64_t seed;
	SHA2_CTX c;
	SHA256Init(&c);
	digest_text(&c, a->stored ? STORED_STUDENT : a->student);
	digest_text(&c, a->exercise);
	digest_text(&c, a->run);
	SHA256Final(digest, &c);
	memcpy(&seed, digest, sizeof seed);
	return seed;
}

void attempt_write(const struct attempt *a, FILE *to)
{
	struct json j;
	json_begin(&j, to);
	json_uint(&j, "v", 1);
	json_string(&j, "exercise", a->exercise);
	json_string(&j, "student", a->student);
	json_string(&j, "run", a->run);
	json_bool(&j, "stored", a->stored);
	json_open(&j, "replies", '[');
	for (unsigned i = 0; i < a->replies.count; i++) {
		json_open(&j, NULL, '{');
		json_string(&j, "id", a->replies.at[i].id);
		json_string(&j, "text", a->replies.at[i].text);
		json_uint(&j, "hints", a->replies.at[i].hints);
		json_close(&j, '{');
	}
	json_close(&j, '[');
	json_end(&j);
}
