/* SPDX-License-Identifier: MIT */
#include "tests/live/observer.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PATIENCE_MS = 10000, LOOK_EVERY_MS = 5, CALM_LOOKS = 6, NOT_RUN = 127 };

/* Packet sockets of this namespace that are bound: column R of /proc/net/packet. */
static int packet_sockets(void)
{
	char line[256];
	unsigned running;
	int n = 0;
	FILE *f = fopen("/proc/net/packet", "re");

	while (f && fgets(line, sizeof line, f))
		if (sscanf(line, "%*s %*d %*d %*x %*d %u", &running) == 1 && running)
			n++;
	if (f)
		fclose(f);
	return n;
}

/* The third field of /proc/PID/stat; what stands before it is in parentheses. */
static char process_state(pid_t pid)
{
	char path[64], line[512] = "";
	FILE *f;

	snprintf(path, sizeof path, "/proc/%d/stat", pid);
	f = fopen(path, "re");
	if (f && !fgets(line, sizeof line, f))
		line[0] = '\0';
	if (f)
		fclose(f);
	char *end = strrchr(line, ')');
	if (!end || end[1] != ' ')
		return '?';
	return end[2];
}

/* A bound socket may still lack its filter, and a written file its last packet; whoever has slept
 * through several looks has nothing left to do. */
static bool await_calm(pid_t pid, int sockets)
{
	int calm = 0;

	for (int ms = 0; ms < PATIENCE_MS && calm < CALM_LOOKS; ms += LOOK_EVERY_MS) {
		char state = process_state(pid);

		if (state == 'Z' || state == '?')
			return false;
		calm = state == 'S' && packet_sockets() >= sockets ? calm + 1 : 0;
		poll(NULL, 0, LOOK_EVERY_MS);
	}
	return calm == CALM_LOOKS;
}

/* exec, so that the pid which gets the signal is the observer and no shell. A script's background
 * job would hand an ignored SIGINT down to it. */
static void become(const char *command)
{
	char line[4096];

	signal(SIGINT, SIG_DFL);
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	snprintf(line, sizeof line, "exec %s", command);
	execl("/bin/sh", "sh", "-c", line, (char *)NULL);
	_exit(NOT_RUN);
}

static int status_of(int status)
{
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static int await_end(pid_t pid)
{
	int status = 0;

	for (int ms = 0; ms < PATIENCE_MS; ms += LOOK_EVERY_MS) {
		if (waitpid(pid, &status, WNOHANG) == pid)
			return status_of(status);
		poll(NULL, 0, LOOK_EVERY_MS);
	}
	fprintf(stderr, "actor: the observer did not end at SIGINT: killed\n");
	kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
	return status_of(status);
}

pid_t observer_start(const char *command)
{
	int before = packet_sockets();
	pid_t pid = fork();

	if (pid == 0)
		become(command);
	if (pid > 0 && await_calm(pid, before + 1))
		return pid;
	fprintf(stderr, "actor: the observer did not open a packet socket: %s\n", command);
	if (pid > 0) {
		kill(pid, SIGINT);
		await_end(pid);
	}
	return -1;
}

int observer_stop(pid_t pid)
{
	await_calm(pid, 0); /* one with a count of its own may have ended: no failure */
	kill(pid, SIGINT);
	return await_end(pid);
}
