/* SPDX-License-Identifier: MIT */
/* RFC 9293 Figure 5 around one state, read off the model's own table. */
#include <string.h>

#include "analysis/explain/page.h"
#include "analysis/explain/paragraph.h"
#include "analysis/model/state.h"

enum { ARROW = 128, TABLE_COLUMNS = 66, STATE_COLUMNS = 12 };

static const char *const cause_text[CAUSES] = {
	[PASSIVE_OPEN] = "listen(), the passive OPEN",
	[SND_SYN] = "sends a SYN",
	[SND_ACK] = "is first seen sending",
	[SND_FIN] = "sends its FIN",
	[SND_RST] = "sends a RST",
	[RCV_SYN] = "receives a SYN",
	[RCV_SYN_ACK] = "receives a SYN,ACK",
	[RCV_ACK] = "is first seen being sent to",
	[RCV_ACK_OF_SYN] = "receives the ACK of its SYN",
	[RCV_FIN] = "receives a FIN",
	[RCV_ACK_OF_FIN] = "receives the ACK of its FIN",
	[RCV_RST] = "receives a RST",
	[RCV_RST_AS_OPENER] = "receives a RST, having opened",
};

static enum tcp_state state_named(const char *name)
{
	enum tcp_state s = UNKNOWN;
	while (s < TCP_STATES && strcmp(state_name(s), name) != 0)
		s++;
	return s;
}

/* In columns, where there is room for them. */
static void put_arrow(FILE *out, const struct look *look, enum tcp_state from, enum cause cause)
{
	char line[ARROW];
	const char *to = state_name(state_next(from, cause));
	int column = look->width < TABLE_COLUMNS ? 0 : STATE_COLUMNS;
	snprintf(line, sizeof line, "%-*s -> %-*s  %s", column, state_name(from), column, to,
		 cause_text[cause]);
	put_paragraph(out, look, 2, line);
}

void arrows_print(FILE *out, const char *name, const struct look *look)
{
	enum tcp_state here = state_named(name);
	if (here == TCP_STATES)
		return;
	fputc('\n', out);
	put_paragraph(
		out, look, 0,
		here ? "Arrows of Figure 5 (RFC 9293, section 3.3.2) and of the resets (3.10.7)"
		     : "Arrows, of the observer and not of the RFC");
	for (enum tcp_state s = CLOSED; s < TCP_STATES; s++)
		for (enum cause c = 0; c < CAUSES; c++)
			if (s != here && state_next(s, c) == here)
				put_arrow(out, look, s, c);
	for (enum cause c = 0; c < CAUSES; c++)
		if (state_next(here, c) != here)
			put_arrow(out, look, here, c);
}
