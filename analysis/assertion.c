/* SPDX-License-Identifier: MIT */
#include "analysis/assertion.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/decode/text.h"
#include "analysis/model/diagnosis.h"
#include "analysis/printable.h"
#include "analysis/script.h"
#include "analysis/views/jsonl.h"
#include "analysis/views/order.h"

enum { NOTE_TEXT = 1024 };

struct claim {
	const char *expression;
	struct script *script;
	uint64_t failed;
};

struct assertion {
	struct claim *claim;
	size_t count;
	struct sink next;
	uint32_t only;
	uint64_t connections;
	struct drawing rows;
	struct order order;
};

static const struct limits limits = {.memory = 8U << 20, .work = 10000000};

/* Lua that stands before each expression: a name that is misspelt shall not be one that is not
 * there. The caller frees it. */
static char *prelude(void)
{
	static const char has[] =
		"} local function has(name) "
		"if type(name) ~= 'string' then error(\"write has('NAME')\", 2) end "
		"for _, d in ipairs(diagnoses) do if d == name then return true end end "
		"if known[name] then return false end "
		"error(\"there is no diagnosis '\" .. name .. \"'\", 2) end";
	char *text = NULL;
	size_t size;
	FILE *memory = open_memstream(&text, &size);
	if (!memory)
		return NULL;
	fputs("local known = {", memory);
	for (enum diagnosis_id id = 0; id < DIAGNOSES; id++)
		fprintf(memory, "['%s']=true,", catalogue_row(id)->name);
	fputs(has, memory);
	if (fclose(memory) == 0)
		return text;
	free(text);
	return NULL;
}

static bool no_memory(char why[static WHY_TEXT])
{
	snprintf(why, WHY_TEXT, "out of memory\nClose something, and try again.");
	return false;
}

static bool refuse(const char *expression, size_t at, char why[static WHY_TEXT])
{
	char text[PRINTABLE_TEXT], before[PRINTABLE_TEXT], what[PRINTABLE_TEXT];
	char *part = strndup(expression, at);
	size_t column = part && *part ? strlen(printable(part, before)) : 0;
	free(part);
	snprintf(what, sizeof what, "%s", why);
	snprintf(why, WHY_TEXT,
		 "--assert is no Lua expression: %.300s\n  %.300s\n  %*s^\nExamples: "
		 "'close.segments == 3', 'handshake.rtt < 0.01'; see synfin-analyze(1).",
		 what, printable(expression, text), column < 300 ? (int)column : 300, "");
	return false;
}

static bool compile(struct claim *c, const char *before, char why[static WHY_TEXT])
{
	size_t at = 0;
	c->script = script_new(limits);
	if (!c->script)
		return no_memory(why);
	if (!c->expression[strspn(c->expression, " \t\n")]) {
		snprintf(why, WHY_TEXT, "it is empty");
		return refuse(c->expression, 0, why);
	}
	return script_compile(c->script, before, c->expression, &at, why) ||
	       refuse(c->expression, at, why);
}

struct assertion *assertion_new(char *const *expression, size_t count, char why[static WHY_TEXT])
{
	struct assertion *a = calloc(1, sizeof *a);
	char *before = prelude();
	if (a)
		a->claim = calloc(count, sizeof *a->claim);
	bool good = (before && a && a->claim) || no_memory(why);
	for (size_t i = 0; good && i < count; i++) {
		a->claim[i].expression = expression[i];
		a->count++;
		good = compile(&a->claim[i], before, why);
	}
	free(before);
	if (good)
		return a;
	if (a)
		assertion_free(a);
	return NULL;
}

void assertion_free(struct assertion *a)
{
	for (size_t i = 0; i < a->count; i++)
		if (a->claim[i].script)
			script_free(a->claim[i].script);
	free(a->claim);
	free(a->rows.state);
	free(a);
}

/* The members of a line of `--as jsonl:connection`, written by the same code, so that the names are
 * those of the schema; one that is not always there is null first. The caller frees it. */
static char *names_of(const struct connection *c, size_t *len)
{
	struct json j;
	char *text = NULL;
	FILE *memory = open_memstream(&text, len);
	if (!memory)
		return NULL;
	json_begin(&j, memory);
	json_null(&j, "role_guessed");
	jsonl_put_connection(&j, c);
	json_end(&j);
	if (fclose(memory) == 0)
		return text;
	free(text);
	return NULL;
}

