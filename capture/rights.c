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
#include <sys/fsuid.h>
#include <sys/prctl.h>
#include <unistd.h>

enum { OVERFLOW_ID = 65534, MOST_CAPABILITIES = 64 };

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

void rights_open_as_user(bool yes)
{
	if (!rights_are_borrowed())
		return;
	setfsgid(yes ? number("SUDO_GID") : getegid());
	setfsuid(yes ? number("SUDO_UID") : geteuid());
}

static struct identity nobody(void)
{
	const struct passwd *user = getpwnam("nobody");
	const struct group *group = getgrnam("nogroup");
	return (struct identity){user ? user->pw_uid : OVERFLOW_ID,
				 group ? group->gr_gid : OVERFLOW_ID};
}

bool rights_are_nobodys(void)
{
	return geteuid() == nobody().uid;
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
		 "rights could not be given up: %s%s%s\nNothing was done. Please "
		 "report this, with the output of: grep . /proc/self/status",
		 what, errno ? ": " : "", errno ? strerror(errno) : "");
	return false;
}

/* In the sets of libcap-ng, which the next capng_apply or capng_change_id makes ours. */
static void choose_capabilities(bool admin)
{
	capng_clear(CAPNG_SELECT_ALL);
	if (admin)
		capng_update(CAPNG_ADD, CAPNG_EFFECTIVE | CAPNG_PERMITTED, CAP_NET_ADMIN);
}

/* The bounding set can only be emptied by who has CAP_SETPCAP; no_new_privs makes up for it. */
static bool clear_capabilities(bool admin)
{
	bool bounds = capng_have_capability(CAPNG_EFFECTIVE, CAP_SETPCAP);
	choose_capabilities(admin);
	return (!bounds || capng_apply(CAPNG_SELECT_BOUNDS) == 0) &&
	       capng_apply(CAPNG_SELECT_CAPS) == 0;
}

static bool change_identity(struct identity who, bool admin)
{
	choose_capabilities(admin);
	return capng_change_id((int)who.uid, (int)who.gid,
			       CAPNG_DROP_SUPP_GRP | CAPNG_CLEAR_BOUNDING | CAPNG_CLEAR_AMBIENT) ==
	       0;
}

/* Asked of the kernel: no set holds a capability but the one that may stay. */
static bool are_as_chosen(bool admin)
{
	static const capng_type_t types[] = {CAPNG_EFFECTIVE, CAPNG_PERMITTED, CAPNG_INHERITABLE,
					     CAPNG_AMBIENT};
	if (capng_get_caps_process() != 0)
		return false;
	for (unsigned cap = 0; cap < MOST_CAPABILITIES; cap++)
		for (unsigned i = 0; i < sizeof types / sizeof *types; i++) {
			bool wanted = admin && cap == CAP_NET_ADMIN && i < 2;
			if (capng_have_capability(types[i], cap) != wanted)
				return false;
		}
	return admin || capng_have_capabilities(CAPNG_SELECT_CAPS) == CAPNG_NONE;
}

static bool is_harmless(bool mapped, bool admin)
{
	if (!are_as_chosen(admin) || prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1)
		return false;
	return !mapped || (setuid(0) != 0 && seteuid(0) != 0 && setgid(0) != 0);
}

static bool drop(bool admin, char why[static WHY_TEXT])
{
	struct identity who = whom_to_be();
	bool mapped = is_mapped("/proc/self/uid_map", who.uid) &&
		      is_mapped("/proc/self/gid_map", who.gid);
	bool change = geteuid() == 0 && mapped;
	errno = 0;
	if (capng_get_caps_process() != 0)
		return refuse(why, "capabilities cannot be read");
	if (change ? !change_identity(who, admin) : !clear_capabilities(admin))
		return refuse(why,
			      change ? "another user cannot be taken on" : "capabilities stay");
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return refuse(why, "no_new_privs");
	/* Not even the same user may take the packet socket out of us with ptrace(2). */
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
	errno = 0;
	return is_harmless(change, admin) || refuse(why, "not as they should be");
}

bool rights_drop(char why[static WHY_TEXT])
{
	return drop(false, why);
}

bool rights_drop_but_admin(char why[static WHY_TEXT])
{
	return drop(true, why);
}
