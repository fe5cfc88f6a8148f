/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_DOCTOR_SYSCTL_H
#define SYNFIN_DOCTOR_SYSCTL_H

#include "analysis/environment.h"

/* In all of these `sys` is /proc/sys, or what stands in for it. */

/* A number below sys, by its path; false when there is none. */
bool sysctl_read(const char *sys, const char *path, long *value);

/* A path as sysctl(8) has it, with dots. Returns name. */
enum { SYSCTL_NAME = 64 };
const char *sysctl_name(const char *path, char name[static SYSCTL_NAME]);

/* Whether a setting forbids namespaces, to ordinary users or to root too: then `why` names it, and
 * on its last line the command that changes it. */
bool sysctl_forbids_namespaces(const char *sys, bool root, char why[static WHY_TEXT]);

#endif
