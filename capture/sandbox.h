/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_SANDBOX_H
#define SYNFIN_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>

/* Move this process into a network namespace of its own, with lo up. A caller who may not do that
 * gets a user namespace around it: ids stay what they are, and this process and those that it
 * executes have CAP_NET_ADMIN and CAP_NET_RAW inside. For single-threaded processes. The namespace
 * dies with the last process in it. On failure returns false and writes a sentence into why. */
bool sandbox_enter(char *why, size_t room);

/* Move this process into a network namespace where nothing can be sent, and give it no rights there
 * that pass to what it executes. False and a sentence: it stays where it was. */
bool sandbox_cut_off(char *why, size_t room);

/* Whether a path below /proc/sys is one of those that a network namespace has for itself. */
bool sandbox_has_sysctl(const char *path);

/* Set a sysctl by its path below /proc/sys, such as "net/ipv4/tcp_fastopen". Only sensible after
 * sandbox_enter(), which makes those below net/ our own. False and a sentence on failure. */
bool sandbox_sysctl(const char *path, const char *value, char *why, size_t room);

#endif
