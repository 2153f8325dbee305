/*
 * Where this host's own requests may go: no URL that somebody sets, and no
 * name that somebody's DNS answers, shall reach what only this host or its
 * network can reach. Asked of the address that is about to be connected
 * to, so that there is nothing between the look-up and the check.
 * Source: IANA's registries of special-purpose addresses (RFC 6890).
 */
#ifndef OFFHOOK_EGRESS_H
#define OFFHOOK_EGRESS_H

#include <sys/socket.h>

#include "network.h"

/* What OFFHOOK_ALLOW_PRIVATE lets through. */
struct egress {
	const struct network	*allow;
	size_t			 n;
};

/*
 * Whether it is none of the public Internet's: this host, private, link-
 * local, shared, documentation, multicast, reserved ... Of an IPv6 address
 * that carries an IPv4 one (mapped, 6to4, NAT64), that one counts.
 */
bool	egress_is_private(const unsigned char address[16]);
/*
 * Whether a connection there may be made. text gets the address, for
 * people.
 */
bool	egress_allows(const struct egress *, const struct sockaddr *,
	    char text[64]);

#endif
