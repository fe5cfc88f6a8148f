/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <sys/socket.h>

#include <cmocka.h>

#include "capture/puppet.h"
#include "tests/unit/rows.h"

enum { PATIENCE_MS = 10000, PLOT_TEXT = 512 };

static const struct endpoint loopback[] = {
	{.address = {.octet = {127, 0, 0, 1}, .family = 4}},
	{.address = {.octet = {[15] = 1}, .family = 6}},
};

static const struct bytes hello = {(const uint8_t *)"hello", 5};

struct scene {
	struct puppet listener, client, server, other;
	struct endpoint at, from, any; /* of the server, of the client; a free port */
	struct puppet *p;              /* whose move it is */
	const char *row;
};

static void until(struct puppet p, short events)
{
	struct pollfd f = {.fd = p.fd, .events = events};
	assert_int_equal(poll(&f, 1, PATIENCE_MS), 1);
}

static void open_at(const struct endpoint *at, struct puppet *p, struct endpoint *got)
{
	assert_int_equal(puppet_open(p, at, true), 0);
	assert_int_equal(puppet_local(*p, got), 0);
	assert_memory_equal(&got->address, &at->address, sizeof at->address);
}

static struct scene scene_open(const char *row, const struct endpoint *any)
{
	struct scene s = {.server = NO_PUPPET, .other = NO_PUPPET, .any = *any, .row = row};
	open_at(any, &s.listener, &s.at);
	open_at(any, &s.client, &s.from);
	assert_int_equal(puppet_listen(s.listener, 4), 0);
	assert_int_equal(puppet_accept(s.listener, &s.server), -EAGAIN);
	return s;
}

static void move_abort(struct scene *s)
{
	assert_int_equal(puppet_abort(s->p), 0);
}

static void scene_close(struct scene *s)
{
	struct puppet *all[] = {&s->client, &s->server, &s->other, &s->listener};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (all[i]->fd >= 0)
			assert_int_equal(puppet_abort(all[i]), 0);
}

static void move_call(struct scene *s)
{
	assert_int_equal(puppet_connect(*s->p, &s->at), -EINPROGRESS);
}

static void move_accept(struct scene *s)
{
	until(s->listener, POLLIN);
	assert_int_equal(puppet_accept(s->listener, s->p), 0);
}

static void move_tell(struct scene *s)
{
	struct puppet to = s->p == &s->client ? s->server : s->client;
	char heard[16] = "";
	assert_int_equal(puppet_say(*s->p, hello), 5);
	until(to, POLLIN);
	assert_int_equal(puppet_hear(to, heard, 8), 5);
	assert_string_equal(heard, "hello");
	assert_int_equal(puppet_hear(to, heard, sizeof heard), -EAGAIN);
}

static void move_shut(struct scene *s)
{
	assert_int_equal(puppet_shutdown(*s->p), 0);
	assert_int_equal(puppet_say(*s->p, hello), -EPIPE);
}

static void move_close(struct scene *s)
{
	assert_int_equal(puppet_close(s->p), 0);
}

/* What is said next, and the FIN, will have to wait. */
static void move_fill(struct scene *s)
{
	static const uint8_t much[65536];
	while (puppet_say(*s->p, (struct bytes){much, sizeof much}) > 0)
		;
	assert_int_equal(puppet_say(*s->p, hello), -EAGAIN);
}

static void move_drain(struct scene *s)
{
	static uint8_t room[65536];
	ssize_t n = 1;
	while (n > 0 || n == -EAGAIN) {
		until(*s->p, POLLIN);
		n = puppet_hear(*s->p, room, sizeof room);
	}
	assert_int_equal(n, 0);
}

static void move_hear_reset(struct scene *s)
{
	char c;
	until(*s->p, POLLIN);
	assert_int_equal(puppet_hear(*s->p, &c, 1), -ECONNRESET);
}

static void move_be_refused(struct scene *s)
{
	until(*s->p, POLLOUT);
	assert_int_equal(puppet_error(*s->p), -ECONNREFUSED);
	assert_int_equal(puppet_error(*s->p), 0);
}

/* The third ACK is put off: there is a request, and no socket yet. */
static void move_defer(struct scene *s)
{
	assert_int_equal(puppet_option(*s->p, "defer-accept", 5), 0);
}

/* A queue of none has one place; once that is taken, a SYN is dropped. */
static void move_be_full(struct scene *s)
{
	struct endpoint from;
	assert_int_equal(puppet_listen(*s->p, 0), 0);
	open_at(&s->any, &s->other, &from);
	assert_int_equal(puppet_connect(s->other, &s->at), -EINPROGRESS);
	until(s->other, POLLOUT);
}

static void move_call_fast(struct scene *s)
{
	if (puppet_fast_open_say(*s->p, &s->at, hello) == -EOPNOTSUPP)
		move_call(s);
}

