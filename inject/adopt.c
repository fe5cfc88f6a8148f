/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "capture/clock.h"
#include "capture/puppet.h"
#include "inject/acts.h"

enum { STEP_MS = 20, PATIENCE_MS = 3000 };

static bool set(int fd, int option, int value)
{
	return setsockopt(fd, IPPROTO_TCP, option, &value, sizeof value) == 0;
}

static bool set_queue(int fd, int queue, struct seq next)
{
	return set(fd, TCP_REPAIR_QUEUE, queue) && set(fd, TCP_QUEUE_SEQ, (int)next.n);
}

/* tcp(7) does not tell of it: in repair mode connect() sends nothing and is done at once. */
static bool repair(struct puppet p, const struct tcp *t)
{
	struct tcp_repair_opt mss = {.opt_code = 2, .opt_val = t->mss};
	return set(p.fd, TCP_REPAIR, TCP_REPAIR_ON) &&
	       set_queue(p.fd, TCP_SEND_QUEUE, t->tcb.snd.nxt) &&
	       set_queue(p.fd, TCP_RECV_QUEUE, t->tcb.rcv.nxt) &&
	       puppet_connect(p, &t->remote) == 0 &&
	       setsockopt(p.fd, IPPROTO_TCP, TCP_REPAIR_OPTIONS, &mss, sizeof mss) == 0;
}

static bool set_window(struct puppet p, const struct tcp *t)
{
	struct tcp_repair_window w = {
		.snd_wl1 = t->tcb.rcv.nxt.n,
		.snd_wnd = t->tcb.snd.wnd,
		.max_window = t->tcb.snd.max_wnd,
		.rcv_wnd = t->wnd,
		.rcv_wup = t->tcb.rcv.nxt.n,
	};
	return setsockopt(p.fd, IPPROTO_TCP, TCP_REPAIR_WINDOW, &w, sizeof w) == 0 &&
	       set(p.fd, TCP_REPAIR, TCP_REPAIR_OFF_NO_WP);
}

/* The shield goes first: two sockets cannot have the port. */
static bool hand_over(struct play *p, struct puppet *puppet)
{
	shield_lower(&p->shield);
	p->shield.fd = -1;
	int gave = puppet_open(puppet, &p->tcp.local, true);
	if (gave == 0 && repair(*puppet, &p->tcp) && set_window(*puppet, &p->tcp))
		return true;
	return scene_fail(p->scene,
			  "the kernel does not adopt the connection: %s\n"
			  "It takes CAP_NET_ADMIN in the namespace, and a kernel with "
			  "TCP_REPAIR (CONFIG_CHECKPOINT_RESTORE).",
			  strerror(gave < 0 ? -gave : errno));
}

/* What the kernel's segments are drawn as while we wait for them. */
static bool watch(struct scene *s)
{
	struct packet p;
	int64_t until = in_ms(STEP_MS);
	enum heard h;
	while ((h = scene_hear(s, until, NULL, NULL, &p)) == HEARD_SEGMENT)
		;
	return h != HEARD_END;
}

static void say_call(const struct scene *s, const char *call, ssize_t gave)
{
	char text[PUPPET_TEXT];
	if (!s->wish.look.quiet)
		fprintf(stderr, "> %s = %s\n", call, puppet_print(gave, text));
}

/* Until so many octets have come, or the end; returns how many did. */
static size_t hear(struct scene *s, struct puppet puppet, size_t octets)
{
	int64_t until = in_ms(PATIENCE_MS);
	size_t heard = 0;
	ssize_t n = -EAGAIN;
	char room[DATA_ROOM];
	while (n != 0 && (!octets || heard < octets) && clock_ns(CLOCK_MONOTONIC) < until &&
	       watch(s)) {
		n = puppet_hear(puppet, room, sizeof room);
		heard += n > 0 ? (size_t)n : 0;
		if (n < 0 && n != -EAGAIN)
			break;
	}
	bool failed = n < 0 && n != -EAGAIN;
	say_call(s, octets ? "recv()" : "recv() to the end", failed ? n : (ssize_t)heard);
	if (failed)
		scene_fail(s, "the adopted connection failed: %s\nThe ladder shows why.",
			   strerror((int)-n));
	return heard;
}

static int use(struct play *p, struct puppet puppet, const struct order *o)
{
	struct scene *s = p->scene;
	ssize_t said = puppet_say(puppet, (struct bytes){o->set.data, o->set.data_len});
	say_call(s, "send()", said);
	bool answers = o->with.service == SERVICE_ECHO || o->with.service == SERVICE_LINGER;
	bool good = said == (ssize_t)o->set.data_len &&
		    (!answers || hear(s, puppet, (size_t)said) == (size_t)said);
	say_call(s, "shutdown()", puppet_shutdown(puppet));
	hear(s, puppet, 0);
	for (int i = 0; i < PATIENCE_MS / STEP_MS && watch(s); i++)
		if (puppet_state(puppet) == CLOSED)
			break;
	return good && puppet_state(puppet) == CLOSED ? EXIT_DONE : EXIT_FAILED;
}

static int play(struct play *p, const struct order *o, const struct endpoint *to)
{
	struct puppet puppet = NO_PUPPET;
	tcp_connect(&p->tcp, to);
	if (!play_until(p, state_bit(ESTABLISHED), PATIENCE_MS)) {
		scene_fail(p->scene, "the handshake was not answered");
		return EXIT_FAILED;
	}
	int code = hand_over(p, &puppet) ? use(p, puppet, o) : EXIT_FAILED;
	if (code != EXIT_DONE && !p->scene->ended)
		scene_fail(p->scene, "the adopted connection did not go to its end");
	if (puppet.fd >= 0)
		puppet_close(&puppet);
	return code;
}

int act_adopt(struct order *o)
{
	if (!o->netns)
		return act_refuse("a connection is adopted in a namespace of its own only: that "
				  "takes CAP_NET_ADMIN\nAdd --netns.");
	return act_play(o, play);
}
