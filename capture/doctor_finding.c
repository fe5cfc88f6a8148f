/* SPDX-License-Identifier: MIT */
#include <netinet/in.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "capture/doctor.h"

void finding_works(struct finding *f, const char *format, ...)
{
	va_list list;
	f->verdict = WORKS;
	va_start(list, format);
	vsnprintf(f->text, WHY_TEXT, format, list);
	va_end(list);
}

const char *finding_line(const char **text, char line[static WHY_TEXT])
{
	size_t len = strcspn(*text, "\n");
	if (!**text)
		return NULL;
	snprintf(line, WHY_TEXT, "%.*s", (int)len, *text);
	*text += len + ((*text)[len] == '\n');
	return line;
}

/* Root that is refused lacks the capability; a user can also be given it with the program. */
static void refuse_rights(struct finding *f, int what, const char *as_root)
{
	char program[256] = "", shown[PRINTABLE_TEXT], why[WHY_TEXT];
	bool root = geteuid() == 0;
	if (readlink("/proc/self/exe", program, sizeof program - 1) < 0)
		snprintf(program, sizeof program, "synfin");
	f->verdict = root ? WORKS_NOT : NEEDS_RIGHTS;
	if (root)
		snprintf(why, sizeof why, "%.*s\n%s", what, f->text,
			 "Even root has no CAP_NET_RAW here: run it outside of the container, or "
			 "give that to it (docker run --cap-add=NET_RAW).");
	else
		snprintf(why, sizeof why,
			 "%.*s\n%s\nsudo setcap cap_net_raw+ep %.256s  # once, for all users", what,
			 f->text, as_root, printable(program, shown));
	memcpy(f->text, why, sizeof why);
}

void finding_fails(struct finding *f, const char *why, const char *as_root)
{
	f->verdict = WORKS_NOT;
	snprintf(f->text, WHY_TEXT, "%s", why);
	const char *cure = strchr(f->text, '\n');
	if (as_root && cure && strcmp(cure + 1, as_root) == 0)
		refuse_rights(f, (int)(cure - f->text), as_root);
}

void finding_as_root(const char *command, char text[static TALK_TEXT])
{
	char name[64], *args[] = {name, NULL};
	snprintf(name, sizeof name, "synfin %s", command);
	talk_as_root(1, args, text, TALK_TEXT);
}

bool finding_has_loopback(struct finding *f)
{
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	bool up = fd >= 0 && connect(fd, (struct sockaddr *)&at, sizeof at) == 0;
	if (fd >= 0)
		close(fd);
	if (!up)
		finding_fails(f, "lo is down: there is no way to 127.0.0.1\nsudo ip link set lo up",
			      NULL);
	return up;
}
