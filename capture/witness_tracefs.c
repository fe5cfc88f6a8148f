/* SPDX-License-Identifier: MIT */
#include "capture/witness_tracefs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <unistd.h>

enum { LONGEST = 65536 };

static int mount_unseen(void)
{
	int fs = fsopen("tracefs", FSOPEN_CLOEXEC), mount = -1;
	if (fs >= 0 && fsconfig(fs, FSCONFIG_CMD_CREATE, NULL, NULL, 0) == 0)
		mount = fsmount(fs, FSMOUNT_CLOEXEC,
				MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV |
					MOUNT_ATTR_NOEXEC);
	int error = errno;
	if (fs >= 0)
		close(fs);
	errno = error;
	return mount;
}

int tracefs_events(void)
{
	const int how = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
	int fd = open("/sys/kernel/tracing/events", how);
	int mount = fd >= 0 ? -1 : mount_unseen();
	if (mount < 0)
		return fd;
	fd = openat(mount, "events", how);
	int error = errno;
	close(mount);
	errno = error;
	return fd;
}

/* Such a file hands out a part of itself at a time. */
static size_t read_all(int fd, char *text, size_t room)
{
	size_t len = 0;
	ssize_t n = 1;
	while (n > 0 && len < room) {
		n = read(fd, text + len, room - len);
		len += n > 0 ? (size_t)n : 0;
	}
	return n == 0 ? len : 0;
}

char *tracefs_read(int events, const char *path, const char *name)
{
	char full[128];
	snprintf(full, sizeof full, "%s/%s", path, name);
	int fd = openat(events, full, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return NULL;
	char *text = malloc(LONGEST + 1);
	size_t len = text ? read_all(fd, text, LONGEST) : 0;
	if (text)
		text[len] = '\0';
	close(fd);
	if (len)
		return text;
	free(text);
	errno = EFBIG;
	return NULL;
}
