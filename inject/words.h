/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_INJECT_WORDS_H
#define SYNFIN_INJECT_WORDS_H

#include "analysis/decode/endpoint.h"
#include "analysis/environment.h"

/* Words that say what is to be sent, on command lines and in scenarios. All return false, with a
 * sentence in `why`, when the word is none of theirs. */

/* "127.0.0.1:80", "[::1]:80", "localhost:80", "80" (on 127.0.0.1). */
bool word_endpoint(const char *word, struct endpoint *e, char why[static WHY_TEXT]);

/* "SA", "SYN,ACK", "syn+ack", "none": flags of struct segment. Letters are those of the names, with
 * W for CWR as tcpdump has it and N for AE; a name wins, so that "AE" is AE and "EA" ECE,ACK. */
bool word_flags(const char *word, uint16_t *flags, char why[static WHY_TEXT]);

/* "mss=1460,sackok,ts=1:0,ws=7,nop,eol,fo,fo=00112233,uto=60,hex=fd04f989", "none": the octets of
 * TCP options, not filled up; at most `room`, and never more than 40. */
bool word_options(const char *word, uint8_t *octets, size_t room, size_t *len,
		  char why[static WHY_TEXT]);

/* Text with \r \n \t \0 \\ and \x41; at most `room` octets. */
bool word_octets(const char *word, uint8_t *octets, size_t room, size_t *len,
		 char why[static WHY_TEXT]);

/* Whether `word` is one of the words of the list, which have single blanks between them. */
bool word_in(const char *list, const char *word);

#endif
