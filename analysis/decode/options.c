/* SPDX-License-Identifier: MIT */
#include "analysis/decode/options.h"

#include <string.h>

enum {
	KIND_END = 0,
	KIND_NOP = 1,
	EXID_FAST_OPEN = 0xf989, /* RFC 7413 4.1.3; the others: IANA's TCP experiment identifiers */
	EXID_ACCECN = 0xacce,
	EXID_ACCECN_0 = 0xacc0,
	EXID_ACCECN_1 = 0xacc1,
	MP_TCPRST = 8,
};

static void take_mss(struct tcp_options *o, struct reader *r)
{
	o->has_mss = true;
	o->mss = read_be16(r);
}

static void take_scale(struct tcp_options *o, struct reader *r)
{
	o->has_scale = true;
	o->scale = read_u8(r);
}

static void take_sack_permitted(struct tcp_options *o, struct reader *r)
{
	(void)r;
	o->sack_permitted = true;
}

static void take_sack(struct tcp_options *o, struct reader *r)
{
	for (o->sacks = 0; r->left && o->sacks < SACK_BLOCKS; o->sacks++) {
		o->sack[o->sacks].left = read_be32(r);
		o->sack[o->sacks].right = read_be32(r);
	}
}

static void take_timestamps(struct tcp_options *o, struct reader *r)
{
	o->has_timestamps = true;
	o->ts_val = read_be32(r);
	o->ts_ecr = read_be32(r);
}

static void take_user_timeout(struct tcp_options *o, struct reader *r)
{
	o->has_user_timeout = true;
	o->user_timeout = read_be16(r);
}

/* RFC 8684 3: the subtype is a nibble; the reason is MP_TCPRST's last octet (3.6). */
static void take_mptcp(struct tcp_options *o, struct reader *r)
{
	o->has_mptcp = true;
	o->mptcp_subtype = read_u8(r) >> 4;
	o->mptcp_reason = o->mptcp_subtype == MP_TCPRST ? read_u8(r) : 0;
}

static void take_fast_open(struct tcp_options *o, struct reader *r)
{
	o->has_fast_open = true;
	o->cookie = read_bytes(r, r->left);
}

static void take_accecn(struct tcp_options *o, struct reader *r)
{
	(void)r;
	o->has_accecn = true;
}

/* RFC 6994: the first two octets say whose experiment it is. */
static void take_experiment(struct tcp_options *o, struct reader *r)
{
	switch (read_be16(r)) {
	case EXID_FAST_OPEN:
		o->fast_open_experimental = true;
		take_fast_open(o, r);
		break;
	case EXID_ACCECN:
	case EXID_ACCECN_0:
	case EXID_ACCECN_1:
		o->has_accecn = true;
		break;
	default:
		o->unknown++;
	}
}

/* By kind: lengths from `least` to `most`, each `step` more than the one before. */
static const struct kind {
	uint8_t least, most, step;
	void (*take)(struct tcp_options *o, struct reader *r);
} kinds[256] = {
	[2] = {4, 4, 1, take_mss},
	[3] = {3, 3, 1, take_scale},
	[4] = {2, 2, 1, take_sack_permitted},
	[5] = {10, 34, 8, take_sack},
	[8] = {10, 10, 1, take_timestamps},
	[28] = {4, 4, 1, take_user_timeout},
	[30] = {3, 40, 1, take_mptcp},
	[34] = {2, 18, 2, take_fast_open},
	[172] = {2, 11, 3, take_accecn},
	[174] = {2, 11, 3, take_accecn},
	[253] = {2, 40, 1, take_experiment},
	[254] = {2, 40, 1, take_experiment},
};

static bool length_fits(const struct kind *k, size_t length)
{
	return length >= k->least && length <= k->most && (length - k->least) % k->step == 0;
}

/* One option behind its kind; false when its length cannot be. */
static bool take_option(struct tcp_options *o, const struct kind *k, struct reader *r)
{
	size_t length = read_u8(r);

	if (length < 2)
		return false;
	struct bytes value = read_bytes(r, length - 2);
	if (r->overrun)
		return false;
	if (!k->take) {
		o->unknown++;
		return true;
	}
	if (!length_fits(k, length))
		return false;
	struct reader inner = reader_of(value.at, value.len);
	k->take(o, &inner);
	return true;
}

struct tcp_options tcp_options_parse(struct bytes b)
{
	struct tcp_options o = {0};
	struct reader r = reader_of(b.at, b.len);

	while (r.left && !o.malformed) {
		uint8_t kind = read_u8(&r);

		if (kind == KIND_END)
			break;
		if (kind != KIND_NOP)
			o.malformed = !take_option(&o, &kinds[kind], &r);
	}
	return o;
}

bool tcp_timestamp(struct bytes b, uint32_t *ts_val)
{
	static const uint8_t usual[] = {1, 1, 8, 10}; /* NOP, NOP, the option and its length */
	if (!b.len)
		return false;
	if (b.len >= 12 && memcmp(b.at, usual, sizeof usual) == 0) {
		struct reader r = reader_of(b.at + sizeof usual, 4);
		*ts_val = read_be32(&r);
		return true;
	}
	struct tcp_options o = tcp_options_parse(b);
	*ts_val = o.ts_val;
	return o.has_timestamps;
}
