/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_TOPIC_H
#define SYNFIN_TOPIC_H

#include <stddef.h>

/* What there is to say about a name: a diagnosis, a state, a flag or an option. */
struct topic {
	const char *name, *title; /* title: a line of the table of contents */
	const char *rfc;          /* as in the catalogue; NULL: the catalogue says it */
	const char *meaning;
	const char *rule;   /* how it is known; NULL for what can be read off a segment */
	const char *causes; /* NULL: none to speak of */
	const char *advice; /* NULL: the catalogue's hint, if there is one */
	const char *figure; /* see figure.h */
	const char *shows;  /* the diagnosis that the figure draws; NULL: the topic's own, if any */
};

/* Topics of one kind; a chapter may go on in the next one of the same title. */
struct chapter {
	const char *title;
	const struct topic *topics; /* a name of NULL ends them */
};

/* All chapters; a title of NULL ends them. */
extern const struct chapter chapters[];

extern const struct topic topics_artefact[], topics_opening[], topics_answers[], topics_offers[],
	topics_established[], topics_closing[], topics_fin[], topics_reset[], topics_time_wait[],
	topics_states[], topics_flags[], topics_options[];

enum { TOPICS = 160 };

/* The topic of that name, with these very letters or, failing that, in any case. NULL: none. */
const struct topic *topic_find(const char *name);

/* The topic of another name that only its case tells from this one's; NULL: none. */
const struct topic *topic_twin(const struct topic *t);

/* All names, NULL at the end. Returns how many. */
size_t topic_names(const char *names[static TOPICS]);

#endif
