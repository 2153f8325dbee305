/* The options of offhook listen. See listen.h. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "../core/json.h"
#include "../edge/clock.h"
#include "destination_spec.h"
#include "list.h"
#include "listen.h"
#include "word.h"

#define MAX_LIMIT 1000000000
#define MAX_FILTER ((size_t)16384)

const struct option options_listen[] = {
	{ "kind", "KIND", "only events of this kind, such as message.inbound "
	    "or 'call.*'", true },
	{ "from", "NUMBER", "only from this number", false },
	{ "to", "NUMBER", "only to this number", false },
	{ "filter", "JSON|@FILE", "only those that pass this filter, as of a "
	    "destination", false },
	{ "since", "TIME", "those of the past first: 10m, 24h, or a time",
	    false },
	{ "once", NULL, "end when what is there was forwarded", false },
	{ "limit", "N", "end after so many", false },
	{ "json", NULL, "as JSON, signed as Standard Webhooks has it", false },
	{ "secret", "SECRET", "for --json: whsec_...; without it one is made",
	    false },
	{ "parallel", "N", "so many at once, in any order (1)", false },
	{ "resume", "FILE", "go on where the run before, with the same FILE, "
	    "has ended", false },
	{ "verbose", NULL, "show what is sent and answered, too", false },
	{ NULL, NULL, NULL, false }
};

/* --filter: JSON, or @FILE; absent without it. A status. */
static int
read_filter(struct cli *cli, struct str *filter)
{
	const char	*word = option_get(&cli->args, "filter");

	*filter = (struct str){ NULL, 0 };
	if (word == NULL)
		return 0;
	*filter = destination_text(cli, word, MAX_FILTER);
	if (filter->p == NULL)
		return EXIT_FAILURE;
	return json_valid(*filter) ? 0 :
	    cli_usage(cli, "--filter is JSON, such as {\"kind\": "
	    "\"message.inbound\"}, or @FILE");
}

/* --kind, --from, --to and --filter as one filter. */
static int
take_filter(struct listen *l)
{
	struct cli	*cli = l->cli;
	struct str	 from = cli_option(cli, "from"), more;
	struct str	 to = cli_option(cli, "to");
	char		*p = cli_alloc(cli, 65536, 1);
	struct out	 o = out_init(p, 65535);
	const char	*kind;
	size_t		 at = 0, n = 0;
	int		 status;

	out_cstr(&o, "{\"and\": [{\"kind\": [");
	while ((kind = option_next(&cli->args, "kind", &at)) != NULL) {
		out_cstr(&o, n++ == 0 ? "" : ", ");
		out_json(&o, str_from(kind));
	}
	if (n == 0) {
		o.n = 0;
		out_cstr(&o, "{\"and\": [{\"kind\": [\"*\"");
	}
	out_cstr(&o, "]");
	if (from.p != NULL)
		cli_json_pair(&o, "from", from);
	if (to.p != NULL)
		cli_json_pair(&o, "to", to);
	out_cstr(&o, "}");
	status = read_filter(cli, &more);
	if (status != 0)
		return status;
	if (more.p != NULL) {
		out_cstr(&o, ", ");
		out_bytes(&o, more);
	}
	out_cstr(&o, "]}");
	if (n > 0 || from.p != NULL || to.p != NULL || more.p != NULL)
		l->filter = p;
	return o.overflow ? cli_usage(cli, "the filter is too long") : 0;
}

static const char *
make_secret(struct cli *cli)
{
	unsigned char	 random[32];
	char		*p = cli_alloc(cli, 64, 1);
	struct out	 o = out_init(p, 63);

	if (!clock_random(random, sizeof(random)))
		return "";
	out_cstr(&o, "whsec_");
	out_base64(&o, random, sizeof(random));
	return p;
}

/* A destination of this run's own. */
static int
take_destination(struct listen *l)
{
	struct cli	*cli = l->cli;
	bool		 json = option_get(&cli->args, "json") != NULL;
	const char	*secret = option_get(&cli->args, "secret");
	char		 why[512];
	struct out	 spec = out_init(cli_alloc(cli, 16384, 1), 16383);
	struct out	 o = out_init(why, sizeof(why));

	if (secret != NULL && !json)
		return cli_usage(cli, "--secret is for --json");
	out_cstr(&spec, "{\"url\": ");
	out_json(&spec, str_from(cli->args.operand[0]));
	out_cstr(&spec, json ? ", \"body\": \"json\", \"sign\": "
	    "[\"standard\"]" : ", \"body\": \"form\", \"sign\": [\"twilio\"]");
	out_cstr(&spec, ", \"response\": 65536, \"first_byte_ms\": 15000}");
	if (spec.overflow || !destination_parse(&cli->arena, out_str(&spec),
	    &l->to, &o))
		return cli_usage(cli, "%.*s", (int)o.n, o.p);
	if (!json)
		return 0;
	if (secret == NULL) {
		secret = make_secret(cli);
		cli_note("Signed with the secret %s", secret);
	}
	l->to.secret[0] = str_from(secret);
	l->to.nsecrets = 1;
	return 0;
}

/* The cursor of the run before, if there was one. */
static bool
read_cursor(struct listen *l)
{
	struct str	text;

	l->resume = option_get(&l->cli->args, "resume");
	if (l->resume == NULL || (access(l->resume, F_OK) != 0 &&
	    errno == ENOENT))
		return true;
	text = str_trim(cli_file(l->cli, l->resume, LISTEN_MAX_CURSOR - 1));
	if (text.p == NULL)
		return false;
	memcpy(l->cursor, text.p, text.n);
	l->cursor[text.n] = '\0';
	return true;
}

int
listen_options(struct listen *l)
{
	struct cli	*cli = l->cli;
	struct str	 since;
	int		 status;

	l->limit = UINT64_MAX;
	l->parallel = 1;
	l->once = option_get(&cli->args, "once") != NULL;
	l->verbose = option_get(&cli->args, "verbose") != NULL;
	if (!cli_count(cli, "limit", MAX_LIMIT, &l->limit) ||
	    !cli_count(cli, "parallel", LISTEN_PAGE, &l->parallel) ||
	    !word_kinds(cli, "kind", false))
		return EXIT_USAGE;
	if (list_time(cli, "since", &since) != 0)
		return EXIT_USAGE;
	if (since.p != NULL)
		l->since = arena_cstr(&cli->arena, since);
	status = take_filter(l);
	if (status != 0)
		return status;
	return read_cursor(l) ? take_destination(l) : EXIT_FAILURE;
}
