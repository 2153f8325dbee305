/* Read the ring of rejected requests. See rejected.h. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "rejected.h"

bool
rejected_open(struct cli *cli, struct rejected *r)
{
	const struct config	*c = cli_config(cli);
	struct ring_counts	 counts;
	const char		*path;

	*r = (struct rejected){ .there = false };
	if (c == NULL)
		return false;
	ring_open(&r->ring, c->state, c->max_body);
	if (c->state == NULL)
		return true;
	path = cli_printf(cli, "%s/rejected.ring", c->state);
	if (access(path, R_OK) != 0 && errno != ENOENT) {
		cli_error("%s: %s; run this as the user of the responder",
		    path, strerror(errno));
		return false;
	}
	r->there = ring_counts(&r->ring, &counts);
	if (r->there) {
		r->last = counts.last;
		r->seen = counts.seen;
	}
	return true;
}

void
rejected_close(struct rejected *r)
{
	ring_close(&r->ring);
}

bool
rejected_get(struct cli *cli, struct rejected *r, uint64_t seq,
    struct ring_entry *e, struct message *m)
{
	return r->there && ring_get(&r->ring, &cli->arena, seq, e) &&
	    message_parse(e->payload, m) == MESSAGE_OK;
}

uint64_t
rejected_number(const struct rejected *r, struct str word)
{
	uint64_t	n;

	if (str_eq(word, STR("last")))
		return r->last;
	if (word.n > 1 && word.p[0] == 'r')
		word = str_sub(word, 1, word.n);
	return str_to_uint(word, UINT64_MAX, &n) ? n : 0;
}

void
rejected_explain_input(struct cli *cli, const struct config *c,
    const struct message *m, struct explain_input *in)
{
	struct explain_account	*a = cli_alloc(cli, c->naccounts,
				    sizeof(*a));
	size_t			 i;

	for (i = 0; i < c->naccounts; i++)
		a[i] = (struct explain_account){ c->accounts[i].sid,
		    c->accounts[i].token, c->accounts[i].ntokens };
	*in = (struct explain_input){
		.request = m,
		.bases = c->bases,
		.nbases = c->nbases,
		.public_url = c->value[SETTING_PUBLIC_URL],
		.accounts = a,
		.naccounts = c->naccounts,
		.default_account = c->default_account,
		.basic_auth = c->basic_auth,
		.url_token = c->url_token,
		.trusted = config_trusts(c, message_header(m,
		    "Offhook-Remote-Addr")),
	};
}
