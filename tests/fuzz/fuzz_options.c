/* SPDX-License-Identifier: MIT */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "analysis/decode/options.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void insist(bool ok)
{
	if (!ok)
		abort();
}

/* A list of NOPs before it changes nothing; an END before it leaves nothing. */
static void check_alignment(const uint8_t *data, size_t size, const struct tcp_options *o)
{
	uint8_t padded[1 + TCP_OPTIONS_MAX] = {1};

	for (size_t i = 0; i < size; i++)
		padded[1 + i] = data[i];
	struct tcp_options again = tcp_options_parse((struct bytes){padded, size + 1});
	insist(again.malformed == o->malformed && again.unknown == o->unknown);
	insist(again.mss == o->mss && again.scale == o->scale && again.sacks == o->sacks);
	insist(again.ts_val == o->ts_val && again.cookie.len == o->cookie.len);
	padded[0] = 0;
	struct tcp_options none = tcp_options_parse((struct bytes){padded, size + 1});
	insist(!none.malformed && !none.unknown && !none.has_mss && !none.has_timestamps);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size > TCP_OPTIONS_MAX)
		return 0;
	struct tcp_options o = tcp_options_parse((struct bytes){data, size});

	insist(o.sacks <= SACK_BLOCKS && o.unknown <= TCP_OPTIONS_MAX / 2);
	insist(!o.cookie.len || o.has_fast_open);
	insist(!o.cookie.len || (o.cookie.at >= data && o.cookie.at + o.cookie.len <= data + size));
	insist(o.has_fast_open || !o.fast_open_experimental);
	insist(o.has_mss || !o.mss);
	insist(o.has_mptcp || !o.mptcp_reason);
	check_alignment(data, size, &o);
	return 0;
}
