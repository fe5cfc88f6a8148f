/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>
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

void examine_namespaces(struct finding *f)
{
	char why[WHY_TEXT];
	if (geteuid() == 0 && !rights_drop(why))
		finding_fails(f, why, NULL);
	else
		try_namespace(f, false);
}
