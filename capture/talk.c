/* SPDX-License-Identifier: MIT */
#include "capture/talk.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "analysis/decode/text.h"

enum { SAMPLE_PORT = 8081 };

const char *talk_filter(const struct live_wish *w, char *text, size_t size)
{
	char port[16] = "", f[PRINTABLE_TEXT] = "";
	if (w->filter)
		printable(w->filter, f);
	if (w->port)
		snprintf(port, sizeof port, "port %u", w->port);
	snprintf(text, size, w->port && *f ? "%s and (%s)" : "%s%s", port, f);
	return text;
}

/* Perl, as the one interpreter with sockets that no Debian is without. */
static const char sample[] =
	"nothing on lo for 3 s; in another terminal this opens a connection:\n"
	"  perl -MIO::Socket -e '$a=\"127.0.0.1:%u\"; $s=new IO::Socket::INET(Listen=>1,\n"
	"    LocalAddr=>$a); new IO::Socket::INET($a); $s && $s->accept'";

const char *talk_silence(const struct live_wish *w, char *text, size_t size)
{
	char filter[TALK_TEXT / 2], name[PRINTABLE_TEXT];
	printable(w->interface, name);
	if (w->filter)
		snprintf(text, size, "nothing on %s for 3 s that matches: %s", name,
			 talk_filter(w, filter, sizeof filter));
	else if (strcmp(w->interface, "lo") == 0)
		snprintf(text, size, sample, w->port ? w->port : (unsigned)SAMPLE_PORT);
	else
		snprintf(text, size, "nothing on %s for 3 s%s; -i any listens everywhere", name,
			 w->port ? " from or to that port" : "");
	return text;
}

static bool has_control(const char *word)
{
	char before = 0;
	while (*word && !is_control(before, *word))
		before = *word++;
	return *word;
}

/* $'a\033b', which most shells read: what comes back is the same, and moves no cursor on its way.
 */
static void add_escaped(struct text *t, const char *word)
{
	char before = 0, escape[8];
	text_add(t, "$'");
	for (; *word; before = *word++) {
		bool plain = !is_control(before, *word) && *word != '\'' && *word != '\\';
		snprintf(escape, sizeof escape, plain ? "%c" : "\\%03o", (unsigned char)*word);
		text_add(t, escape);
	}
	text_char(t, '\'');
}

static void add_quoted(struct text *t, const char *word)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
				    "-_=+,./:@%";
	if (*word && !word[strspn(word, plain)]) {
		text_add(t, word);
		return;
	}
	if (has_control(word)) {
		add_escaped(t, word);
		return;
	}
	text_char(t, '\'');
	for (; *word; word++)
		if (*word == '\'')
			text_add(t, "'\\''");
		else
			text_char(t, *word);
	text_char(t, '\'');
}

const char *talk_as_root(int argc, char **argv, char *text, size_t size)
{
	struct text t = text_in(text, size);
	text_add(&t, "sudo ");
	add_quoted(&t, program_invocation_name);
	text_add(&t, strchr(argv[0], ' ')); /* the command */
	for (int i = 1; i < argc; i++) {
		text_char(&t, ' ');
		add_quoted(&t, argv[i]);
	}
	return text;
}

const char *talk_savefile(const char *name, char text[static PRINTABLE_TEXT])
{
	return printable(strcmp(name, "-") == 0 ? "standard output" : name, text);
}

const char *talk_cure(int error)
{
	if (error == EINTR || error == EPIPE)
		return "The program that it goes to must read on: start both again.";
	if (error == ENOSPC || error == EDQUOT || error == EFBIG)
		return "What was written before can be read. Make room, and start again.";
	return "What was written before can be read. Choose another place, and start again.";
}
