/* SPDX-License-Identifier: MIT */
#include "capture/doctor_trial.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_SECONDS = 5 };

static const size_t room = MOST_FINDINGS * sizeof(struct finding);

static void say(struct finding *f, const char *what)
{
	for (int i = 0; i < MOST_FINDINGS; i++) {
		f[i].verdict = WORKS_NOT;
		snprintf(f[i].text, WHY_TEXT, "it could not be tried: %s\n%s", what,
			 "Try again; if that does not help, please report it.");
	}
}

/* The alarm ends us, whatever we wait for. */
static void examine(const struct check *c, struct finding *shared)
{
	sigset_t alarms;
	sigemptyset(&alarms);
	sigaddset(&alarms, SIGALRM);
	signal(SIGALRM, SIG_DFL);
	sigprocmask(SIG_UNBLOCK, &alarms, NULL);
	alarm(MOST_SECONDS);
	c->examine(shared);
	_exit(0);
}

/* What it had found by then is kept. */
static void await(pid_t child, struct finding *shared)
{
	int status = 0;
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	if (WIFSIGNALED(status))
		say(shared,
		    WTERMSIG(status) == SIGALRM ? "it took too long" : strsignal(WTERMSIG(status)));
}

void trial_run(const struct check *c, struct finding f[static MOST_FINDINGS])
{
	struct finding *shared =
		mmap(NULL, room, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED) {
		say(f, strerror(errno));
		return;
	}
	say(shared, "nothing was found");
	pid_t child = fork();
	if (child == 0)
		examine(c, shared);
	if (child > 0)
		await(child, shared);
	else
		say(shared, strerror(errno));
	memcpy(f, shared, room);
	munmap(shared, room);
}
