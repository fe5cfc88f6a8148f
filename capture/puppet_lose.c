/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <linux/filter.h>
#include <sys/socket.h>

#include "capture/puppet.h"

enum { FLAGS_OCTET = 13, KEEP = 0x7fffffff };

/* The filter of a TCP socket begins at the TCP header, and that of a listener also judges what is
 * meant for its half-open requests. */
int puppet_lose(struct puppet p, uint8_t mask, uint8_t value)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_B | BPF_ABS, FLAGS_OCTET),
		BPF_STMT(BPF_ALU | BPF_AND | BPF_K, mask),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, 0),
		BPF_STMT(BPF_RET | BPF_K, KEEP),
	};
	struct sock_fprog program = {sizeof code / sizeof *code, code};
	int gave = setsockopt(p.fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program);
	return gave < 0 ? -errno : 0;
}

int puppet_lose_nothing(struct puppet p)
{
	int gave = setsockopt(p.fd, SOL_SOCKET, SO_DETACH_FILTER, &(int){0}, sizeof(int));
	return gave < 0 ? -errno : 0;
}
