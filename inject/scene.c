/* SPDX-License-Identifier: MIT */
#include "inject/scene.h"

#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "capture/clock.h"
#include "capture/talk.h"
#include "inject/scene_parts.h"

enum { BATCH = 256 };

bool scene_fail(struct scene *s, const char *format, ...)
{
	va_list ap;
	s->ended = true;
	if (*s->why)
		return false; /* the first reason is the true one */
	va_start(ap, format);
	vsnprintf(s->why, sizeof s->why, format, ap);
	va_end(ap);
	return false;
}

void scene_flush(struct scene *s)
{
	char name[PRINTABLE_TEXT];
	if (s->record && !record_flush(s->record)) {
		scene_fail(s, "cannot write %s: %s\n%s", talk_savefile(s->wish.savefile, name),
			   strerror(errno), talk_cure(errno));
		record_mend(s->record);
	}
	if (fflush(s->out) == 0 || s->ended)
		return;
	s->unheard = errno == EPIPE;
	scene_fail(s, "cannot write standard output: %s\nSend it somewhere else.", strerror(errno));
}

void scene_draw(struct scene *s, const struct frame *f, bool crafted)
{
	struct frame whole = *f;
	struct decoded d;
	whole.verify = true; /* what we craft may have a wrong sum */
	d.status = packet_parse(&whole, &d.packet);
	bool tcp = d.status == PARSE_OK && d.packet.kind == PACKET_TCP;
	if (tcp && ours_take(&s->questions, &d.packet))
		return;
	if (s->record)
		record_put(s->record, f);
	if (s->wish.guest.frame)
		s->wish.guest.frame(s->wish.guest.to, f);
	d.packet.crafted = crafted || (tcp && ours_take(&s->ours, &d.packet));
	d.packet.forged = tcp && d.packet.crafted && !ours_plays(&s->ours, &d.packet.src);
	flow_decoded(&s->flow, &d);
	if (!tcp || d.packet.crafted)
		return;
	s->broken |= ours_is_broken(&s->ours, &d.packet);
	inbox_put(&s->inbox, &d.packet);
}

static void take_frames_of(struct scene *s, struct live *live, const char *interface)
{
	enum live_status status = LIVE_NOTHING;
	struct frame f;
	for (int n = 0; live && n < BATCH && (status = live_next(live, &f)) == LIVE_FRAME; n++)
		scene_draw(s, &f, false);
	if (status == LIVE_GONE)
		scene_fail(s, "%s: capturing stopped: %s\nBring it up again.", interface,
			   live_error(live));
}

/* What has been captured and not yet looked at. */
static void take_frames(struct scene *s)
{
	take_frames_of(s, s->live, "lo");
	take_frames_of(s, s->also, s->wish.also);
	scene_flush(s);
}

static void take_signal(struct scene *s)
{
	struct signalfd_siginfo info;
	if (read(s->signals, &info, sizeof info) != sizeof info)
		return;
	s->outlet.hurry = s->stopped = s->ended = true;
}

bool scene_check(struct scene *s)
{
	take_signal(s);
	return !s->ended;
}

/* Wait for something to happen, at most until then; with `enter` also for standard input. Returns
 * whether that can be read. */
static bool await(struct scene *s, int64_t until, bool enter)
{
	struct pollfd fds[] = {
		{.fd = s->live ? live_fd(s->live) : -1, .events = POLLIN},
		{.fd = s->signals, .events = POLLIN},
		{.fd = STDOUT_FILENO}, /* POLLERR when its reader is gone */
		{.fd = s->server ? kernel_server_fd(s->server) : -1, .events = POLLIN},
		{.fd = enter ? STDIN_FILENO : -1, .events = POLLIN},
		{.fd = hearing_fd(&s->hearing), .events = POLLIN},
		{.fd = s->also ? live_fd(s->also) : -1, .events = POLLIN},
	};
	int64_t ns = until - clock_ns(CLOCK_MONOTONIC);
	ns = ns < 0 ? 0 : ns;
	struct timespec t = {ns / 1000000000, ns % 1000000000};
	ppoll(fds, sizeof fds / sizeof *fds, until == INT64_MAX ? NULL : &t, NULL);
	if (fds[1].revents)
		take_signal(s);
	if (fds[2].revents & (POLLERR | POLLHUP)) {
		s->unheard = true;
		scene_fail(s, "nobody reads standard output");
	}
	if (fds[3].revents)
		kernel_server_turn(s->server);
	int64_t began = clock_ns(CLOCK_REALTIME);
	take_frames(s);
	if (s->live)
		hearing_missed(&s->hearing, live_dropped(s->live));
	hearing_turn(&s->hearing, began);
	if (s->wish.guest.turn)
		s->wish.guest.turn(s->wish.guest.to);
	return fds[4].revents;
}

