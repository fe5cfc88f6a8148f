/* SPDX-License-Identifier: MIT */
#include "capture/actors_step.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/sock_diag.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

enum { FLAGS_OCTET = 13, KEEP = 0x7fffffff };

/* The filter of a TCP socket begins at the TCP header, and that of a listener also judges what is
 * meant for its half-open requests. */
bool step_lose(struct stage *st, int fd, uint8_t mask, uint8_t value)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_B | BPF_ABS, FLAGS_OCTET),
		BPF_STMT(BPF_ALU | BPF_AND | BPF_K, mask),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, 0),
		BPF_STMT(BPF_RET | BPF_K, KEEP),
	};
	struct sock_fprog program = {sizeof code / sizeof *code, code};

	if (setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program) == 0)
		return true;
	return stage_fail(st, "cannot lose segments behind the tap: SO_ATTACH_FILTER: %s",
			  strerror(errno));
}

static bool dropped_one(int fd)
{
	uint32_t told[SK_MEMINFO_VARS] = {0};
	socklen_t len = sizeof told;

	return getsockopt(fd, SOL_SOCKET, SO_MEMINFO, told, &len) == 0 &&
	       told[SK_MEMINFO_DROPS] > 0;
}

bool step_lost(struct stage *st, int fd)
{
	bool gone = dropped_one(fd);

	for (int ms = 0; ms < PATIENCE_MS && !gone; ms++) {
		poll(NULL, 0, 1);
		gone = dropped_one(fd);
	}
	if (!gone)
		return stage_fail(st, "no segment came that could be lost");
	if (setsockopt(fd, SOL_SOCKET, SO_DETACH_FILTER, &(int){0}, sizeof(int)) != 0)
		return stage_fail(st, "SO_DETACH_FILTER: %s", strerror(errno));
	return true;
}
