/* SPDX-License-Identifier: MIT */
#include "capture/rights.h"

#include <cap-ng.h>
#include <errno.h>
#include <grp.h>
#include <inttypes.h>
#include <linux/capability.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

enum { OVERFLOW_ID = 65534 };

struct identity {
	uid_t uid;
	gid_t gid;
};

/* A number from sudo; 0 when there is none. */
static id_t number(const char *name)
{
	char *end;
	const char *text = getenv(name);
	unsigned long n = text && *text >= '0' && *text <= '9' ? strtoul(text, &end, 10) : 0;
	return n && !*end && n < UINT32_MAX ? (id_t)n : 0;
}

bool rights_are_borrowed(void)
{
	return geteuid() == 0 && number("SUDO_UID");
}

static struct identity nobody(void)
{
	const struct passwd *user = getpwnam("nobody");
	const struct group *group = getgrnam("nogroup");
	return (struct identity){user ? user->pw_uid : OVERFLOW_ID,
				 group ? group->gr_gid : OVERFLOW_ID};
}

static struct identity whom_to_be(void)
{
	struct identity who = nobody();
	if (rights_are_borrowed())
		who.uid = number("SUDO_UID");
	if (rights_are_borrowed() && number("SUDO_GID"))
		who.gid = number("SUDO_GID");
	return who;
}

/* user_namespaces(7): an id that is not mapped cannot be taken on, nor is it needed: root in there
 * is no root outside. */
static bool is_mapped(const char *map, id_t id)
{
	uint32_t first, outside, count;
	bool found = false;
	FILE *f = fopen(map, "re");
	while (f && !found &&
	       fscanf(f, "%" SCNu32 " %" SCNu32 " %" SCNu32, &first, &outside, &count) == 3)
		found = id - first < count;
	if (f)
		fclose(f);
	return found;
}

static bool refuse(char why[static WHY_TEXT], const char *what)
{
	snprintf(why, WHY_TEXT,
		 "rights could not be given up: %s%s%s\nNothing was captured. Please "
		 "report this, with the output of: grep . /proc/self/status",
		 what, errno ? ": " : "", errno ? strerror(errno) : "");
	return false;
}

/* The bounding set can only be emptied by who has CAP_SETPCAP; no_new_privs makes up for it. */
static bool clear_capabilities(void)
{
	bool bounds = capng_have_capability(CAPNG_EFFECTIVE, CAP_SETPCAP);
	capng_clear(CAPNG_SELECT_ALL);
	return (!bounds || capng_apply(CAPNG_SELECT_BOUNDS) == 0) &&
	       capng_apply(CAPNG_SELECT_CAPS) == 0;
}

static bool change_identity(struct identity who)
{
	capng_clear(CAPNG_SELECT_ALL);
	return capng_change_id((int)who.uid, (int)who.gid,
			       CAPNG_DROP_SUPP_GRP | CAPNG_CLEAR_BOUNDING | CAPNG_CLEAR_AMBIENT) ==
	       0;
}

static bool is_harmless(bool mapped)
{
	if (capng_get_caps_process() != 0 ||
	    capng_have_capabilities(CAPNG_SELECT_CAPS) != CAPNG_NONE)
		return false;
	if (prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1)
		return false;
	return !mapped || (setuid(0) != 0 && seteuid(0) != 0 && setgid(0) != 0);
}

bool rights_drop(char why[static WHY_TEXT])
{
	struct identity who = whom_to_be();
	bool mapped = is_mapped("/proc/self/uid_map", who.uid) &&
		      is_mapped("/proc/self/gid_map", who.gid);
	bool change = geteuid() == 0 && mapped;
	errno = 0;
	if (capng_get_caps_process() != 0)
		return refuse(why, "capabilities cannot be read");
	if (change ? !change_identity(who) : !clear_capabilities())
		return refuse(why,
			      change ? "another user cannot be taken on" : "capabilities stay");
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return refuse(why, "no_new_privs");
	/* Not even the same user may take the packet socket out of us with ptrace(2). */
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
	errno = 0;
	return is_harmless(change) || refuse(why, "some are still there");
}
