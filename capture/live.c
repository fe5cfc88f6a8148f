/* SPDX-License-Identifier: MIT */
#include "capture/live.h"

#include <linux/filter.h>
#include <linux/if_packet.h>
#include <pcap/pcap.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "analysis/decode/link.h"
#include "analysis/printable.h"
#include "analysis/savefile.h"
#include "capture/interfaces.h"

/* Immediate mode makes libpcap use TPACKET_V2, whose slots are each as large as the snapshot
 * length: on lo 31 of them in 2 MiB, and of a burst of 5000 frames it lost 4984. Blocks that are
 * handed over when they are full or 10 ms old hold them all.
 * Who wants frames at once gets slots for the largest IP packet behind any link header. */
enum { WHOLE_FRAME = 262144, LARGEST_PACKET = 65568, BUFFER_KIB = 16384, BLOCK_MS = 10 };

struct live {
	pcap_t *pcap;
	uint64_t frames;
	int linktype;
	bool nanoseconds;
	uint32_t due; /* frames that the kernel has let in, once it is shut */
	char error[PCAP_ERRBUF_SIZE];
};

static bool refuse(char why[static WHY_TEXT], const char *name, const char *what, const char *cure)
{
	char shown[PRINTABLE_TEXT];
	snprintf(why, WHY_TEXT, "%s: %s\n%s", printable(name, shown), what, cure);
	return false;
}

static bool explain(const struct live_wish *w, int status, const char *error,
		    char why[static WHY_TEXT])
{
	char cure[128], name[PRINTABLE_TEXT];
	printable(w->interface, name);
	if (status == PCAP_ERROR_PERM_DENIED) {
		snprintf(why, WHY_TEXT, "%s: capturing needs rights (root, or CAP_NET_RAW)\n%s",
			 name, w->as_root);
		return false;
	}
	if (status != PCAP_ERROR_IFACE_NOT_UP)
		return refuse(why, w->interface, error, "synfin capture -D lists the interfaces.");
	snprintf(cure, sizeof cure, "Bring it up: sudo ip link set %.64s up", name);
	return refuse(why, w->interface, "the interface is down", cure);
}

static void configure(pcap_t *p, const struct live_wish *w)
{
	bool alone = strcmp(w->interface, "lo") == 0 || strcmp(w->interface, "any") == 0;
	int whole = w->prompt ? LARGEST_PACKET : WHOLE_FRAME;
	pcap_set_snaplen(p, w->snaplen ? w->snaplen : whole);
	pcap_set_immediate_mode(p, w->prompt);
	pcap_set_buffer_size(p, (w->buffer ? w->buffer : BUFFER_KIB) * 1024);
	pcap_set_timeout(p, BLOCK_MS);
	pcap_set_promisc(p, !alone);
	pcap_set_tstamp_precision(p, PCAP_TSTAMP_PRECISION_NANO);
}

/* libpcap skips the copy of what leaves by lo, but only after the kernel has stored and counted
 * it. */
static void hear_once(const struct live_wish *w, pcap_t *p)
{
	int yes = 1;
	if (strcmp(w->interface, "lo") == 0)
		setsockopt(pcap_fileno(p), SOL_PACKET, PACKET_IGNORE_OUTGOING, &yes, sizeof yes);
}

static bool activate(struct live *l, const struct live_wish *w, char why[static WHY_TEXT])
{
	char error[PCAP_ERRBUF_SIZE] = "out of memory";
	l->pcap = pcap_create(w->interface, error);
	if (!l->pcap)
		return refuse(why, w->interface, error, "synfin capture -D lists the interfaces.");
	configure(l->pcap, w);
	int status = pcap_activate(l->pcap);
	if (status < 0)
		return explain(w, status, pcap_geterr(l->pcap), why);
	hear_once(w, l->pcap);
	return pcap_setnonblock(l->pcap, 1, error) == 0 ||
	       refuse(why, w->interface, error, "synfin needs Linux's packet sockets.");
}

