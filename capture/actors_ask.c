/* SPDX-License-Identifier: MIT */
#include "capture/actors_step.h"

#include <linux/tcp.h> /* its tcp_info has segs_in; it cannot stand beside netinet/tcp.h */
#include <netinet/in.h>
#include <sys/socket.h>

bool tcp_ask(int fd, struct tcp_told *told)
{
	struct tcp_info info = {0};
	socklen_t len = sizeof info;

	if (getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &len) != 0)
		return false;
	*told = (struct tcp_told){
		.state = info.tcpi_state,
		.unacked = info.tcpi_unacked + info.tcpi_notsent_bytes,
		.segs_in = info.tcpi_segs_in,
		.syn_data = (info.tcpi_options & TCPI_OPT_SYN_DATA) != 0,
	};
	return true;
}
