/*
 * Twilio's SIDs: two capitals and 32 hexadecimal digits. Their form never
 * gates the signature check: Twilio's own examples use shorter fakes.
 */
#ifndef OFFHOOK_SID_H
#define OFFHOOK_SID_H

#include "str.h"

#define SID_LENGTH 34
#define BUCKETS 1024

/* Of that form, in either case, with this two-letter prefix (NULL: any). */
bool		sid_valid(struct str, const char *prefix);
/*
 * The bucket, 0-1023, in which everything about this id lives: the low ten
 * bits of a lower-case SID's last four digits; for any other id the first
 * two bytes of its SHA-256, low ten bits. offhook.bucket() in SQL is equal.
 */
uint16_t	sid_bucket(struct str id);

#endif
