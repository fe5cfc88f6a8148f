/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "analysis/printable.h"
#include "analysis/views/number.h"
#include "capture/clock.h"
#include "capture/puppet.h"
#include "capture/sockets.h"
#include "inject/acts.h"
#include "inject/answer.h"
#include "inject/tell.h"
#include "inject/words.h"

/* Linux sends one ACK of the same kind in half a second: after a question it takes a pause. */
enum { OVERHEAR_MS = 300, PAUSE_MS = 600, ANSWER_MS = 700, MOST_LISTED = 5 };

struct intrusion {
	struct scene scene;
	const struct order *order;
	struct endpoint from, to; /* for whom we speak; who hears it */
	struct seq seq, ack;      /* what `to` expects, and what it sends next */
	bool known;
};

static const struct {
	const char *name;
	uint16_t flags;
} segments[] = {{"fin", FIN | ACK}, {"rst", RST}, {"data", PSH | ACK}, {"ack", ACK}, {NULL, 0}};

static bool choose_flags(const char *word, uint16_t *flags, char why[static WHY_TEXT])
{
	char shown[PRINTABLE_TEXT];
	for (int i = 0; segments[i].name; i++)
		if (strcmp(word, segments[i].name) == 0) {
			*flags = segments[i].flags;
			return true;
		}
	snprintf(why, WHY_TEXT, "'%s' is no segment to inject\nChoose fin, rst, data or ack.",
		 printable(word, shown));
	return false;
}

/* "FROM,TO", or TO alone where only one connection ends. */
static bool read_ends(struct intrusion *n, const char *word, bool *both, char why[static WHY_TEXT])
{
	char first[ENDPOINT_TEXT];
	const char *comma = strchr(word, ',');
	*both = comma;
	if (!comma)
		return word_endpoint(word, &n->to, why);
	snprintf(first, sizeof first, "%.*s", (int)(comma - word), word);
	return word_endpoint(first, &n->from, why) && word_endpoint(comma + 1, &n->to, why);
}

static bool list(const struct ends *found, size_t count, char why[static WHY_TEXT])
{
	char to[ENDPOINT_TEXT], from[ENDPOINT_TEXT];
	int at = snprintf(why, WHY_TEXT,
			  "%zu connections end there; name both ends, FROM,TO:", count);
	for (size_t i = 0; i < count && i < MOST_LISTED; i++)
		at += snprintf(why + at, (size_t)(WHY_TEXT - at), "\n  inject into %s,%s",
			       endpoint_print(&found[i].remote, from),
			       endpoint_print(&found[i].local, to));
	return false;
}

static bool find(struct intrusion *n, const char *word, char why[static WHY_TEXT])
{
	struct ends found[MOST_LISTED];
	char to[ENDPOINT_TEXT];
	bool both;
	if (!read_ends(n, word, &both, why))
		return false;
	size_t count = sockets_at(&n->to, both ? &n->from : NULL, found, MOST_LISTED);
	if (count > 1)
		return list(found, count, why);
	if (!count) {
		snprintf(why, WHY_TEXT,
			 "no connection of this host ends at %s%s\n"
			 "ss -tn lists those that there are.",
			 endpoint_print(&n->to, to), both ? " with that other end" : "");
		return false;
	}
	n->from = found[0].remote;
	return wire_reaches(&n->from.address, why) && wire_reaches(&n->to.address, why);
}

/* What `to` said last says what it expects, and what it sends next; what it hears moves that on. */
static void learn(struct intrusion *n, const struct packet *p)
{
	bool from_it = endpoint_eq(&p->src, &n->to);
	if (p->seg.flags & (RST | SYN) || !(p->seg.flags & ACK))
		return;
	if (from_it) {
		n->known = true;
		n->seq = p->seg.ack;
		n->ack = segment_end(&p->seg);
	} else if (n->known) {
		n->seq = seq_max(n->seq, segment_end(&p->seg));
	}
}

static bool concerns(const struct intrusion *n, const struct packet *p)
{
	return (endpoint_eq(&p->src, &n->to) && endpoint_eq(&p->dst, &n->from)) ||
	       (endpoint_eq(&p->src, &n->from) && endpoint_eq(&p->dst, &n->to));
}

/* Learn from what passes until then; `enough`: stop as soon as the numbers are known. */
static bool overhear(struct intrusion *n, int64_t ms, bool enough)
{
	int64_t until = in_ms(ms);
	struct packet p;
	enum heard h = HEARD_SEGMENT;
	while (h == HEARD_SEGMENT && !(enough && n->known)) {
		h = scene_hear(&n->scene, until, NULL, NULL, &p);
		if (h == HEARD_SEGMENT && concerns(n, &p))
			learn(n, &p);
	}
	return h != HEARD_END;
}

