/* SPDX-License-Identifier: MIT */
#include "inject/inbox.h"

#include <stdlib.h>
#include <string.h>

static struct bytes copy(uint8_t *to, struct bytes from)
{
	if (from.len)
		memcpy(to, from.at, from.len);
	return (struct bytes){to, from.len};
}

bool inbox_put(struct inbox *b, const struct packet *p)
{
	uint8_t *octets = malloc(p->options.len + p->payload.len + 1);
	if (!octets || b->count == INBOX_ROOM) {
		free(octets);
		return false;
	}
	struct letter *l = &b->letter[b->count++];
	*l = (struct letter){*p, octets};
	l->packet.options = copy(octets, p->options);
	l->packet.payload = copy(octets + p->options.len, p->payload);
	return true;
}

static bool is_for(const struct packet *p, const struct endpoint *dst, const struct endpoint *src)
{
	return (!dst || endpoint_eq(&p->dst, dst)) && (!src || endpoint_eq(&p->src, src));
}

bool inbox_take(struct inbox *b, const struct endpoint *dst, const struct endpoint *src,
		struct packet *p)
{
	unsigned i = 0;
	while (i < b->count && !is_for(&b->letter[i].packet, dst, src))
		i++;
	if (i == b->count)
		return false;
	free(b->heard);
	b->heard = b->letter[i].octets;
	*p = b->letter[i].packet;
	b->count--;
	memmove(&b->letter[i], &b->letter[i + 1], (b->count - i) * sizeof b->letter[0]);
	return true;
}

void inbox_free(struct inbox *b)
{
	struct packet p;
	while (inbox_take(b, NULL, NULL, &p))
		;
	free(b->heard);
	b->heard = NULL;
}
