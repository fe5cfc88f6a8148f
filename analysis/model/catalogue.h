/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_CATALOGUE_H
#define SYNFIN_CATALOGUE_H

#include "analysis/model/diagnosis.h"

/* The catalogue's two halves; ask catalogue_row. */
extern const struct catalogue_row catalogue_opening[CLOSE_FOUR];
extern const struct catalogue_row catalogue_closing[DIAGNOSES - CLOSE_FOUR];

#endif
