/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_SCENE_PARTS_H
#define SYNFIN_SCENE_PARTS_H

#include "inject/scene.h"

/* What the files of the scene know of each other. */

/* Draw and keep a frame; what somebody else has sent goes to the inbox. */
void scene_draw(struct scene *s, const struct frame *f, bool crafted);

/* In a dry run: what would be sent is drawn, and the stand-in answers. */
bool scene_pretend(struct scene *s, const struct packet *p);

/* Draw what is still on its way. */
void scene_drain(struct scene *s);

#endif
