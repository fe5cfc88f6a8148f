/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_UTF8_H
#define SYNFIN_UTF8_H

#include <stddef.h>

/* The octets of the UTF-8 character (RFC 3629 4) that begins the `len` octets at s; 0: there is
 * none. No overlong form and no surrogate is one. */
size_t utf8_length(const char *s, size_t len);

#endif
