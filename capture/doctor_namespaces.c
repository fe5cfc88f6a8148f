/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "capture/doctor.h"
#include "capture/doctor_sysctl.h"
#include "capture/rights.h"
#include "capture/sandbox.h"

/* What synfin opens in there. */
static bool lives(char why[static WHY_TEXT])
{
	struct live *l = live_open(&(struct live_wish){.interface = "lo", .as_root = "sudo"}, why);
	if (l)
		live_close(l);
	else
		why[strcspn(why, "\n")] = 0;
	return l;
}

static void try_namespace(struct finding *f, bool root)
{
	char why[WHY_TEXT], cause[WHY_TEXT];
	if (sandbox_enter(why, sizeof why) && lives(why))
		finding_works(f, "a private network namespace%s", root ? "" : ", without root");
	else if (sysctl_forbids_namespaces("/proc/sys", root, cause))
		finding_fails(f, cause, NULL);
	else {
		snprintf(cause, sizeof cause, "%.512s\n%s", why,
			 "A container, a chroot or seccomp may forbid it: try it outside.");
		finding_fails(f, cause, NULL);
	}
}

void examine_namespaces_as_root(struct finding *f)
{
	try_namespace(f, true);
}

/* A process that gave up rights is not dumpable, and may not write its own uid_map; an ordinary
 * user's is and may. */
void examine_namespaces(struct finding *f)
{
	char why[WHY_TEXT];
	bool root = geteuid() == 0;
	if (root && !rights_drop(why)) {
		finding_fails(f, why, NULL);
		return;
	}
	if (root)
		prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
	try_namespace(f, false);
}
