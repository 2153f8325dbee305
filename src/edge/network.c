/* Addresses and networks in CIDR form. See network.h. */
#include <arpa/inet.h>

#include "../core/out.h"
#include "network.h"

static bool
parse(struct str s, unsigned char out[16], unsigned *bits)
{
	char		text[INET6_ADDRSTRLEN];
	struct in_addr	v4;
	struct out	o = out_init(text, sizeof(text) - 1);

	out_bytes(&o, s);
	if (o.overflow)
		return false;
	text[o.n] = '\0';
	*bits = 128;
	if (inet_pton(AF_INET6, text, out) == 1)
		return true;
	*bits = 32;
	if (inet_pton(AF_INET, text, &v4) != 1)
		return false;
	memset(out, 0, 10);
	memset(out + 10, 0xff, 2);
	memcpy(out + 12, &v4, 4);
	return true;
}

bool
network_address(struct str s, unsigned char out[16])
{
	unsigned	ignored;

	return parse(s, out, &ignored);
}

bool
network_parse(struct str s, struct network *out)
{
	struct str	address;
	uint64_t	n;
	unsigned	most;

	(void)str_cut(&s, '/', &address);
	if (!parse(address, out->address, &most))
		return false;
	n = most;
	if (s.p != NULL && !str_to_uint(s, most, &n))
		return false;
	out->bits = (unsigned)n + (128 - most);
	return true;
}

bool
network_has(const struct network *net, size_t n,
    const unsigned char address[16])
{
	unsigned	whole, part;
	size_t		i;

	for (i = 0; i < n; i++) {
		whole = net[i].bits / 8;
		part = net[i].bits % 8;
		if (memcmp(address, net[i].address, whole) == 0 &&
		    (part == 0 || (address[whole] ^ net[i].address[whole]) >>
		    (8 - part) == 0))
			return true;
	}
	return false;
}
