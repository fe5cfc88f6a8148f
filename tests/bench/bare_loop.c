/* SPDX-License-Identifier: MIT */
/* The least that any program must do with a capture file: `analyze` is measured against it. */
#include <pcap/pcap.h>
#include <stdint.h>
#include <stdio.h>

int main(int argc, char **argv)
{
	char error[PCAP_ERRBUF_SIZE];
	struct pcap_pkthdr *header;
	const uint8_t *octets;
	unsigned long frames = 0;
	pcap_t *p = argc == 2 ? pcap_open_offline(argv[1], error) : NULL;

	if (!p) {
		fprintf(stderr, "usage: bare_loop FILE%s%s\n", argc == 2 ? ": " : "",
			argc == 2 ? error : "");
		return 2;
	}
	while (pcap_next_ex(p, &header, &octets) == 1)
		frames++;
	pcap_close(p);
	printf("%lu\n", frames);
	return 0;
}
