/*
 * Addresses and networks in CIDR form, as settings name them: IPv4 is
 * mapped into IPv6, so that one comparison serves both.
 */
#ifndef OFFHOOK_NETWORK_H
#define OFFHOOK_NETWORK_H

#include "../core/str.h"

struct network {
	unsigned char	address[16];
	unsigned	bits;		/* 0-128 */
};

/* 192.0.2.7 or 2001:db8::1, nothing else about it. */
bool	network_address(struct str, unsigned char out[16]);
/* An address, or a network such as 10.0.0.0/8 or fd00::/8. */
bool	network_parse(struct str, struct network *);
/* Whether one of the n networks has this address. */
bool	network_has(const struct network *, size_t n,
	    const unsigned char address[16]);

#endif
