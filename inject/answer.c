/* SPDX-License-Identifier: MIT */
#include "inject/answer.h"

/* The first row that fits. An answer is told by its flags, PSH aside; NONE is silence. */
enum { NONE = 0x8000, ANY = 0x4000, KIND = SYN | FIN | RST | ACK };

enum where { NOWHERE, EXACT, WRONG, BAD_SUM };

static const struct row {
	enum where where;
	uint16_t sent, got; /* flags */
	const char *text;
} rows[] = {
	{BAD_SUM, ANY, NONE,
	 "silence: the checksum is wrong, so that the segment was dropped before TCP looked at "
	 "it."},
	{BAD_SUM, ANY, ANY, "an answer, although the checksum was wrong."},
	{NOWHERE, SYN, SYN | ACK,
	 "SYN,ACK: somebody listens there. Its ack is our number plus one: the SYN took that up. "
	 "The connection is half open until an ACK of y+1 comes, or a RST."},
	{NOWHERE, SYN, RST | ACK,
	 "RST,ACK: nobody listens there. A SYN has no ack whose number a RST could take, so that "
	 "its "
	 "own is 0, and it acknowledges the SYN (RFC 9293 3.10.7.1)."},
	{NOWHERE, SYN, NONE,
	 "silence: something dropped the SYN, or the listener's queue is full (no RST then)."},
	{NOWHERE, SYN, ACK,
	 "ACK: there is a connection between these ends already; this challenges the SYN (RFC 5961 "
	 "4)."},
	{NOWHERE, RST, NONE,
	 "silence: a RST is never answered, or two ends could go on so for ever (RFC 9293 3.5.2)."},
	{NOWHERE, RST | ACK, NONE,
	 "silence: a RST is never answered, or two ends could go on so for ever (RFC 9293 3.5.2)."},
	{NOWHERE, FIN, NONE,
	 "silence: a FIN without ACK means nothing to a listener (RFC 9293 3.10.7.2)."},
	{NOWHERE, 0, NONE,
	 "silence: without SYN, ACK or RST it means nothing to a listener (RFC 9293 3.10.7.2)."},
	{NOWHERE, ANY, RST,
	 "RST: there is no such connection. Its number is the ack that was sent, so that whoever "
	 "had "
	 "such a connection would believe it (RFC 9293 3.10.7.1)."},
	{NOWHERE, ANY, RST | ACK,
	 "RST,ACK: there is no such connection, and nobody listens. Without an ACK there is no "
	 "number for the RST to take: 0, and an ack of all that was sent (RFC 9293 3.10.7.1)."},
	{NOWHERE, SYN | FIN, NONE,
	 "silence: SYN and FIN together are no segment of TCP's; Linux drops it."},
	{NOWHERE, ANY, NONE, "silence: something dropped it."},
	{EXACT, RST, NONE,
	 "silence, and the connection is gone: its number was exactly the one expected next "
	 "(RFC 5961 3.2)."},
	{WRONG, RST, ACK,
	 "a challenge ACK: the number lies in the window, but is not the one expected next. "
	 "Whoever "
	 "really wants to reset answers that with the right one (RFC 5961 3.2)."},
	{WRONG, RST, NONE,
	 "silence: the number lies outside the window, and the connection goes on (RFC 5961 3.2)."},
	{EXACT, FIN | ACK, ACK,
	 "ACK: the FIN was taken for the other end's, and its receiver is in CLOSE-WAIT now."},
	{EXACT, FIN | ACK, FIN | ACK,
	 "FIN,ACK: the FIN was taken for the other end's, and its receiver has closed as well."},
	{WRONG, FIN | ACK, ACK,
	 "ACK of what had come before: the FIN lies behind a gap, or is too old, and moves nothing "
	 "(RFC 9293 3.10.7.4)."},
	{EXACT, ACK, NONE, "silence: an ACK that says nothing new is not answered."},
	{WRONG, ACK, ACK,
	 "ACK: an unacceptable segment is answered with the numbers that are right (RFC 9293 "
	 "3.10.7.4)."},
	{EXACT, ACK | PSH, ACK,
	 "ACK: the data was taken for the other end's; from now on the two disagree about the "
	 "numbers."},
	{WRONG, ACK | PSH, ACK,
	 "ACK of what had come before: the data lies behind a gap, or is old (RFC 9293 3.10.7.4)."},
	{WRONG, ACK, NONE,
	 "silence: an ACK anywhere in the window is acceptable, and this one says nothing new; or "
	 "Linux has sent an ACK of this kind within half a second."},
	{WRONG, ANY, NONE,
	 "silence: not acceptable, and within half a second Linux sends one such ACK only."},
	{EXACT, ANY, RST, "RST: that ended the connection."},
	{EXACT, ANY, RST | ACK, "RST,ACK: that ended the connection."},
};

static bool fits(uint16_t want, uint16_t flags)
{
	return want == ANY || want == flags;
}

const char *answer_explain(const struct answer *a)
{
	uint16_t mask = a->connected ? KIND | PSH : KIND;
	uint16_t sent = a->sent.flags & mask;
	uint16_t got = a->came ? a->got.flags & KIND : NONE;
	enum where where = a->bad_sum ? BAD_SUM : !a->connected ? NOWHERE : a->off ? WRONG : EXACT;
	for (unsigned i = 0; i < sizeof rows / sizeof *rows; i++)
		if (rows[i].where == where && fits(rows[i].sent, sent) && fits(rows[i].got, got))
			return rows[i].text;
	return a->came ? "an answer that no rule here explains: see the ladder." : "silence.";
}
