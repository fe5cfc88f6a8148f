/* SPDX-License-Identifier: MIT */
#include "capture/doctor_settings.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "analysis/decode/text.h"
#include "capture/doctor_sysctl.h"

/* include/net/tcp.h: the first timeout, and the longest, which no doubling exceeds. */
enum { RTO = 1, RTO_MAX = 120, MOST_SHOWN = 10 };

static long doubled(long rto)
{
	return 2 * rto < RTO_MAX ? 2 * rto : RTO_MAX;
}

/* As tcp_model_timeout() has it: the linear ones do not make it longer. */
static long time_limit(long retries)
{
	long at = 0, rto = RTO;
	for (long i = 0; i <= retries; i++, rto = doubled(rto))
		at += rto;
	return at;
}

const char *setting_retries(long retries, long linear, char text[static WHY_TEXT])
{
	struct text t = text_in(text, WHY_TEXT);
	long limit = time_limit(retries), at = RTO, rto = RTO, i = 0;
	for (; i < retries + linear && (!i || at < limit); i++, at += rto) {
		rto = i < linear ? rto : doubled(rto);
		if (i >= MOST_SHOWN)
			continue;
		text_add(&t, i ? ", " : "again after ");
		text_number(&t, (uint64_t)at);
	}
	text_add(&t, i > MOST_SHOWN ? " ... s" : i ? " s" : "not again");
	text_add(&t, "; given up after ");
	text_number(&t, (uint64_t)at);
	text_add(&t, " s");
	return text;
}

static const struct {
	const char *path;
	long usual, without; /* without: what a kernel that has no such setting does */
	bool matters;
} rows[] = {
	{"net/ipv4/tcp_fin_timeout", 60, 60, true},
	{"net/ipv4/tcp_syn_retries", 6, 6, true},
	{"net/ipv4/tcp_synack_retries", 5, 5, true},
	{"net/ipv4/tcp_syn_linear_timeouts", 4, 0, false},
	{"net/ipv4/tcp_syncookies", 1, 0, false},
	{"net/ipv4/tcp_timestamps", 1, 1, false},
	{"net/ipv4/tcp_tw_reuse", 2, 0, false},
	{"net/ipv4/tcp_rfc1337", 0, 0, false},
	{"net/ipv4/tcp_fastopen", 1, 0, false},
	{"net/core/somaxconn", 4096, 4096, false},
};

enum { ANY = -1 };

/* The first row that fits is it. */
static const struct {
	const char *name;
	long value;
	const char *text;
} meanings[] = {
	{"tcp_fin_timeout", ANY,
	 "seconds that FIN-WAIT-2 of a closed socket lasts; TIME-WAIT lasts 60 whatever it says"},
	{"tcp_syn_linear_timeouts", 0, "a lost SYN waits twice as long each time, from 1 s on"},
	{"tcp_syn_linear_timeouts", ANY, "so often a lost SYN is sent again after 1 s, not more"},
	{"tcp_syncookies", 0, "no cookies: when the SYN queue is full, SYNs are dropped"},
	{"tcp_syncookies", 1, "when the SYN queue is full, the SYN,ACK's number is a cookie"},
	{"tcp_syncookies", ANY, "every SYN,ACK's number is a cookie, also when nothing is full"},
	{"tcp_timestamps", 0, "no timestamps, so no PAWS, and no reuse of TIME-WAIT by connect()"},
	{"tcp_timestamps", ANY, "SYNs offer timestamps"},
	{"tcp_tw_reuse", 0, "connect() never takes a port whose TIME-WAIT is not over"},
	{"tcp_tw_reuse", 1, "connect() may take a port whose TIME-WAIT is not over"},
	{"tcp_tw_reuse", ANY, "on loopback, connect() may take a port whose TIME-WAIT is not over"},
	{"tcp_rfc1337", 0, "a RST with the right number ends TIME-WAIT early"},
	{"tcp_rfc1337", ANY, "no RST ends TIME-WAIT early"},
	{"tcp_fastopen", 0, "no data in SYNs: no TCP Fast Open"},
	{"tcp_fastopen", 1, "clients may send data in a SYN, servers take none"},
	{"tcp_fastopen", 2, "servers take data in a SYN, clients send none"},
	{"tcp_fastopen", 3, "clients and servers may use data in a SYN"},
	{"tcp_fastopen", ANY, "bits: 1 clients, 2 servers; others, and the cookie may be left out"},
	{"somaxconn", ANY, "the longest accept queue, whatever listen() asks for"},
};

static const char *meaning_of(const struct setting *s)
{
	for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++)
		if (strcmp(meanings[i].name, s->name) == 0 &&
		    (meanings[i].value == ANY || meanings[i].value == s->value))
			return meanings[i].text;
	return "";
}

static void tell(const char *sys, struct setting *s)
{
	char times[WHY_TEXT];
	long linear = 0;
	bool syn = strcmp(s->name, "tcp_syn_retries") == 0;
	if (!syn && strcmp(s->name, "tcp_synack_retries") != 0) {
		snprintf(s->text, WHY_TEXT, "%s", meaning_of(s));
		return;
	}
	if (syn && !sysctl_read(sys, "net/ipv4/tcp_syn_linear_timeouts", &linear))
		linear = 0;
	snprintf(s->text, WHY_TEXT, "a lost %s goes %.512s", syn ? "SYN" : "SYN,ACK",
		 setting_retries(s->value, linear, times));
}

bool setting_read(const char *sys, size_t index, struct setting *s)
{
	if (index >= sizeof rows / sizeof *rows)
		return false;
	*s = (struct setting){
		.name = strrchr(rows[index].path, '/') + 1,
		.path = rows[index].path,
		.value = rows[index].without,
		.usual = rows[index].usual,
		.matters = rows[index].matters,
	};
	s->there = sysctl_read(sys, s->path, &s->value);
	tell(sys, s);
	return true;
}
