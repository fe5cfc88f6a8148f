/* SPDX-License-Identifier: MIT */
#include "capture/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <net/if.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

static bool write_file(const char *path, const char *text, char *why, size_t room)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	bool ok = fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text);

	if (!ok)
		snprintf(why, room, "cannot write \"%s\" to %s: %s", text, path, strerror(errno));
	if (fd >= 0)
		close(fd);
	return ok;
}

/* user_namespaces(7): without privilege outside, setgroups(2) must be given up before gid_map.
 * The ids stay what they are, so that nobody inside takes us for root. Who came by capabilities of
 * its file, or gave rights up, is not dumpable, and its files in /proc are root's; what it had
 * outside is gone by now, so there is nothing left to protect. */
static bool keep_ids(uid_t uid, gid_t gid, char *why, size_t room)
{
	char uids[32], gids[32];

	snprintf(uids, sizeof uids, "%u %u 1", uid, uid);
	snprintf(gids, sizeof gids, "%u %u 1", gid, gid);
	prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
	return write_file("/proc/self/setgroups", "deny", why, room) &&
	       write_file("/proc/self/gid_map", gids, why, room) &&
	       write_file("/proc/self/uid_map", uids, why, room);
}

/* Ambient capabilities pass to what is executed, and only inheritable ones can become ambient. */
static bool hand_down_capabilities(char *why, size_t room)
{
	struct __user_cap_header_struct head = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3];
	bool ok = syscall(SYS_capget, &head, data) == 0;

	data[0].inheritable |= 1U << CAP_NET_ADMIN | 1U << CAP_NET_RAW;
	ok = ok && syscall(SYS_capset, &head, data) == 0 &&
	     prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_NET_ADMIN, 0, 0) == 0 &&
	     prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_NET_RAW, 0, 0) == 0;
	if (!ok)
		snprintf(why, room, "cannot hand capabilities down: %s", strerror(errno));
	return ok;
}

static bool refuse(char *why, size_t room)
{
	snprintf(why, room, "cannot make a private network namespace: %s", strerror(errno));
	return false;
}

bool sandbox_cut_off(char *why, size_t room)
{
	uid_t uid = geteuid();
	gid_t gid = getegid();

	if (unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0)
		return refuse(why, room);
	return keep_ids(uid, gid, why, room);
}

static bool unshare_network(char *why, size_t room)
{
	if (unshare(CLONE_NEWNET) == 0)
		return true;
	if (errno != EPERM)
		return refuse(why, room);
	return sandbox_cut_off(why, room) && hand_down_capabilities(why, room);
}

static bool raise_loopback(char *why, size_t room)
{
	struct ifreq ifr = {.ifr_name = "lo"};
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	bool ok = fd >= 0 && ioctl(fd, SIOCGIFFLAGS, &ifr) == 0;

	ifr.ifr_flags |= IFF_UP;
	ok = ok && ioctl(fd, SIOCSIFFLAGS, &ifr) == 0;
	if (!ok)
		snprintf(why, room, "cannot bring lo up: %s", strerror(errno));
	if (fd >= 0)
		close(fd);
	return ok;
}

bool sandbox_enter(char *why, size_t room)
{
	return unshare_network(why, room) && raise_loopback(why, room);
}

bool sandbox_has_sysctl(const char *path)
{
	return strncmp(path, "net/", 4) == 0 && !strstr(path, "..");
}

bool sandbox_sysctl(const char *path, const char *value, char *why, size_t room)
{
	char full[128];

	snprintf(full, sizeof full, "/proc/sys/%s", path);
	return write_file(full, value, why, room);
}
