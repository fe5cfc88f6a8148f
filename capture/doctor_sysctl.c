/* SPDX-License-Identifier: MIT */
#include "capture/doctor_sysctl.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

bool sysctl_read(const char *sys, const char *path, long *value)
{
	char full[256], text[64], *end;
	snprintf(full, sizeof full, "%s/%s", sys, path);
	int fd = open(full, O_RDONLY | O_CLOEXEC);
	ssize_t len = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
	if (fd >= 0)
		close(fd);
	if (len <= 0)
		return false;
	text[len] = 0;
	*value = strtol(text, &end, 10);
	return end != text;
}

static const struct {
	const char *path;
	long forbids, allows;
	bool root; /* root too */
} gates[] = {
	{"user/max_net_namespaces", 0, 15000, true},
	{"user/max_user_namespaces", 0, 15000, false},
	{"kernel/unprivileged_userns_clone", 0, 1, false},
	{"kernel/apparmor_restrict_unprivileged_userns", 1, 0, false},
};

const char *sysctl_name(const char *path, char name[static SYSCTL_NAME])
{
	snprintf(name, SYSCTL_NAME, "%s", path);
	for (char *c = name; *c; c++)
		if (*c == '/')
			*c = '.';
	return name;
}

bool sysctl_forbids_namespaces(const char *sys, bool root, char why[static WHY_TEXT])
{
	char name[SYSCTL_NAME];
	long value;
	for (size_t i = 0; i < sizeof gates / sizeof *gates; i++) {
		if ((root && !gates[i].root) || !sysctl_read(sys, gates[i].path, &value) ||
		    value != gates[i].forbids)
			continue;
		snprintf(why, WHY_TEXT, "%s is %ld, which forbids them\nsudo sysctl -w %s=%ld",
			 sysctl_name(gates[i].path, name), value, name, gates[i].allows);
		return true;
	}
	return false;
}
