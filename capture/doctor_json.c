/* SPDX-License-Identifier: MIT */
#include <sys/utsname.h>
#include <unistd.h>

#include "analysis/views/version.h"
#include "capture/doctor_settings.h"
#include "capture/doctor_sheet.h"
#include "capture/doctor_terminal.h"

static void begin(struct sheet *s)
{
	struct utsname u = {0};
	uname(&u);
	json_begin(&s->json, s->out);
	json_string(&s->json, "type", "doctor");
	json_uint(&s->json, "v", 1);
	json_string(&s->json, "tool", "synfin " SYNFIN_VERSION);
	json_string(&s->json, "kernel", u.release);
	json_string(&s->json, "machine", u.machine);
	json_uint(&s->json, "uid", geteuid());
	json_open(&s->json, "checks", '[');
}

static void check(struct sheet *s, const struct check *c, const struct finding *f)
{
	static const char *const status[] = {
		[WORKS] = "ok", [NEEDS_RIGHTS] = "rights", [WORKS_NOT] = "no"};
	char line[WHY_TEXT];
	for (int i = 0; c->row[i].id; i++) {
		const char *rest = f[i].text;
		json_open(&s->json, NULL, '{');
		json_string(&s->json, "id", c->row[i].id);
		json_string(&s->json, "status", status[f[i].verdict]);
		json_string(&s->json, "text", finding_line(&rest, line));
		json_open(&s->json, "cures", '[');
		while (finding_line(&rest, line))
			json_string(&s->json, NULL, line);
		json_close(&s->json, '[');
		json_close(&s->json, '{');
	}
}

static void put_settings(struct json *j)
{
	struct setting t;
	json_open(j, "settings", '[');
	for (size_t i = 0; setting_read("/proc/sys", i, &t); i++) {
		json_open(j, NULL, '{');
		json_string(j, "name", t.name);
		if (t.there && t.value >= 0)
			json_uint(j, "value", (uint64_t)t.value);
		json_uint(j, "usual", (uint64_t)t.usual);
		json_string(j, "text", t.text);
		json_close(j, '{');
	}
	json_close(j, '[');
}

static void end(struct sheet *s)
{
	struct screen c = screen_of(s->environment, "");
	struct json *j = &s->json;
	json_close(j, '[');
	put_settings(j);
	json_open(j, "terminal", '{');
	json_uint(j, "columns", (uint64_t)c.columns);
	json_bool(j, "terminal", c.terminal);
	json_bool(j, "utf8", c.utf8);
	json_bool(j, "color", c.color);
	json_string(j, "locale", c.locale);
	json_string(j, "style", screen_style(&c));
	json_close(j, '{');
	json_end(j);
}

const struct sheet_form sheet_json = {begin, check, end};
