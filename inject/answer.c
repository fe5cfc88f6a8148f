/* SPDX-License-Identifier: MIT */
#include "inject/answer.h"

/* The first row that fits. An answer is told by its flags, PSH aside; NONE is silence. */
enum { NONE = 0x8000, ANY = 0x4000, KIND = SYN | FIN | RST | ACK };

/* What became of it: sent to where there was no connection; or into one, where its numbers were
 * taken, some of them, or none. */
enum fate { NOWHERE, TAKEN, PARTLY, LEFT, GONE, BAD_SUM };

static const struct row {
	enum fate fate;
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
	 "its own is 0, and it acknowledges the SYN (RFC 9293 3.10.7.1)."},
	{NOWHERE, SYN, NONE,
	 "silence: something dropped the SYN, or the listener's queue is full (no RST then)."},
	{NOWHERE, SYN, ACK,
	 "ACK: there is a connection between these ends already; this challenges the SYN (RFC 5961 "
	 "4)."},
	{NOWHERE, RST, NONE,
	 "silence: a RST is never answered, or two ends could go on so for ever (RFC 9293 3.5.2)."},
	{NOWHERE, FIN, NONE,
	 "silence: a FIN without ACK means nothing to a listener (RFC 9293 3.10.7.2)."},
	{NOWHERE, 0, NONE,
	 "silence: without SYN, ACK or RST it means nothing to a listener (RFC 9293 3.10.7.2)."},
	{NOWHERE, ANY, RST,
	 "RST: there is no such connection. Its number is the ack that was sent, so that whoever "
	 "had such a connection would believe it (RFC 9293 3.10.7.1)."},
	{NOWHERE, ANY, RST | ACK,
	 "RST,ACK: there is no such connection, and nobody listens. Without an ACK there is no "
	 "number for the RST to take: 0, and an ack of all that was sent (RFC 9293 3.10.7.1)."},
	{NOWHERE, SYN | FIN, NONE,
	 "silence: SYN and FIN together are no segment of TCP's; Linux drops it."},
	{NOWHERE, ANY, NONE, "silence: something dropped it."},
	{GONE, RST, ANY,
	 "the connection is gone: the number was exactly the one expected next (RFC 5961 3.2)."},
	{LEFT, RST, ACK,
	 "a challenge ACK: the number lies in the window, but is not the one expected next. "
	 "Whoever "
	 "really wants to reset answers that with the right one (RFC 5961 3.2)."},
	{LEFT, RST, ANY, "the connection goes on: the number is not acceptable (RFC 5961 3.2)."},
	{TAKEN, FIN | ACK, ANY,
	 "the FIN is acknowledged: it was taken for the other end's, though that never sent it."},
	{LEFT, FIN | ACK, NONE,
	 "silence: the FIN moves nothing (within half a second Linux sends one such ACK only)."},
	{LEFT, FIN | ACK, ANY,
	 "the FIN is not acknowledged: it lies behind a gap, or is too old (RFC 9293 3.10.7.4)."},
	{TAKEN, ACK | PSH, ANY,
	 "the data is acknowledged: it was taken for the other end's, and from now on the two "
	 "disagree about the numbers."},
	{PARTLY, ACK | PSH, ANY,
	 "some of the data is acknowledged: the rest had come before, or found no room."},
	{LEFT, ACK | PSH, NONE,
	 "silence: the data moves nothing (within half a second Linux sends one such ACK only)."},
	{LEFT, ACK | PSH, ANY,
	 "the data is not acknowledged: it lies behind a gap, is old, or found no room (RFC 9293 "
	 "3.10.7.4)."},
	{LEFT, ACK, NONE,
	 "silence: an ACK anywhere in the window is acceptable, and this one says nothing new."},
	{LEFT, ACK, ANY,
	 "an ACK: one that is not acceptable is answered with the numbers that are right (RFC 9293 "
	 "3.10.7.4); or it was on its way already."},
	{GONE, ANY, ANY, "the connection is gone."},
};

static bool fits(uint16_t want, uint16_t flags)
{
	return want == ANY || want == flags;
}

/* How far the numbers that were sent got, by the ack that came back. */
static enum fate fate_of(const struct answer *a)
{
	struct seq end = segment_end(&a->sent);
	if (a->bad_sum)
		return BAD_SUM;
	if (!a->connected)
		return NOWHERE;
	if (a->state == CLOSED)
		return GONE;
	if (a->sent.flags & FIN && a->state >= ESTABLISHED && a->state <= FIN_WAIT_2)
		return LEFT; /* the ack may be for what the other end said meanwhile */
	if (!a->came || !segment_space(&a->sent) || seq_le(a->got.ack, a->expected))
		return LEFT;
	return seq_lt(a->got.ack, end) ? PARTLY : TAKEN;
}

const char *answer_explain(const struct answer *a)
{
	uint16_t mask = a->connected ? KIND | PSH : KIND;
	uint16_t sent = a->sent.flags & mask;
	uint16_t got = a->came ? a->got.flags & KIND : NONE;
	enum fate fate = fate_of(a);
	if (fate == NOWHERE && sent & RST)
		sent = RST;
	for (unsigned i = 0; i < sizeof rows / sizeof *rows; i++)
		if (rows[i].fate == fate && fits(rows[i].sent, sent) && fits(rows[i].got, got))
			return rows[i].text;
	return a->came ? "an answer that no rule here explains: see the ladder." : "silence.";
}
