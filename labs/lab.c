/* SPDX-License-Identifier: MIT */
#include "labs/lab.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "analysis/command.h"
#include "analysis/decode/utf8.h"
#include "analysis/printable.h"
#include "capture/process.h"
#include "capture/talk.h"
#include "inject/words.h"
#include "labs/attempt.h"

enum { KEY_STUDENT = 0x700, KEY_ANSWERS, KEY_LANG, KEY_FORMAT, KEY_WITNESS_LAB };

static const struct lab_act acts[] = {
	{"list", "", "the exercises, and which of them are passed", 0, 0, "student lang", true,
	 lab_list},
	{"next", "", "run the first exercise that is not passed", 0, 0,
	 "student lang answers witness", true, lab_next},
	{"run", "EXERCISE", "run an exercise: 3, or the beginning of its name", 1, 1,
	 "student lang answers witness", true, lab_run},
	{"check", "[EXERCISE]", "mark the last run once more, from its packets", 0, 1,
	 "student lang", true, lab_check},
	{"hint", "EXERCISE [QUESTION]", "the hints of an exercise", 1, 2, "student lang", true,
	 lab_hint},
	{"status", "", "how far you are, and what comes next", 0, 0, "student lang", true,
	 lab_status},
	{"reset", "[EXERCISE]", "forget the runs of an exercise, or all", 0, 1, "student lang",
	 true, lab_reset},
	{"submit", "[EXERCISE...]", "put what is passed into a folder to hand in", 0, LAB_WORDS,
	 "student lang output", true, lab_submit},
	{"grade", "FOLDER", "mark what was handed in, from its packets", 1, 1,
	 "student lang format output", false, lab_grade},
	{"claims", "[CLAIM...|all]", "try what books and pages claim, by experiment", 0, LAB_WORDS,
	 "lang output", false, lab_claims},
	{"demo", "[NAME]", "watch programs talk; without a NAME: which demos there are", 0, 1,
	 "lang witness", false, lab_demo},
	{"check-exercise", "FOLDER", "what is wrong with an exercise that you wrote", 1, 1, "lang",
	 false, lab_check_exercise},
	{0},
};
enum { ACTS = sizeof acts / sizeof *acts };

static const char doc[] =
	"Learn by experiment: real programs talk in a private network namespace, you predict the "
	"next "
	"number, and the packets are the mark. No root is needed where user namespaces are allowed."
	"\n\n"
	"  synfin lab next                    the next exercise\n"
	"  synfin lab list                    all of them\n"
	"  synfin lab run 3 --lang zh_CN      one of them, in Chinese\n"
	"  synfin lab submit                  what to hand in\n"
	"  synfin lab grade handed-in/        for teachers: mark a folder of it\n"
	"  synfin lab claims C25              is a close always four segments?\n"
	"  synfin lab demo echo               watch two programs talk\n"
	"\n"
	"WHAT is list, next, run, check, hint, status, reset, submit, grade, claims, demo or "
	"check-exercise.\n"
	"\vAt a question type the answer, or hint, skip or quit; or | and a program of yours that "
	"answers. Progress is kept below XDG_STATE_HOME, ~/.local/state by default.\n"
	"Exit status: 0 done, or all is right; 1 it did not work; 2 misuse; 3 an answer is wrong.";

static const struct argp_option options[] = {
	{"student", KEY_STUDENT, "ID", 0,
	 "who works here, from now on; grade: whose work is wanted", 1},
	{"lang", KEY_LANG, "LANG", 0, "en or zh_CN; by default what LANG says", 1},
	{"answers", KEY_ANSWERS, "FILE", 0,
	 "run: read the answers from a file, one in a line: 'ID: ANSWER', or in their order", 1},
	{"witness", KEY_WITNESS_LAB, NULL, 0,
	 "run: put what the kernel itself says of its sockets beside what the segments say", 1},
	{"output", 'o', "PATH", 0, "submit: the folder to be made; grade, claims: a file", 1},
	{"format", KEY_FORMAT, "FORMAT", 0, "grade: table, csv or junit", 1},
	{0},
};

int lab_refuse(const char *why)
{
	fprintf(stderr, "synfin: %s\n", why);
	return EXIT_FAILED;
}

/* What was printed has to have come out, too: returns the exit code. */
static int lab_written(int code)
{
	char why[WHY_TEXT];
	int error = fflush(stdout) != 0 ? errno : ferror(stdout) ? EIO : 0;
	if (!error || code == EXIT_FAILED || error == EPIPE) /* said already; nobody reads on */
		return code;
	snprintf(why, sizeof why, "cannot write to standard output: %s\nSend it somewhere else.",
		 strerror(error));
	return lab_refuse(why);
}