/* "  (EXPRESSION: WHY)": the expression where there are several, the reason where there is one. */
static void add_note(const struct assertion *a, struct text *note, const struct claim *c,
		     const char *why)
{
	char text[PRINTABLE_TEXT];
	if (a->count == 1 && !*why)
		return;
	text_add(note, "  (");
	if (a->count > 1)
		text_add(note, printable(c->expression, text));
	if (a->count > 1 && *why)
		text_add(note, ": ");
	if (*why)
		text_add(note, printable(why, text));
	text_char(note, ')');
}

static void print(void *to, const char *row)
{
	struct assertion *a = to;
	if (*row)
		view_list.line(&a->rows, row);
}

static char *row_of(const struct connection *c, const char *note)
{
	char *row = view_list.row(c), *whole = NULL;
	if (row && asprintf(&whole, "%s%s", row, note) < 0)
		whole = NULL;
	free(row);
	return whole;
}

/* In order of id an empty row takes the turn of a connection that does not fail. */
static void put_row(struct assertion *a, const struct connection *c, const char *note)
{
	bool ordered = !a->rows.look.by_ending && !a->only;
	if (!a->rows.out || (!note && !ordered))
		return;
	char *row = note ? row_of(c, note) : strdup("");
	if (row && ordered) {
		order_put(&a->order, c->id, row, (struct printer){a, print});
		return;
	}
	if (row)
		print(a, row);
	free(row);
}

static bool holds(struct claim *c, const char *json, size_t len, char why[static WHY_TEXT])
{
	if (json && script_set_json(c->script, json, len))
		return script_eval_bool(c->script, why);
	snprintf(why, WHY_TEXT, "out of memory");
	return false;
}

static void ask(struct assertion *a, const struct connection *c)
{
	char note[NOTE_TEXT], why[WHY_TEXT];
	struct text t = text_in(note, sizeof note);
	size_t len = 0;
	bool good = true;
	char *json = names_of(c, &len);
	for (size_t i = 0; i < a->count; i++) {
		if (holds(&a->claim[i], json, len, why))
			continue;
		a->claim[i].failed++;
		add_note(a, &t, &a->claim[i], why);
		good = false;
	}
	free(json);
	a->connections++;
	put_row(a, c, good ? NULL : note);
}

static void on_event(void *to, const struct connection *c, const struct event *e)
{
	struct assertion *a = to;
	if (e->kind != EVENT_DIAGNOSIS || a->next.names)
		a->next.event(a->next.to, c, e);
}

static void on_ended(void *to, const struct connection *c)
{
	struct assertion *a = to;
	if (!a->only || a->only == c->id)
		ask(a, c);
	a->next.ended(a->next.to, c);
}

struct sink assertion_begin(struct assertion *a, struct sink next, uint32_t id, struct drawing rows)
{
	a->next = next;
	a->only = id;
	a->rows = rows;
	a->rows.look.one_line = true; /* a reason may make it longer than the terminal */
	a->rows.state = calloc(1, view_list.state_size);
	if (!a->rows.state)
		a->rows.out = NULL; /* the verdict does not need them */
	return (struct sink){.to = a, .event = on_event, .ended = on_ended, .names = true};
}

void assertion_end(struct assertion *a)
{
	order_end(&a->order, (struct printer){a, print});
	if (!a->rows.out)
		return;
	view_list.end(&a->rows, &(struct totals){0});
	fflush(a->rows.out);
}

uint64_t assertion_asked(const struct assertion *a)
{
	return a->connections;
}

bool assertion_report(const struct assertion *a, bool quiet)
{
	char text[PRINTABLE_TEXT];
	bool good = a->connections;
	if (!good)
		fputs("synfin: there is no connection, so that no --assert is true of one\n"
		      "Check the file, and what -p, -f, -c and --id leave of it.\n",
		      stderr);
	for (size_t i = 0; i < a->count; i++) {
		const struct claim *c = &a->claim[i];
		good &= !c->failed;
		if (c->failed && !quiet)
			fprintf(stderr,
				"synfin: %" PRIu64 " of %" PRIu64 " connection%s fail%s: %s\n",
				c->failed, a->connections, a->connections == 1 ? "" : "s",
				c->failed == 1 ? "s" : "", printable(c->expression, text));
	}
	return good;
}
