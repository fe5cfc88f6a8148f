/* SPDX-License-Identifier: MIT */
#include "capture/actors_step.h"

#include <linux/sock_diag.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#include "capture/puppet.h"

bool step_lose(struct stage *st, int fd, uint8_t mask, uint8_t value)
{
	int gave = puppet_lose((struct puppet){fd}, mask, value);
	return gave == 0 || stage_fail(st,
				       "cannot lose segments behind the tap: "
				       "SO_ATTACH_FILTER: %s",
				       strerror(-gave));
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
	int gave = puppet_lose_nothing((struct puppet){fd});
	return gave == 0 || stage_fail(st, "SO_DETACH_FILTER: %s", strerror(-gave));
}
