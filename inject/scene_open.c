/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "capture/clock.h"
#include "capture/process.h"
#include "capture/rights.h"
#include "inject/scene_parts.h"

enum { LINK_RAW = 101 /* LINKTYPE_RAW: IP packets and nothing before them */ };

/* In a dry run there is nothing to open. */
static bool open_wire(struct scene *s)
{
	const struct scene_wish *w = &s->wish;
	struct live_wish live = {
		.interface = "lo",
		.filter = w->filter,
		.as_root = w->as_root,
		.port = w->port,
		.prompt = true,
	};
	struct live_wish also = live;
	also.interface = w->also;
	if (w->dry)
		return (s->craft = craft_new()) || scene_fail(s, "out of memory");
	return (s->wire = wire_open(w->budget, w->as_root, s->why)) &&
	       (s->live = live_open(&live, s->why)) &&
	       (!w->also || (s->also = live_open(&also, s->why))) &&
	       (!w->look.look.witness || hearing_open(&s->hearing, s->why));
}

static bool give_up_rights(struct scene *s)
{
	const struct record_wish w = {
		.name = s->wish.savefile,
		.source = s->live ? live_pcap(s->live) : NULL,
		.drop = s->wish.admin ? rights_drop_but_admin : rights_drop,
	};
	return record_drop_rights(&w, &s->record, s->why);
}

static bool begin(struct scene *s)
{
	const struct look_choice *l = &s->wish.look;
	s->run = run_new(l->view ? l->view : &view_ladder, s->out, l->look);
	struct sink sink = s->run ? run_sink(s->run) : (struct sink){0};
	if (!s->run || !hearing_join(&s->hearing, true, &s->flow, &sink) ||
	    !flow_init(&s->flow, s->run, sink, l->environment->seed))
		return scene_fail(s, "out of memory\nClose something, and try again.");
	if (*hearing_lacks(&s->hearing) && !l->quiet)
		fprintf(stderr, "synfin: witness: %s\n", hearing_lacks(&s->hearing));
	const char *unseen = hearing_unseen(&s->hearing, l->view ? l->view : &view_ladder);
	if (unseen && !l->quiet)
		fprintf(stderr, "synfin: %s\n", unseen);
	run_begin(s->run, &(struct source){s->wish.dry ? "dry run" : "lo",
					   s->live ? live_linktype(s->live) : "RAW"});
	s->begun = true;
	return true;
}

bool scene_open(struct scene *s, const struct scene_wish *w)
{
	s->wish = *w;
	s->signals = process_take_signals();
	s->outlet = (struct outlet){.fd = STDOUT_FILENO, .signals = s->signals};
	s->out = w->mute ? fopen("/dev/null", "we") : outlet_open(&s->outlet);
	return open_wire(s) && give_up_rights(s) && begin(s);
}

/* The IP packet as it would have been captured. */
static bool draw_crafted(struct scene *s, const struct packet *p, bool ours)
{
	struct bytes octets;
	if (!craft_packet(s->craft, p, &octets, s->why))
		return scene_fail(s, "%s", "");
	struct frame f = {
		.at = octets.at,
		.captured = (uint32_t)octets.len,
		.length = (uint32_t)octets.len,
		.time = clock_ns(CLOCK_REALTIME),
		.number = ++s->frames,
		.linktype = LINK_RAW,
	};
	scene_draw(s, &f, ours);
	scene_flush(s);
	return !s->ended;
}

bool scene_pretend(struct scene *s, const struct packet *p)
{
	struct packet answer;
	s->sent++;
	if (!draw_crafted(s, p, true))
		return false;
	if (s->wish.alone)
		return true;
	if (!s->standin.open)
		standin_open(&s->standin, p, s->wish.standin);
	standin_hears(&s->standin, p);
	for (int n = 0; n < 100 && standin_next(&s->standin, 0, &answer); n++)
		if (!draw_crafted(s, &answer, false))
			return false;
	return true;
}

static void say_totals(const struct scene *s)
{
	if (s->broken)
		fputs("synfin: the kernel has sent a RST for an end that only we speak for: "
		      "no shield kept it away\n"
		      "It knows nothing of crafted segments. Without --no-shield a listener with a "
		      "minimum TTL is put before it.\n",
		      stderr);
	char others[WHY_TEXT];
	if (s->wish.look.verbose && flow_others(&s->flow.totals, others, sizeof others)[0])
		fprintf(stderr, "synfin: not shown: %s\n", others);
	if (!s->wish.look.quiet)
		fprintf(stderr, "synfin: %" PRIu32 " segment%s %s, %" PRIu64 " seen\n", s->sent,
			s->sent == 1 ? "" : "s", s->wish.dry ? "would be sent" : "sent",
			s->flow.totals.frames);
}

static void release(struct scene *s)
{
	if (s->record)
		record_close(s->record);
	if (s->live)
		live_close(s->live);
	if (s->also)
		live_close(s->also);
	if (s->wire)
		wire_close(s->wire);
	if (s->craft)
		craft_free(s->craft);
	if (s->out)
		fclose(s->out);
	hearing_close(&s->hearing);
	inbox_free(&s->inbox);
	if (s->signals > 0)
		close(s->signals);
}

void scene_finish(struct scene *s)
{
	if (!s->begun)
		return;
	s->begun = false;
	scene_drain(s);
	flow_end(&s->flow);
	hearing_end(&s->hearing);
	run_end(s->run, &s->flow.totals);
	scene_flush(s);
	say_totals(s);
	hearing_report(&s->hearing, s->wish.look.quiet);
}

int scene_close(struct scene *s, int code)
{
	scene_finish(s);
	if (s->stopped && code != EXIT_DONE)
		fputs("synfin: stopped before the end\n", stderr);
	else if (*s->why && !s->unheard)
		fprintf(stderr, "synfin: %s\n", s->why);
	release(s);
	if (s->unheard)
		return EXIT_DONE; /* as for capture: they have seen enough */
	return *s->why ? EXIT_FAILED : code;
}