static void choose_act(struct lab_order *o, struct argp_state *state, const char *word)
{
	const char *names[ACTS] = {0};
	for (int i = 0; i < ACTS; i++)
		names[i] = acts[i].name;
	o->act = &acts[look_choose(state, "lab command", word, names)];
}

static void add_word(struct lab_order *o, struct argp_state *state, const char *word)
{
	char shown[PRINTABLE_TEXT];
	if (state->arg_num == 0)
		choose_act(o, state, word);
	else if (o->words == o->act->most)
		argp_error(state, "lab %s does not want '%s'", o->act->name,
			   printable(word, shown));
	else
		o->word[o->words++] = word;
}

/* Whether it may stand in a terminal, in JSON and in a name of a folder. */
static bool is_name(const char *id)
{
	size_t len;
	for (; *id; id += len) {
		len = utf8_length(id, strlen(id));
		if (!len || is_control((char)(len == 2 ? *id : 0), id[len - 1]) ||
		    strchr("/\"\\", *id))
			return false;
	}
	return true;
}

static void set_student(struct lab_order *o, struct argp_state *state, const char *id)
{
	size_t len = strlen(id);
	if (!len || len >= STUDENT_TEXT || *id == '.' || !is_name(id))
		argp_error(state,
			   "--student wants 1 to %d octets of UTF-8, no / and no control character "
			   "among them",
			   STUDENT_TEXT - 1);
	o->student = id;
}

static void check(struct lab_order *o, struct argp_state *state)
{
	static const struct {
		const char *name;
		size_t offset;
	} given[] = {{"student", offsetof(struct lab_order, student)},
		     {"answers", offsetof(struct lab_order, answers)},
		     {"output", offsetof(struct lab_order, output)}};
	if (!o->act) {
		argp_error(state, "say what to do: next runs the next exercise, list shows them");
		return;
	}
	if (o->words < o->act->least)
		argp_error(state, "lab %s %s", o->act->name, o->act->words);
	if (o->student && o->act->works && strcmp(o->student, STORED_STUDENT) == 0)
		argp_error(state, "--student %s is who the stored runs are of: take another name",
			   o->student);
	for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
		const char *value;
		memcpy(&value, (const char *)o + given[i].offset, sizeof value);
		if (value && !word_in(o->act->takes, given[i].name))
			argp_error(state, "lab %s takes no --%s", o->act->name, given[i].name);
	}
	if (o->format != FORMAT_TABLE && !word_in(o->act->takes, "format"))
		argp_error(state, "lab %s takes no --format", o->act->name);
	if (o->look.look.witness && !word_in(o->act->takes, "witness"))
		argp_error(state, "lab %s takes no --witness", o->act->name);
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	static const char *const formats[] = {"table", "csv", "junit", NULL};
	struct lab_order *o = state->input;
	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &o->look;
		return 0;
	case KEY_STUDENT:
		set_student(o, state, arg);
		return 0;
	case KEY_LANG:
		o->language = (enum language)look_choose(state, "--lang", arg, language_names);
		return 0;
	case KEY_ANSWERS:
		o->answers = arg;
		return 0;
	case KEY_WITNESS_LAB:
		o->look.look.witness = true;
		return 0;
	case KEY_FORMAT:
		o->format = (enum lab_format)look_choose(state, "--format", arg, formats);
		return 0;
	case 'o':
		o->output = arg;
		return 0;
	case ARGP_KEY_ARG:
		add_word(o, state, arg);
		return 0;
	case ARGP_KEY_END:
		check(o, state);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp_child children[] = {{&look_argp, 0, NULL, 0}, {0}};
static const struct argp lab_argp = {options, parse, "WHAT [ARG...]", doc, children, NULL, NULL};

int lab_main(int argc, char **argv, const struct environment *e)
{
	struct lab_order o = {.language = language_of_user()};
	char as_root[TALK_TEXT], why[WHY_TEXT];
	process_hold_streams();
	talk_as_root(argc, argv, as_root, sizeof as_root); /* argp will reorder argv */
	look_init(&o.look, e);
	o.look.look.stream = true;
	o.look.look.seq = SEQ_ABS;
	o.as_root = as_root;
	argp_parse(&lab_argp, argc, argv, 0, NULL, &o);
	if (o.act->works && !course_open(&o.course, o.student, why))
		return lab_refuse(why);
	return lab_written(o.act->run(&o));
}
