/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_DOCTOR_TRIAL_H
#define SYNFIN_DOCTOR_TRIAL_H

#include "capture/doctor.h"

/* Run a check in a process of its own, a few seconds at most: what it opened, became or moved into
 * is gone when it ends. */
void trial_run(const struct check *c, struct finding f[static MOST_FINDINGS]);

#endif
