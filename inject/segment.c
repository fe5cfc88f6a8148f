/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "analysis/views/number.h"
#include "capture/clock.h"
#include "inject/acts.h"
#include "inject/answer.h"
#include "inject/tell.h"

/* An answer comes within microseconds; a listener's SYN,ACK would come again after a second. */
enum { ANSWER_MS = 300, LINE_ROOM = 200 };

static struct packet make(const struct play *p, const struct order *o, const struct endpoint *to)
{
	uint16_t flags = order_has(o, KEY_FLAGS) ? o->set.flags : o->act->flags;
	bool says = o->act->flags & PSH || order_has(o, KEY_DATA);
	struct packet packet = {
		.src = p->tcp.local,
		.dst = *to,
		.seg = {.seq = p->tcp.iss, .flags = flags, .wnd = p->tcp.wnd},
		.sum = o->set.bad_sum ? SUM_BAD : SUM_UNKNOWN,
	};
	if (o->look.has_number)
		packet.seg.seq.n = o->look.number;
	if (flags & ACK || order_has(o, KEY_ACK))
		packet.seg.ack = random_isn();
	if (order_has(o, KEY_ACK))
		packet.seg.ack.n = o->set.ack;
	if (flags & SYN || order_has(o, KEY_OPT))
		packet.options = (struct bytes){p->tcp.option, p->tcp.options};
	if (says) {
		packet.payload = (struct bytes){o->set.data, o->set.data_len};
		packet.seg.len = (uint32_t)o->set.data_len;
	}
	return packet;
}

static void print_reason(const struct packet *p, char text[static LINE_ROOM])
{
	char flags[FLAGS_TEXT], ack[32] = "";
	if (p->seg.flags & ACK)
		snprintf(ack, sizeof ack, " ack=%u", p->seg.ack.n);
	snprintf(text, LINE_ROOM, "%s seq=%u%s len=%u, on its own",
		 flags_print(p->seg.flags, flags), p->seg.seq.n, ack, p->seg.len);
}

static int play(struct play *p, const struct order *o, const struct endpoint *to)
{
	char reason[LINE_ROOM];
	struct packet packet = make(p, o, to), got;
	struct answer a = {.sent = packet.seg, .bad_sum = o->set.bad_sum};
	int64_t until;
	print_reason(&packet, reason);
	if (!scene_send(p->scene, &packet, reason))
		return EXIT_FAILED;
	if (o->dry)
		return EXIT_DONE;
	until = in_ms(ANSWER_MS);
	while (!a.came && scene_hear(p->scene, until, NULL, NULL, &got) == HEARD_SEGMENT)
		if (endpoint_eq(&got.dst, &p->tcp.local)) {
			a.came = true;
			a.got = got.seg;
		}
	if (p->scene->ended)
		return EXIT_FAILED;
	scene_flush(p->scene);
	tell_verdict(answer_explain(&a));
	bool asked = packet.seg.flags == SYN && !a.bad_sum;
	return asked && !a.came ? EXIT_FAILED : EXIT_DONE;
}

int act_segment(struct order *o)
{
	return act_play(o, play);
}
