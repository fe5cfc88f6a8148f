/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_ZEEK_H
#define SYNFIN_ZEEK_H

#include <stdbool.h>

/* Parse the form of --as zeek:FORM into look.types: "json", JSON lines instead of tabs. False for
 * any other word. */
bool zeek_form_parse(const char *form, unsigned *types);

#endif
