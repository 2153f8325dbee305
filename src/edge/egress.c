/* Where this host's own requests may go. See egress.h. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>

#include "egress.h"

#define V4(a, b, c, d, bits) \
	{ { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, a, b, c, d }, \
	    96 + (bits) }

static const struct network private4[] = {
	V4(0, 0, 0, 0, 8),		/* this network; 0.0.0.0 is this host */
	V4(10, 0, 0, 0, 8),
	V4(100, 64, 0, 0, 10),		/* shared: carriers' NAT */
	V4(127, 0, 0, 0, 8),
	V4(169, 254, 0, 0, 16),		/* link-local: clouds' metadata */
	V4(172, 16, 0, 0, 12),
	V4(192, 0, 0, 0, 24),		/* protocol assignments */
	V4(192, 0, 2, 0, 24),		/* documentation */
	V4(192, 88, 99, 0, 24),		/* 6to4 relays, of old */
	V4(192, 168, 0, 0, 16),
	V4(198, 18, 0, 0, 15),		/* benchmarks */
	V4(198, 51, 100, 0, 24),	/* documentation */
	V4(203, 0, 113, 0, 24),		/* documentation */
	V4(224, 0, 0, 0, 4),		/* multicast */
	V4(240, 0, 0, 0, 4),		/* reserved, broadcast */
};

/* All that is public lies here; what within it is not, below. */
static const struct network global6[] = { { { 0x20 }, 3 } };
static const struct network private6[] = {
	{ { 0x20, 0x01, 0x00 }, 23 },		/* protocols: Teredo, ... */
	{ { 0x20, 0x01, 0x0d, 0xb8 }, 32 },	/* documentation */
	{ { 0x3f, 0xff }, 20 },			/* documentation */
};

/* IPv4 within IPv6, and at which byte it stands. */
static const struct {
	struct network	net;
	size_t		at;
} carriers[] = {
	{ { { [10] = 0xff, [11] = 0xff }, 96 }, 12 },	/* ::ffff:0:0/96 */
	{ { { 0x00, 0x64, 0xff, 0x9b }, 96 }, 12 },	/* NAT64 */
	{ { { 0x20, 0x02 }, 16 }, 2 },			/* 6to4 */
};

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

bool
egress_is_private(const unsigned char address[16])
{
	unsigned char	v4[16] = { [10] = 0xff, [11] = 0xff };
	size_t		i;

	for (i = 0; i < COUNT(carriers); i++)
		if (network_has(&carriers[i].net, 1, address)) {
			memcpy(v4 + 12, address + carriers[i].at, 4);
			return network_has(private4, COUNT(private4), v4);
		}
	return !network_has(global6, COUNT(global6), address) ||
	    network_has(private6, COUNT(private6), address);
}

bool
egress_allows(const struct egress *e, const struct sockaddr *to,
    char text[64])
{
	struct sockaddr_in	v4;
	struct sockaddr_in6	v6;
	unsigned char		a[16] = { [10] = 0xff, [11] = 0xff };

	(void)snprintf(text, 64, "?");
	if (to->sa_family == AF_INET) {
		memcpy(&v4, to, sizeof(v4));
		memcpy(a + 12, &v4.sin_addr, 4);
		(void)inet_ntop(AF_INET, &v4.sin_addr, text, 64);
	} else if (to->sa_family == AF_INET6) {
		memcpy(&v6, to, sizeof(v6));
		memcpy(a, &v6.sin6_addr, 16);
		(void)inet_ntop(AF_INET6, &v6.sin6_addr, text, 64);
	} else
		return false;
	return !egress_is_private(a) || network_has(e->allow, e->n, a);
}
