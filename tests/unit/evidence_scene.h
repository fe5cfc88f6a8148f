/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_TESTS_EVIDENCE_SCENE_H
#define SYNFIN_TESTS_EVIDENCE_SCENE_H

#include "labs/grade.h"

/* Add a segment between 127.0.0.1:port, who opens, and 127.0.0.1:8080; milliseconds since 1970. */
struct scene_segment {
	uint16_t port;
	bool back; /* from 8080 */
	uint32_t seq, ack;
	uint8_t flags; /* of the header: FIN 1, SYN 2, RST 4, PSH 8, ACK 16 */
	uint8_t len;
	uint32_t ms;
};
void scene_add(struct evidence *e, const struct scene_segment *s);

/* A handshake with x = 1000 and y = 5000, five octets, and no more. */
void scene_handshake(struct evidence *e, uint16_t port);

/* An exercise whose script is that text; its pages are empty. */
struct exercise scene_exercise(const char *script);

#endif
