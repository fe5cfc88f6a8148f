/* SPDX-License-Identifier: MIT */
#include "inject/acts.h"

#include <stdio.h>

#include "capture/sandbox.h"

enum { MOST_PACKETS = 1000, MOST_PER_SECOND = 500 };

int act_refuse(const char *why)
{
	fprintf(stderr, "synfin: %s\n", why);
	return EXIT_FAILED;
}

bool act_isolate(const struct order *o, char why[static WHY_TEXT])
{
	char what[WHY_TEXT / 2];
	if (!o->netns || o->inside || o->dry || sandbox_enter(what, sizeof what))
		return true;
	snprintf(why, WHY_TEXT,
		 "%s: are user namespaces forbidden (sysctl user.max_user_namespaces)?\n"
		 "%s   # root needs none",
		 what, o->as_root);
	return false;
}

struct scene_wish act_wish(const struct order *o)
{
	return (struct scene_wish){
		.look = o->look,
		.savefile = o->savefile,
		.as_root = o->as_root,
		.step = o->step,
		.admin = o->netns && o->act->admin,
		.dry = o->dry,
		.alone = o->act->flags,
		.mute = o->taken,
		.standin = {random_isn(), o->close == CLOSE_CROSSING, o->close == CLOSE_THREE_WAY},
		.budget = {MOST_PACKETS, MOST_PER_SECOND},
	};
}

/* The kernel's route to an address of this host starts at that address. */
static struct endpoint our_end(const struct order *o, const struct endpoint *to)
{
	return (struct endpoint){to->address, order_has(o, KEY_SPORT) ? o->set.sport : 0};
}

static bool set_up(struct play *p, struct scene *s, const struct order *o, struct endpoint *to)
{
	char *why = s->why;
	struct scene_wish wish = act_wish(o);
	*to = o->target;
	if (!(o->dry || o->netns || wire_reaches(&to->address, why)) || !act_isolate(o, why))
		return false;
	if (o->netns && !o->dry && !(s->server = kernel_server_open(o->with, to, why)))
		return false;
	struct endpoint at = our_end(o, to);
	if (!play_begin(p, s, o, &at, why))
		return false;
	wish.port = p->tcp.local.port;
	return scene_open(s, &wish);
}

int act_play(struct order *o,
	     int (*play)(struct play *p, const struct order *o, const struct endpoint *to))
{
	struct scene scene = {0};
	struct play p = {.shield = {-1}};
	struct endpoint to;
	int code = EXIT_FAILED;
	if (set_up(&p, &scene, o, &to))
		code = play(&p, o, &to);
	code = scene_close(&scene, code);
	play_end(&p);
	if (scene.server)
		kernel_server_close(scene.server);
	return code;
}