static struct packet make(const struct intrusion *n, uint16_t flags, struct seq seq, struct seq ack)
{
	struct packet p = {
		.src = n->from,
		.dst = n->to,
		.seg = {.seq = seq, .flags = flags, .wnd = 65535},
	};
	if (flags & ACK)
		p.seg.ack = ack;
	return p;
}

/* A segment far outside its window makes an idle end say its numbers: it is answered with an ACK.
 */
static bool ask(struct intrusion *n)
{
	struct packet p = make(n, ACK, random_isn(), random_isn());
	return scene_ask(&n->scene, &p,
			 "ACK with numbers out of the air: its answer will have the right ones") &&
	       overhear(n, ANSWER_MS, true) && overhear(n, PAUSE_MS, false);
}

static bool learn_numbers(struct intrusion *n)
{
	if (!overhear(n, OVERHEAR_MS, true) || (!n->known && !ask(n)))
		return false;
	return n->known ||
	       scene_fail(&n->scene, "the connection says nothing, and does not answer a question\n"
				     "Let one of its programs send something meanwhile.");
}

/* The answers: the furthest acknowledgement of them counts, and a RST more than that. */
static bool hear_answers(struct intrusion *n, struct answer *a)
{
	int64_t until = in_ms(ANSWER_MS);
	struct packet got;
	enum heard h;
	while ((h = scene_hear(&n->scene, until, &n->from, &n->to, &got)) == HEARD_SEGMENT) {
		bool more = !a->came || got.seg.flags & RST || seq_lt(a->got.ack, got.seg.ack);
		if (more && !(a->came && a->got.flags & RST))
			a->got = got.seg;
		a->came = true;
	}
	return h != HEARD_END;
}

static bool inject(struct intrusion *n, uint16_t flags, struct answer *a)
{
	const struct order *o = n->order;
	struct packet p = make(n, flags, seq_plus(n->seq, (uint32_t)o->set.off), n->ack);
	char reason[160], name[FLAGS_TEXT], off[40] = "exactly what it expects next";
	if (flags & PSH) {
		p.payload = (struct bytes){o->set.data, o->set.data_len};
		p.seg.len = (uint32_t)o->set.data_len;
	}
	if (o->set.off)
		snprintf(off, sizeof off, "%+lld from what it expects", (long long)o->set.off);
	snprintf(reason, sizeof reason, "%s seq=%u: %s", flags_print(flags, name), p.seg.seq.n,
		 off);
	*a = (struct answer){.sent = p.seg, .connected = true, .expected = n->seq};
	return scene_send(&n->scene, &p, reason) && hear_answers(n, a);
}

static int run(struct intrusion *n, uint16_t flags)
{
	char to[ENDPOINT_TEXT], from[ENDPOINT_TEXT];
	struct answer a;
	if (!learn_numbers(n) || !inject(n, flags, &a))
		return EXIT_FAILED;
	a.state = puppet_state_of(&n->to, &n->from);
	scene_flush(&n->scene);
	tell_verdict(answer_explain(&a));
	fprintf(stderr, "synfin: the kernel says: %s is %s, %s is %s\n", endpoint_print(&n->to, to),
		state_name(a.state), endpoint_print(&n->from, from),
		state_name(puppet_state_of(&n->from, &n->to)));
	return EXIT_DONE;
}

int act_into(struct order *o)
{
	struct intrusion n = {.order = o};
	struct scene_wish wish = act_wish(o);
	char other[32];
	uint16_t flags;
	int code = EXIT_FAILED;
	if (!choose_flags(o->word[1], &flags, n.scene.why)) {
		scene_close(&n.scene, EXIT_MISUSE);
		return EXIT_MISUSE;
	}
	if (order_has(o, KEY_DATA) && (!(flags & PSH) || !o->set.data_len)) {
		fputs("synfin: --data is what a segment with data says, and no empty text\n"
		      "Leave it out, or: inject into CONN data --data TEXT\n",
		      stderr);
		return EXIT_MISUSE;
	}
	if (find(&n, o->word[0], n.scene.why)) {
		snprintf(other, sizeof other, "port %u", n.from.port);
		wish.port = n.to.port;
		wish.filter = other;
		code = scene_open(&n.scene, &wish) ? run(&n, flags) : EXIT_FAILED;
	}
	return scene_close(&n.scene, code);
}
