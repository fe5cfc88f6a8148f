/* SPDX-License-Identifier: MIT */
#include "capture/doctor.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "analysis/look.h"
#include "analysis/misspelt.h"
#include "analysis/output.h"
#include "analysis/printable.h"
#include "capture/doctor_sheet.h"
#include "capture/doctor_trial.h"
#include "capture/process.h"

enum { KEY_JSON = 0x200 };

static const char about[] =
	"Try what synfin needs on this host, and say what works and what to do about the rest."
	"\n\n"
	"  synfin doctor                 what works as who you are\n"
	"  sudo synfin doctor            what works with rights\n"
	"  synfin doctor --json | jq -r '.checks[] | select(.status != \"ok\") | .cures[]'\n"
	"\vNothing is changed, and nothing stays: each trial has a process of its own, and five "
	"seconds. For some of them a segment goes over lo.\n\n"
	"Exit status: 0 done, also when something needs rights or cannot be had; 1 not even a "
	"capture file can be read, or something could not be written; 2 misuse.";

static const struct argp_option options[] = {
	{"json", KEY_JSON, NULL, 0, "one object of JSON instead of sentences", 1},
	{0},
};

static void reject(struct argp_state *state, const char *word)
{
	static const char *const names[] = {"json", NULL};
	char shown[PRINTABLE_TEXT];
	bool near = did_you_mean(word, strlen(word), names);
	argp_error(state, "unknown word '%s': %s", printable(word, shown),
		   near ? "did you mean '--json'?" : "doctor takes options only");
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	const struct sheet_form **form = state->input;
	switch (key) {
	case ARGP_KEY_INIT:
		misspelt_reject(state);
		return 0;
	case KEY_JSON:
		*form = &sheet_json;
		return 0;
	case ARGP_KEY_ARG:
		reject(state, arg);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static void count(struct sheet *s, const struct check *c, const struct finding *f)
{
	for (int i = 0; c->row[i].id; i++)
		s->count[f[i].verdict]++;
	s->hopeless |= c->vital && f->verdict != WORKS;
}

static void try_all(struct sheet *s, const struct sheet_form *form, const struct check *c)
{
	struct finding f[MOST_FINDINGS];
	for (; c->examine; c++) {
		if (c->as_root && geteuid() != 0)
			continue;
		trial_run(c, f);
		count(s, c, f);
		form->check(s, c, f);
	}
}

int doctor(int argc, char **argv, const struct environment *e, const struct check *others)
{
	static const struct argp argp = {options, parse, NULL, about, NULL, NULL, NULL};
	const struct sheet_form *form = &sheet_text;
	struct sheet s = {.out = stdout, .environment = e};
	process_hold_streams();
	argp_parse(&argp, argc, argv, 0, NULL, &form);
	form->begin(&s);
	try_all(&s, form, capture_checks);
	try_all(&s, form, others);
	form->end(&s);
	bool written = output_close(NULL, stdout);
	return written && !s.hopeless ? EXIT_DONE : EXIT_FAILED;
}