static void move_share_ports(struct scene *s)
{
	struct endpoint all = {.address.family = 6};
	int only = 0;
	assert_int_equal(puppet_open(&s->other, &all, true), 0);
	getsockopt(s->other.fd, IPPROTO_IPV6, IPV6_V6ONLY, &only, &(socklen_t){sizeof only});
	assert_true(only && puppet_close(&s->other) == 0);
	assert_int_equal(puppet_open(&s->other, &s->from, false), -EADDRINUSE);
	assert_int_equal(puppet_open(&s->other, &s->from, true), 0);
}

/* The kernel may take some milliseconds to send an ACK, and no event tells of that. */
static void expect_state(struct scene *s, char who, const char *wanted)
{
	const struct endpoint *local = who == 'c' ? &s->from : &s->at;
	const struct endpoint *remote = who == 'l' ? NULL : who == 'c' ? &s->at : &s->from;
	struct puppet p = who == 'c' ? s->client : who == 'l' ? s->listener : s->server;
	const char *got = "";
	for (int ms = 0; ms < PATIENCE_MS && strcmp(got, wanted) != 0; ms += 1 + poll(NULL, 0, 1))
		got = state_name(puppet_state_of(local, remote));
	expect_text(s->row, "state by tuple", got, wanted);
	if (p.fd >= 0 && strcmp(got, "TIME-WAIT") != 0)
		expect_text(s->row, "state", state_name(puppet_state(p)), wanted);
}

static const struct {
	const char *name;
	void (*move)(struct scene *s);
} moves[] = {{"abort", move_abort},        {"accept", move_accept},    {"call", move_call},
	     {"close", move_close},        {"defer", move_defer},      {"drain", move_drain},
	     {"fast", move_call_fast},     {"fill", move_fill},        {"full", move_be_full},
	     {"refused", move_be_refused}, {"reset", move_hear_reset}, {"share", move_share_ports},
	     {"shut", move_shut},          {"tell", move_tell}};
enum { MOVES = sizeof moves / sizeof *moves };

static void move(struct scene *s, char who, const char *name)
{
	size_t i = 0;
	while (i < MOVES && strcmp(moves[i].name, name) != 0)
		i++;
	if (i == MOVES)
		fail_msg("%s: there is no move %s", s->row, name);
	s->p = who == 'c' ? &s->client : who == 'l' ? &s->listener : &s->server;
	moves[i].move(s);
}

/* Of client, server, listener: what it does, or = what it then is. */
static const struct {
	const char *name, plot[PLOT_TEXT];
} plots[] = {
	{"talk", "c:call s:accept c:tell s:tell c:shut s:drain s:tell"},
	{"close",
	 "c:call s:accept c=ESTABLISHED s=ESTABLISHED l=LISTEN c:shut c=FIN-WAIT-2 "
	 "s=CLOSE-WAIT c:close c=FIN-WAIT-2 s:close c=TIME-WAIT s=CLOSED l:close l=CLOSED"},
	{"close by the server", "c:call s:accept s:shut s=FIN-WAIT-2 c=CLOSE-WAIT c:fill c:shut "
				"c=LAST-ACK s:drain c=CLOSED s=TIME-WAIT"},
	{"simultaneous close", "c:call s:accept c:fill s:fill c:shut s:shut c=FIN-WAIT-1 "
			       "s=FIN-WAIT-1 c:drain c=CLOSING s:drain c=TIME-WAIT s=TIME-WAIT"},
	{"abort", "c:call s:accept c:abort s:reset c=CLOSED s=CLOSED l=LISTEN"},
	{"request", "c=CLOSED l:defer c:call c=ESTABLISHED s=SYN-RECEIVED l=LISTEN"},
	{"no answer", "l:full c:call c=SYN-SENT s=CLOSED"},
	{"refusal", "l:close c:call c:refused c=CLOSED"},
	{"Fast Open", "c:fast s:accept s:tell c=ESTABLISHED s=ESTABLISHED"},
	{"ports are shared by wish", "c:share"},
};

static void plots_go_as_written(void **state)
{
	(void)state;
	for (size_t i = 0; i < 2 * sizeof plots / sizeof *plots; i++) {
		struct scene s = scene_open(plots[i / 2].name, &loopback[i % 2]);
		char text[PLOT_TEXT], *rest = text, *word;
		memcpy(text, plots[i / 2].plot, sizeof text);
		while ((word = strsep(&rest, " ")))
			(word[1] == '=' ? expect_state : move)(&s, word[0], word + 2);
		scene_close(&s);
	}
}

static void results_are_printed(void **state)
{
	char text[PUPPET_TEXT], why[WHY_TEXT];
	(void)state;
	assert_string_equal(puppet_print(1460, text), "1460");
	assert_string_equal(puppet_print(-EPIPE, text), "-1 EPIPE (Broken pipe)");
	puppet_explain(-EACCES, &loopback[0], why);
	assert_non_null(strstr(why, "cannot have 127.0.0.1:0: Permission denied\nPorts below"));
	assert_int_equal(puppet_state(NO_PUPPET), UNKNOWN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plots_go_as_written),
		cmocka_unit_test(results_are_printed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
