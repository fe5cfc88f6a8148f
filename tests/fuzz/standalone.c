/* SPDX-License-Identifier: MIT */
/* Runs a fuzz program's entry point without libFuzzer, the same way each time: PROGRAM COUNT SEED
 * [FILE...]. Without files it starts from the octets below. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ROOM = 512 };

/* Octets that both programs can start from: frames behind fuzz_packet's three octets (the index of
 * the link type, the cut), and lists of TCP options. */
#define ETHERNET "\x00\x00\x00\1\2\3\4\5\6\1\2\3\4\5\6"
#define IPV4 "\x45\0\0\x2c\0\1\x40\0\x40\6\0\0\x0a\0\0\1\x0a\0\0\2"
#define TCP "\x04\xd2\0\x50\0\0\0\x64\0\0\1\x2c\x50\x18\xff\xff\0\0\0\0"
#define ADDRESSES "\x20\1\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\1\x20\1\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\2"
#define IPV6 "\x60\0\0\0\0\x18\6\x40" ADDRESSES
#define SEED(text)                                                                                 \
	{                                                                                          \
		(const uint8_t *)(text), sizeof(text) - 1                                          \
	}

static const struct seed {
	const uint8_t *at;
	size_t len;
} seeds[] = {
	SEED(ETHERNET "\x08\0" IPV4 TCP "abcd"),
	SEED(ETHERNET "\x86\xdd" IPV6 TCP "abcd"),
	SEED(ETHERNET "\x81\0\0\1\x88\x47\0\1\x41\x40" IPV4 TCP "abcd"),
	SEED(ETHERNET "\x88\x64\x11\0\0\1\0\x20\0\x21" IPV4 TCP "abcd"),
	SEED(ETHERNET "\0\x30\xaa\xaa\3\0\0\0\x08\0" IPV4 TCP "abcd"),
	SEED("\x03\0\0\2\0\0\0" IPV4 TCP "abcd"),
	SEED("\x0a\0\0\xff\3\0\x57" IPV6 TCP "abcd"),
	SEED("\x05\0\0\x60\0\0\0\0\0\0\x40" ADDRESSES "\6\0\xc2\4\0\1\0\0" TCP "abcd"),
	SEED("\x05\0\0\x60\0\0\0\0\x30\x2c\x40" ADDRESSES "\x3c\0\0\1\0\0\0\1\6\0\1\4\0\0\0\0" TCP),
	SEED("\x05\0\0\x45\0\0\x34\0\1\0\0\x40\x2f\0\0\x0a\0\0\1\x0a\0\0\2\0\0\x08\0" IPV4 TCP),
	SEED("\x05\0\0\x45\0\0\x38\0\1\0\0\x40\1\0\0\x0a\0\0\1\x0a\0\0\2\3\1\0\0\0\0\0\0" IPV4 TCP),
	SEED("\2\4\5\xb4\4\2\x08\x0a\0\0\0\1\0\0\0\2\1\3\3\7"),
	SEED("\1\1\5\x12\0\0\0\1\0\0\0\2\0\0\0\3\0\0\0\4"),
	SEED("\x22\x0a\1\2\3\4\5\6\7\x08\xfe\4\xf9\x89\x1e\4\x80\3\xac\x0b\0\0\0\0\0\0\0\0\0"),
};

/* xorshift64: the C library's own generator differs between systems. */
static uint64_t next(uint64_t *random)
{
	*random ^= *random << 13;
	*random ^= *random >> 7;
	*random ^= *random << 17;
	return *random;
}

/* One change: an octet, a bit, an interesting value, or the length. */
static size_t mutate(uint8_t *octet, size_t len, uint64_t *random)
{
	static const uint8_t interesting[] = {0, 1, 2, 4, 6, 0x29, 0x2f, 0x7f, 0x80, 0xff};
	uint64_t r = next(random);
	if (!len)
		return len;
	uint8_t *at = &octet[(r >> 8) % len];

	switch (r % 5) {
	case 0:
		*at = (uint8_t)(r >> 40);
		return len;
	case 1:
		*at ^= (uint8_t)(1u << (r >> 40) % 8);
		return len;
	case 2:
		*at = interesting[(r >> 40) % sizeof interesting];
		return len;
	case 3:
		return 1 + (r >> 8) % len;
	default: /* the front again at the end */
		if (len * 2 > ROOM)
			return len;
		memcpy(octet + len, octet, len);
		return len + (r >> 8) % len;
	}
}

/* On the heap and of exactly that size, so that ASan sees a read past the end. */
static void run(const uint8_t *octet, size_t len)
{
	uint8_t *copy = malloc(len);

	if (!copy)
		abort();
	memcpy(copy, octet, len);
	LLVMFuzzerTestOneInput(copy, len);
	free(copy);
}

/* Segments for the programs that begin with those of a few connections. */
static size_t traffic(uint8_t octet[static ROOM], uint64_t *random)
{
	static const uint8_t flags[] = {2, 0x12, 0x10, 0x18, 0x10, 0x11, 0x10, 0x11, 0x10, 4};
	size_t len = 4 + next(random) % 2 * 9 * 40;
	for (size_t i = 0; i < len; i++)
		octet[i] = (uint8_t)next(random);
	for (size_t i = 1, n = 0; i + 9 <= len; i += 9, n++) {
		octet[i] &= 4 + (n % 8 == 0);
		octet[i + 1] = flags[n % sizeof flags];
		octet[i + 2] = octet[i + 3] = 0;
		octet[i + 4] &= 63;
	}
	return len;
}

static size_t from_file(uint8_t octet[static ROOM], const char *name)
{
	FILE *f = fopen(name, "rb");
	size_t len = f ? fread(octet, 1, ROOM, f) : 0;
	if (!len)
		abort();
	fclose(f);
	return len;
}

static size_t from_seed(uint8_t octet[static ROOM], uint64_t i)
{
	const struct seed *seed = &seeds[i % (sizeof seeds / sizeof *seeds)];
	memcpy(octet, seed->at, seed->len);
	return seed->len;
}

int main(int argc, char **argv)
{
	uint64_t count = argc > 1 ? strtoull(argv[1], NULL, 10) : 100000;
	uint64_t random = (argc > 2 ? strtoull(argv[2], NULL, 10) : 1) | 1ull << 63;

	for (uint64_t i = 0; i < count; i++) {
		uint8_t octet[ROOM];
		size_t len = argc > 3 ? from_file(octet, argv[3 + i % (uint64_t)(argc - 3)])
			     : i % 2  ? traffic(octet, &random)
				      : from_seed(octet, i / 2);
		run(octet, len);
		for (uint64_t changes = next(&random) % 6; changes; changes--)
			len = mutate(octet, len, &random);
		run(octet, len);
	}
	printf("%s: %llu mutations\n", argv[0], (unsigned long long)count);
	return 0;
}
