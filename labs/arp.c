/* SPDX-License-Identifier: MIT */
#include "labs/arp.h"

#include "analysis/decode/endpoint.h"

enum { ETHERNET = 1, ETHERTYPE = 12, ARP = 0x0806, ARP_IPV4 = 0x0800, REQUEST = 1, REPLY = 2 };

/* RFC 826, for 6 octets of hardware address and 4 of protocol address. */
struct arp {
	uint16_t operation;
	struct bytes sender;
	struct address from, wanted;
};

static struct address read_address(struct reader *r)
{
	struct bytes octets = read_bytes(r, 4);
	struct address a = {.family = 4};
	if (octets.len == 4)
		memcpy(a.octet, octets.at, 4);
	return a;
}

static bool parse(const struct frame *f, struct arp *a)
{
	struct reader r = {.at = f->at, .left = f->captured};
	read_skip(&r, ETHERTYPE);
	bool good = f->linktype == ETHERNET && read_be16(&r) == ARP && read_be16(&r) == ETHERNET &&
		    read_be16(&r) == ARP_IPV4 && read_be16(&r) == 0x0604;
	a->operation = read_be16(&r);
	a->sender = read_bytes(&r, 6);
	a->from = read_address(&r);
	read_skip(&r, 6);
	a->wanted = read_address(&r);
	return good && !r.overrun;
}

void arp_print(const struct frame *f, FILE *out)
{
	char from[ENDPOINT_TEXT], wanted[ENDPOINT_TEXT];
	struct arp a;
	if (!parse(f, &a))
		return;
	address_print(&a.from, from);
	if (a.operation == REQUEST)
		fprintf(out, ". ARP who has %s? tell %s\n", address_print(&a.wanted, wanted), from);
	const uint8_t *mac = a.sender.at;
	if (a.operation == REPLY)
		fprintf(out, ". ARP %s is at %02x:%02x:%02x:%02x:%02x:%02x\n", from, mac[0], mac[1],
			mac[2], mac[3], mac[4], mac[5]);
}
