/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_ORDER_KEY_H
#define SYNFIN_ORDER_KEY_H

#include <stdint.h>

/* The long options of `synfin inject`, as argp knows them. */
enum order_key {
	KEY_FIRST = 0x200,
	KEY_SPORT = KEY_FIRST,
	KEY_ISN,
	KEY_ACK,
	KEY_FLAGS,
	KEY_DATA,
	KEY_WIN,
	KEY_OPT,
	KEY_BAD_SUM,
	KEY_OFF,
	KEY_CLOSE,
	KEY_STEP,
	KEY_DRY_RUN,
	KEY_NETNS,
	KEY_WITH,
	KEY_NO_SHIELD,
	KEY_CONNS,
	KEY_SECONDS,
	KEY_WITNESS,
	KEY_LAST,
};

/* Its bit in order.given. */
static inline uint32_t key_bit(enum order_key k)
{
	return UINT32_C(1) << (k - KEY_FIRST);
}

#endif
