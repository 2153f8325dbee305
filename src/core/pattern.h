/*
 * Match a whole text against a pattern of a few simple parts: characters,
 * "." (any), "\c" (that character), "\s" (a blank), "[a-z0-9]", "[^...]",
 * each with "*", "+", "?", "{n}", "{n,}" or "{n,m}", and "|" between
 * alternatives. So are the patterns of grammar/twiml.json; XML Schema reads
 * them the same way.
 */
#ifndef OFFHOOK_PATTERN_H
#define OFFHOOK_PATTERN_H

#include "str.h"

/* Bytes are compared, so what counts characters is for ASCII only. */
bool	pattern_matches(const char *pattern, struct str);

#endif
