/* A settings' file: either good and complete, or each fault in a line. */
#include "../../src/edge/config.h"
#include "fuzz_dir.h"

static void
check_good(const struct config *c)
{
	size_t	i;

	must(c->naccounts > 0 && c->naccounts <= CONFIG_MAX_ACCOUNTS);
	must(c->default_account < c->naccounts);
	for (i = 0; i < c->naccounts; i++)
		must(c->accounts[i].ntokens > 0 &&
		    c->accounts[i].ntokens <= c->max_tokens &&
		    c->accounts[i].token[0].n > 0 &&
		    c->accounts[i].sid.n == 34);
	for (i = 0; i < c->nbases; i++)
		must(c->bases[i].host.n > 0);
	must(c->nbases <= CONFIG_MAX_BASES &&
	    c->nproxies <= CONFIG_MAX_NETWORKS &&
	    c->nallowed <= CONFIG_MAX_NETWORKS &&
	    c->processes > 0 && c->max_body > 0);
	(void)config_trusts(c, STR("192.0.2.7"));
	(void)config_trusts(c, STR("2001:db8::7"));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct config	c;
	char			path[192], errors[16384];
	struct out		o = out_init(errors, sizeof(errors));
	int			fd;

	if (fuzz_path[0] == '\0')
		(void)clearenv();
	fd = fuzz_file("offhook.conf");
	must(write(fd, data, n) == (ssize_t)n);
	(void)close(fd);
	(void)snprintf(path, sizeof(path), "%s/offhook.conf", fuzz_path);
	if (config_open(&c, path, &o)) {
		must(o.n == 0);
		check_good(&c);
	} else
		must(o.overflow || (o.n > 0 && errors[o.n - 1] == '\n'));
	config_close(&c);
	return 0;
}
