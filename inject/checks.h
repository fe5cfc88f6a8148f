/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_CHECKS_H
#define SYNFIN_CHECKS_H

#include "capture/doctor.h"

/* What `synfin doctor` is to try of inject/. */
extern const struct check inject_checks[];

#endif
