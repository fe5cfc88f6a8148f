/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_RIGHTS_H
#define SYNFIN_RIGHTS_H

#include "analysis/environment.h"

/* True when we are root on behalf of somebody else, by sudo: what is written shall be his. */
bool rights_are_borrowed(void);

/* True when we are nobody, whom rights_drop() makes of a root who is nobody else. */
bool rights_are_nobodys(void);

/* Whether files are opened as the user behind sudo, if there is one, until this is said again. */
void rights_open_as_user(bool yes);

/* Give up, for good, all that a caller of root or of capabilities(7) has: become the user behind
 * sudo, or nobody; no groups, no capabilities, no way to gain any. False and a sentence when that
 * did not work: then go no further. */
bool rights_drop(char why[static WHY_TEXT]);

/* The same, but CAP_NET_ADMIN stays: for a process in a network namespace of its own, whose sysctls
 * it will set. */
bool rights_drop_but_admin(char why[static WHY_TEXT]);

#endif