/* The user's filter is set alone first, so that an error points into what was typed. */
static bool filter(struct live *l, const struct live_wish *w, char why[static WHY_TEXT])
{
	static const char form[] =
		"%s%s%s(tcp port %u or (icmp and (icmp[0]=3 or icmp[0]=4 or "
		"icmp[0]=5 or icmp[0]=11 or icmp[0]=12)) or (icmp6 and ip6[40]<128))";
	const char *f = w->filter;
	if (f && !filter_set(l->pcap, f, why))
		return false;
	if (!w->port)
		return true;
	size_t size = sizeof form + (f ? strlen(f) : 0) + 16;
	char *both = malloc(size);
	if (!both)
		return refuse(why, w->interface, "out of memory",
			      "Close something, and try again.");
	snprintf(both, size, form, f ? "(" : "", f ? f : "", f ? ") and " : "", w->port);
	bool set = filter_set(l->pcap, both, why);
	free(both);
	return set;
}

static bool decodable(struct live *l, const struct live_wish *w, char why[static WHY_TEXT])
{
	char what[128];
	struct span nothing = {0};
	uint16_t type;
	l->linktype = pcap_datalink(l->pcap);
	if (link_parse(l->linktype, &nothing, &type) != PARSE_LINKTYPE)
		return true;
	snprintf(what, sizeof what, "its link type, %s, is none that synfin can decode",
		 live_linktype(l));
	return refuse(why, w->interface, what,
		      "Choose another interface: synfin capture -D lists them.");
}

struct live *live_open(const struct live_wish *w, char why[static WHY_TEXT])
{
	if (!interfaces_have(w->interface, why))
		return NULL;
	struct live *l = calloc(1, sizeof *l);
	if (!l) {
		refuse(why, w->interface, "out of memory", "Close something, and try again.");
		return NULL;
	}
	if (activate(l, w, why) && decodable(l, w, why) && filter(l, w, why)) {
		l->nanoseconds = pcap_get_tstamp_precision(l->pcap) == PCAP_TSTAMP_PRECISION_NANO;
		return l;
	}
	live_close(l);
	return NULL;
}

enum live_status live_next(struct live *l, struct frame *f)
{
	struct pcap_pkthdr *h;
	const uint8_t *octets;
	int got = pcap_next_ex(l->pcap, &h, &octets);
	if (got == 0)
		return LIVE_NOTHING;
	if (got < 0) {
		snprintf(l->error, sizeof l->error, "%s", pcap_geterr(l->pcap));
		return LIVE_GONE;
	}
	*f = (struct frame){
		.at = octets,
		.captured = h->caplen,
		.length = h->len,
		.time = h->ts.tv_sec * 1000000000LL + h->ts.tv_usec * (l->nanoseconds ? 1 : 1000),
		.number = ++l->frames,
		.linktype = l->linktype,
	};
	return LIVE_FRAME;
}

const char *live_error(const struct live *l)
{
	return l->error;
}

int live_fd(const struct live *l)
{
	return pcap_get_selectable_fd(l->pcap);
}

static uint32_t let_in(const struct live *l)
{
	struct pcap_stat s = {0};
	pcap_stats(l->pcap, &s);
	return s.ps_recv - s.ps_drop;
}

bool live_level(struct live *l)
{
	return let_in(l) == (uint32_t)l->frames;
}

/* Not pcap_setfilter: that would also be applied to what the ring still holds. */
void live_shut(struct live *l)
{
	struct sock_filter nothing = {.code = BPF_RET | BPF_K, .k = 0};
	struct sock_fprog program = {1, &nothing};
	setsockopt(pcap_fileno(l->pcap), SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program);
	l->due = let_in(l);
}

bool live_drained(const struct live *l)
{
	return (int32_t)(l->due - (uint32_t)l->frames) <= 0;
}

uint64_t live_dropped(struct live *l)
{
	struct pcap_stat s = {0};
	pcap_stats(l->pcap, &s);
	return s.ps_drop;
}

const char *live_linktype(const struct live *l)
{
	const char *name = pcap_datalink_val_to_name(l->linktype);
	return name ? name : "unknown";
}

struct pcap *live_pcap(struct live *l)
{
	return l->pcap;
}

void live_close(struct live *l)
{
	if (l->pcap)
		pcap_close(l->pcap);
	free(l);
}
