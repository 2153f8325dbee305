/* Which addresses are private, and which of these may be asked. */
#include <arpa/inet.h>
#include <netinet/in.h>

#include "../../src/edge/egress.h"
#include "tap.h"

static const struct {
	const char	*address;
	bool		 is_private;
} addresses[] = {
	{ "0.0.0.0", true }, { "0.255.255.255", true },
	{ "1.0.0.0", false }, { "1.1.1.1", false },
	{ "9.255.255.255", false }, { "10.0.0.0", true },
	{ "10.255.255.255", true }, { "11.0.0.0", false },
	{ "100.63.255.255", false }, { "100.64.0.0", true },
	{ "100.127.255.255", true }, { "100.128.0.0", false },
	{ "126.255.255.255", false }, { "127.0.0.1", true },
	{ "127.255.255.255", true }, { "128.0.0.0", false },
	{ "169.253.255.255", false }, { "169.254.169.254", true },
	{ "169.255.0.0", false }, { "172.15.255.255", false },
	{ "172.16.0.0", true }, { "172.31.255.255", true },
	{ "172.32.0.0", false }, { "192.0.0.1", true },
	{ "192.0.1.0", false }, { "192.0.2.1", true },
	{ "192.88.99.1", true }, { "192.88.100.1", false },
	{ "192.167.255.255", false }, { "192.168.0.0", true },
	{ "192.168.255.255", true }, { "192.169.0.0", false },
	{ "198.17.255.255", false }, { "198.18.0.0", true },
	{ "198.19.255.255", true }, { "198.20.0.0", false },
	{ "198.51.100.7", true }, { "198.51.101.0", false },
	{ "203.0.113.7", true }, { "203.0.114.0", false },
	{ "223.255.255.255", false }, { "224.0.0.1", true },
	{ "239.255.255.255", true }, { "240.0.0.1", true },
	{ "255.255.255.255", true }, { "8.8.8.8", false },
	{ "::", true }, { "::1", true }, { "::2", true },
	{ "::7f00:1", true },		/* IPv4-compatible, of old */
	{ "::ffff:127.0.0.1", true }, { "::ffff:10.1.2.3", true },
	{ "::ffff:8.8.8.8", false }, { "::ffff:0:127.0.0.1", true },
	{ "64:ff9b::10.0.0.1", true }, { "64:ff9b::127.0.0.1", true },
	{ "64:ff9b::8.8.8.8", false }, { "64:ff9b:1::8.8.8.8", true },
	{ "2002:0a00:0001::", true }, { "2002:7f00:0001::1", true },
	{ "2002:c0a8:0101::1", true }, { "2002:0808:0808::1", false },
	{ "2001::1", true }, { "2001:1ff:ffff::1", true },
	{ "2001:200::1", false }, { "2001:db8::1", true },
	{ "2001:db9::1", false }, { "2606:4700::1111", false },
	{ "3fff::1", true }, { "3fff:fff::1", true },
	{ "3fff:1000::1", false }, { "100::1", true },
	{ "5f00::1", true }, { "fc00::1", true }, { "fd12:3456::1", true },
	{ "fe80::1", true }, { "febf::1", true }, { "fec0::1", true },
	{ "ff02::1", true }, { "4000::1", true },
};

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static void
test_addresses(void)
{
	unsigned char	a[16];
	size_t		i;

	for (i = 0; i < COUNT(addresses); i++) {
		quiet(network_address(str_from(addresses[i].address), a),
		    "%s", addresses[i].address);
		quiet(egress_is_private(a) == addresses[i].is_private, "%s",
		    addresses[i].address);
	}
	tap_loop("private addresses");
}

static bool
allowed(const struct egress *e, int family, const char *address,
    const char *want)
{
	struct sockaddr_in	v4 = { .sin_family = AF_INET };
	struct sockaddr_in6	v6 = { .sin6_family = AF_INET6 };
	const struct sockaddr	*to = (const struct sockaddr *)&v4;
	char			text[64];
	bool			good;

	if (family == AF_INET)
		quiet(inet_pton(family, address, &v4.sin_addr) == 1, "in");
	else {
		quiet(inet_pton(family, address, &v6.sin6_addr) == 1, "in6");
		to = (const struct sockaddr *)&v6;
	}
	good = egress_allows(e, to, text);
	quiet(strcmp(text, want) == 0, "%s is told as %s", address, text);
	return good;
}

static void
test_allowed(void)
{
	struct network		net[2];
	struct egress		none = { NULL, 0 }, two = { net, 2 };
	struct sockaddr		unix_socket = { .sa_family = AF_UNIX };
	char			text[64];

	quiet(network_parse(STR("10.1.0.0/16"), &net[0]) &&
	    network_parse(STR("fd00::/8"), &net[1]), "networks");
	quiet(allowed(&none, AF_INET, "8.8.8.8", "8.8.8.8"), "public");
	quiet(!allowed(&none, AF_INET, "10.1.2.3", "10.1.2.3"), "private");
	quiet(allowed(&two, AF_INET, "10.1.2.3", "10.1.2.3"), "named");
	quiet(allowed(&two, AF_INET6, "::ffff:10.1.2.3", "::ffff:10.1.2.3"),
	    "named, mapped");
	quiet(!allowed(&two, AF_INET, "10.2.2.3", "10.2.2.3"), "not named");
	quiet(allowed(&two, AF_INET6, "fd00::7", "fd00::7"), "IPv6 named");
	quiet(!allowed(&two, AF_INET6, "fc00::7", "fc00::7"), "IPv6 not");
	quiet(allowed(&two, AF_INET6, "2606:4700::1", "2606:4700::1"),
	    "IPv6 public");
	quiet(!egress_allows(&two, &unix_socket, text), "no address of IP");
	tap_loop("where a connection may go");
}

int
main(void)
{
	test_addresses();
	test_allowed();
	return done_testing();
}
