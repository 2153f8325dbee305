/* Time and randomness: the only places they come from. */
#ifndef OFFHOOK_CLOCK_H
#define OFFHOOK_CLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../core/str.h"

/* Milliseconds since 1970 UTC. */
int64_t	clock_now_ms(void);
/* Milliseconds that only grow, for deadlines. */
int64_t	clock_monotonic_ms(void);
void	clock_sleep_ms(int64_t);
/* A UUIDv7 (RFC 9562 section 5.7) of this time; false without randomness. */
bool	clock_uuid(int64_t now_ms, unsigned char out[16]);
/* Random bytes, at most 256; false when there are none. */
bool	clock_random(unsigned char *, size_t);
/* "2026-01-31T23:59:59.123Z", 24 characters and a NUL. */
void	clock_format(int64_t ms, char out[25]);
/* 8-4-4-4-12 hexadecimal digits and a NUL. */
void	clock_uuid_format(const unsigned char id[16], char out[37]);
/* Whether this host knows the time zone: "Europe/Berlin", "UTC". */
bool	clock_zone_known(struct str zone);
/*
 * The day of the week (0: Sunday) and the minute of the day in a zone; an
 * absent one is UTC. False when the zone is not known. Environment and the C
 * library's zone are set meanwhile: for processes of one thread.
 */
bool	clock_local(struct str zone, int64_t ms, int *day, int *minute);

#endif
