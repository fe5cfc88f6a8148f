/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_ZEEK_ROW_H
#define SYNFIN_ZEEK_ROW_H

#include <stdio.h>

#include "analysis/views/zeek_conn.h"

/* Zeek's word for how a connection stands: "SF", "S0", "REJ", ... */
const char *zeek_conn_state(const struct zeek_conn *c);

/* A row of conn.log, as JSON or with tabs. */
void zeek_row_print(const struct zeek_conn *c, FILE *out, bool json);

/* The lines before and after the rows with tabs; the times are when the log was open. */
void zeek_row_head(FILE *out, int64_t time);
void zeek_row_foot(FILE *out, int64_t time);

#endif