enum heard scene_hear(struct scene *s, int64_t until, const struct endpoint *dst,
		      const struct endpoint *src, struct packet *p)
{
	for (bool late = false;; late = clock_ns(CLOCK_MONOTONIC) >= until) {
		if (s->ended)
			return HEARD_END;
		if (inbox_take(&s->inbox, dst, src, p))
			return HEARD_SEGMENT;
		if (late || !s->live) /* in a dry run what does not come at once never does */
			return HEARD_NOTHING;
		await(s, until, false);
	}
}

bool scene_pause(struct scene *s, int64_t until)
{
	while (!s->ended && clock_ns(CLOCK_MONOTONIC) < until)
		await(s, until, false);
	return !s->ended;
}

/* Octet by octet: what stands behind the line is for whoever reads next. What is shown meanwhile
 * waits in the inbox. */
enum line_end scene_read_line(struct scene *s, char *line, size_t room)
{
	size_t len = 0;
	char c;
	while (!s->ended) {
		if (!await(s, INT64_MAX, true))
			continue;
		if (read(STDIN_FILENO, &c, 1) != 1)
			return LINE_MISSING;
		if (c != '\n' && len + 1 < room)
			line[len++] = c;
		line[len] = 0;
		if (c == '\n')
			return LINE_READ;
	}
	return LINE_STOPPED;
}

static bool await_enter(struct scene *s)
{
	char line[256];
	fputs("  Enter sends it ", stderr);
	switch (scene_read_line(s, line, sizeof line)) {
	case LINE_READ:
		return true;
	case LINE_MISSING:
		fputc('\n', stderr);
		return scene_fail(s, "standard input ended: nobody says Enter\n"
				     "Leave out --step to go on by itself.");
	default:
		return false;
	}
}

/* Say why, and wait for Enter if so wished. */
static bool announce(struct scene *s, const char *reason)
{
	take_frames(s);
	if (s->ended)
		return false;
	if (reason && !s->wish.look.quiet)
		fprintf(stderr, "> %s\n", reason);
	return !s->wish.step || await_enter(s);
}

static bool send_marked(struct scene *s, const struct packet *p, struct ours *mark)
{
	char why[WHY_TEXT];
	ours_sent(mark, p);
	s->sent++;
	return wire_send(s->wire, p, why) || scene_fail(s, "%s", why);
}

bool scene_send(struct scene *s, const struct packet *p, const char *reason)
{
	if (!announce(s, reason))
		return false;
	return s->wish.dry ? scene_pretend(s, p) : send_marked(s, p, &s->ours);
}

bool scene_ask(struct scene *s, const struct packet *p, const char *reason)
{
	return announce(s, reason) && send_marked(s, p, &s->questions);
}

static bool is_level(const struct scene *s)
{
	return live_level(s->live) && (!s->also || live_level(s->also));
}

/* What has passed shall be seen before we go, but for what got lost in the capture. */
void scene_drain(struct scene *s)
{
	int64_t until = clock_ns(CLOCK_MONOTONIC) + 200000000;
	while (s->live && (s->ours.count || !is_level(s)) && clock_ns(CLOCK_MONOTONIC) < until &&
	       !s->unheard) {
		struct pollfd fd = {.fd = live_fd(s->live), .events = POLLIN};
		poll(&fd, 1, 10);
		take_frames(s);
	}
	until = clock_ns(CLOCK_REALTIME);
	take_frames(s);
	hearing_stop(&s->hearing, until);
	hearing_wait(&s->hearing);
}
