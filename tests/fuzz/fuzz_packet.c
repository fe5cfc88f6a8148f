/* SPDX-License-Identifier: MIT */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/decode/options.h"
#include "analysis/decode/packet.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* abort, not assert: it must not depend on NDEBUG. */
static void insist(bool ok)
{
	if (!ok)
		abort();
}

static void insist_within(struct bytes b, const struct frame *f)
{
	insist(!b.len || (b.at >= f->at && b.at + b.len <= f->at + f->captured));
}

static void check_packet(const struct frame *f, const struct packet *p)
{
	uint8_t family = p->src.address.family;

	insist(p->time == f->time && p->frame == f->number);
	insist(p->kind <= PACKET_ICMP && (family == 4 || family == 6));
	insist(family == p->dst.address.family);
	insist_within(p->options, f);
	insist_within(p->payload, f);
	insist(p->options.len <= TCP_OPTIONS_MAX && p->payload.len <= p->seg.len);
	insist(p->snapped || p->payload.len == p->seg.len);
	insist(p->seg.len <= 1 << 30 && p->seg.flags <= 0x1ff && p->seg.wnd <= 0xffff);
	insist(p->kind == PACKET_TCP || !p->options.len);
	insist(p->kind == PACKET_ICMP || !p->quoted);
	insist(!p->quoted || p->quoted_src.address.family == p->quoted_dst.address.family);
	insist(tcp_options_parse(p->options).sacks <= SACK_BLOCKS);
}

/* The first octet chooses the link type, the next two say how many octets the snap length cut. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const int linktypes[] = {1, 113, 276, 0, 108, 101, 12, 14, 228, 229, 9, 51, 105};
	struct packet p, before;

	if (size < 3)
		return 0;
	struct frame f = {.at = data + 3, .captured = (uint32_t)size - 3, .time = 5, .number = 7};
	f.linktype = linktypes[data[0] % (sizeof linktypes / sizeof *linktypes)];
	f.verify = data[0] & 0x80;
	f.length = f.captured + ((uint32_t)data[1] << 24 | data[2]);
	memset(&p, 0xa5, sizeof p);
	memset(&before, 0xa5, sizeof before);
	enum parse_status status = packet_parse(&f, &p);
	insist(status < PARSE_STATUSES && parse_status_text(status));
	if (status == PARSE_OK)
		check_packet(&f, &p);
	else
		insist(memcmp((void *)&p, (void *)&before, sizeof p) == 0); /* padding too */
	return 0;
}
