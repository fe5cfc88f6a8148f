/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_ZEEK_TABLE_H
#define SYNFIN_ZEEK_TABLE_H

#include "analysis/views/zeek_conn.h"

/* Beyond so many, the one that would be looked at next is over. */
enum { ZEEK_MOST = 1 << 18 };

/* The connections alive, by their ends and by when they are looked at next. */
struct zeek_table {
	void *tree; /* of tsearch(3): no hash that endpoints could be chosen against */
	struct zeek_conn **heap;
	size_t count, room;
	int64_t now; /* the latest time of any packet */
};

/* The connection between the packet's ends; NULL when there is none. */
struct zeek_conn *zeek_table_find(const struct zeek_table *t, const struct packet *p);

/* Begin one with the packet; NULL when memory is short. */
struct zeek_conn *zeek_table_add(struct zeek_table *t, const struct packet *p);

/* Its timers have changed. */
void zeek_table_moved(struct zeek_table *t, struct zeek_conn *c);

/* Take it out; it is the caller's to free. */
void zeek_table_remove(struct zeek_table *t, struct zeek_conn *c);

/* The next one whose time is over at t->now, taken out; NULL when there is none. Looks at *most
 * timers at most, and counts them down. */
struct zeek_conn *zeek_table_over(struct zeek_table *t, int *most);

/* All that are left, taken out, in order of their beginning: t->heap, which the caller frees. */
void zeek_table_sort(struct zeek_table *t);

#endif
