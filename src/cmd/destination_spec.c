/* A destination's spec, made of options. See destination_spec.h. */
#include <string.h>

#include "../core/destination.h"
#include "../core/json.h"
#include "../core/policy.h"
#include "destination_reach.h"
#include "destination_spec.h"
#include "word.h"

#define MAX_TEXT ((size_t)65536)	/* of @FILE */

#define SPEC_OPTIONS \
	{ "kind", "KIND", "only events of this kind, such as " \
	    "message.inbound or 'call.*'; repeatable", true }, \
	{ "from", "NUMBER", "only from this number, or '+1555*'; repeatable", \
	    true }, \
	{ "to", "NUMBER", "only to this number; repeatable", true }, \
	{ "status", "WORD", "only those that tell this status; repeatable", \
	    true }, \
	{ "filter", "JSON|@FILE", "only what this filter lets through", \
	    false }, \
	{ "body", "FORM", "json, the envelope (default); form, as it came; " \
	    "or both", false }, \
	{ "raw", NULL, "the request's bytes in the envelope, too", false }, \
	{ "no-raw", NULL, "without them (default)", false }, \
	{ "sign", "WORDS", "standard (default), twilio, both with a comma, " \
	    "or none", false }, \
	{ "header", "'NAME: VALUE'", "a header to send; 'NAME:' takes it " \
	    "away; repeatable", true }, \
	{ "template", "TEXT|@FILE", "send what this template makes of the " \
	    "event", false }, \
	{ "type", "TYPE", "the Content-Type of what a transform makes", \
	    false }, \
	{ "transform-sql", "FUNCTION", "send what this SQL function makes of " \
	    "the event", false }, \
	{ "retry", "TIMES", "'5s 30s 2m 1h', or 'exponential 10s..1h' " \
	    "(default)", false }, \
	{ "retry-on", "STATUSES", "'408 409 425 429 500-599' (default); !501 " \
	    "takes one out", false }, \
	{ "attempts", "N", "how many at most (12)", false }, \
	{ "age", "TIME", "no attempt later than so long after the event came " \
	    "(3d)", false }, \
	{ "connect-timeout", "TIME", "until it is connected (5s)", false }, \
	{ "first-byte", "TIME", "until the answer begins (10s)", false }, \
	{ "timeout", "TIME", "until the answer is there (15s)", false }, \
	{ "rate", "N/TIME", "not more often: 10/s, 600/m (no limit)", false }, \
	{ "concurrency", "N", "not more at once, of all workers (no limit)", \
	    false }, \
	{ "order", "WORD", "resource: of one message, call ... in order; " \
	    "none (default)", false }, \
	{ "stuck", "WORD", "a dead one is skipped by those behind it (skip), " \
	    "or holds them (hold)", false }, \
	{ "breaker", "N FROM..TO", "'10 30s..10m' (default): rests after N " \
	    "failures in a row; or off", false }, \
	{ "response", "BYTES", "how much of an answer is read (4096)", \
	    false }

const struct option options_destination_add[] = {
	{ "secret", "FILE", "sign with the secret in FILE (whsec_...), not "
	    "with a new one; - is standard input", false },
	SPEC_OPTIONS, { NULL, NULL, NULL, false }
};

const struct option options_destination_set[] = {
	SPEC_OPTIONS, { NULL, NULL, NULL, false }
};

/* Where the members are put together. */
struct changes {
	struct cli	*cli;
	struct str	 spec;		/* what it was */
	struct out	 members;	/* each with ", " before it */
};

struct str
destination_text(struct cli *cli, const char *word, size_t max)
{
	if (word[0] == '@')
		return cli_file(cli, word + 1, max);
	if (strcmp(word, "-") == 0)
		return cli_file(cli, word, max);
	return str_from(word);
}

/* A member with a value that is JSON, or null for an empty one. */
static void
add_json(struct changes *c, const char *key, struct str json)
{
	out_cstr(&c->members, ", ");
	out_json(&c->members, str_from(key));
	out_cstr(&c->members, ": ");
	out_bytes(&c->members, json.n == 0 || str_eq(json, STR("{}")) ?
	    STR("null") : json);
}

/* The URL, or the program and its arguments, behind the name. */
static int
take_address(struct changes *c)
{
	const struct args	*a = &c->cli->args;
	const char		*first = a->operand[1];
	size_t			 i;

	if (a->noperands < 2)
		return 0;
	if (first[0] != '/' && a->noperands > 2 && strstr(first, "://") != NULL)
		return cli_usage(c->cli, "it takes one URL, and nothing "
		    "behind it: %s", a->operand[2]);
	if (first[0] != '/' && a->noperands > 2)
		return cli_usage(c->cli, "a program begins with its whole "
		    "path: -- /usr/local/lib/offhook/%s ...", first);
	if (first[0] != '/') {
		out_cstr(&c->members, ", \"url\": ");
		out_json(&c->members, str_from(first));
		out_cstr(&c->members, ", \"exec\": null");
		return 0;
	}
	out_cstr(&c->members, ", \"exec\": [");
	for (i = 1; i < a->noperands; i++) {
		out_cstr(&c->members, i == 1 ? "" : ", ");
		out_json(&c->members, str_from(a->operand[i]));
	}
	out_cstr(&c->members, "], \"url\": null");
	return 0;
}

/* The options that are a text of a form: core/policy.h. */
static int
take_terms(struct changes *c)
{
	const struct policy_term	*t;
	const char			*word;
	struct str			 text;

	for (t = policy_terms; t->option != NULL; t++) {
		word = option_get(&c->cli->args, t->option);
		if (word == NULL)
			continue;
		text = strcmp(t->option, "template") == 0 ?
		    destination_text(c->cli, word, MAX_TEXT) : str_from(word);
		if (text.p == NULL)
			return EXIT_FAILURE;
		if (!policy_read(t, text, &c->members))
			return cli_usage(c->cli, "--%s is %s, not %s",
			    t->option, t->form, word);
	}
	return 0;
}

static int
take_raw(struct changes *c)
{
	bool	raw = option_get(&c->cli->args, "raw") != NULL;
	bool	no_raw = option_get(&c->cli->args, "no-raw") != NULL;

	if (raw && no_raw)
		return cli_usage(c->cli, "--raw and --no-raw do not go "
		    "together");
	if (raw)
		add_json(c, "raw", STR("true"));
	else if (no_raw)
		add_json(c, "raw", STR(""));
	return 0;
}

/* One member of headers, in any case, under the name that it has there. */
static struct str
known_name(struct cli *cli, struct str headers, struct str name)
{
	struct json_walk	walk;
	struct json_item	item;
	struct str		known;

	if (json_open(headers, &walk))
		while (json_next(&walk, &item)) {
			known = json_text(&cli->arena, item.name);
			if (str_ieq(known, name))
				return known;
		}
	return name;
}

/* {"NAME": "VALUE"} or {"NAME": null}; absent after a message. */
static struct str
header_change(struct cli *cli, struct str headers, const char *word)
{
	struct str	value = str_from(word), name;
	size_t		size = 6 * value.n + 32;
	struct out	o = out_init(cli_alloc(cli, size, 1), size);

	if (!str_cut(&value, ':', &name) || value.p == NULL || name.n == 0) {
		cli_usage(cli, "--header is 'NAME: VALUE', not %s", word);
		return (struct str){ NULL, 0 };
	}
	value = str_trim(value);
	out_char(&o, '{');
	out_json(&o, known_name(cli, headers, name));
	out_cstr(&o, ": ");
	if (value.n == 0)
		out_cstr(&o, "null");
	else
		out_json(&o, value);
	out_char(&o, '}');
	return out_str(&o);
}

static struct str
object_of(struct str spec, const char *key)
{
	struct str	value = json_get(spec, key);

	return json_type(value) == JSON_OBJECT ? value : STR("{}");
}

struct str
destination_filter(struct str spec)
{
	return object_of(spec, "filter");
}

static int
take_headers(struct changes *c)
{
	struct cli	*cli = c->cli;
	struct str	 headers = object_of(c->spec, "headers"), change;
	const char	*word;
	size_t		 at = 0;

	if (option_get(&cli->args, "header") == NULL)
		return 0;
	while ((word = option_next(&cli->args, "header", &at)) != NULL) {
		if (word[0] == '\0') {
			headers = STR("{}");
			continue;
		}
		change = header_change(cli, headers, word);
		if (change.p == NULL)
			return EXIT_USAGE;
		headers = policy_merge(&cli->arena, headers, change);
	}
	add_json(c, "headers", headers);
	return 0;
}

/* All values of an option, commas between or not, as {"option": [...]}. */
static struct str
any_of(struct cli *cli, const char *option)
{
	const char	*word;
	struct str	 rest, one;
	size_t		 at = 0, n = 0, size = 64;
	struct out	 o;

	while ((word = option_next(&cli->args, option, &at)) != NULL)
		size += 6 * strlen(word) + 8;
	o = out_init(cli_alloc(cli, size, 1), size);
	out_char(&o, '{');
	out_json(&o, str_from(option));
	out_cstr(&o, ": [");
	for (at = 0; (word = option_next(&cli->args, option, &at)) != NULL;)
		for (rest = str_from(word); str_cut(&rest, ',', &one);) {
			one = str_trim(one);
			if (one.n == 0)
				continue;
			out_cstr(&o, n++ == 0 ? "" : ", ");
			out_json(&o, one);
		}
	out_cstr(&o, "]}");
	return n > 0 ? out_str(&o) :
	    str_from(cli_printf(cli, "{\"%s\": null}", option));
}

/* --filter; then the short ones, each in place of the key of its name. */
static int
take_filter(struct changes *c)
{
	static const char *const keys[] = { "kind", "from", "to", "status" };
	struct cli	*cli = c->cli;
	const char	*word = option_get(&cli->args, "filter");
	struct str	 filter = destination_filter(c->spec);
	bool		 given = word != NULL;
	size_t		 i;

	if (!word_kinds(cli, "kind", true))
		return EXIT_USAGE;
	if (word != NULL && word[0] == '\0')
		filter = STR("{}");
	else if (word != NULL) {
		filter = destination_text(cli, word, MAX_TEXT);
		if (filter.p == NULL)
			return EXIT_FAILURE;
		if (!json_valid(filter) || json_type(str_trim(filter)) !=
		    JSON_OBJECT)
			return cli_usage(cli, "--filter is a JSON object, "
			    "such as {\"kind\": \"message.inbound\"}, or "
			    "@FILE; see: man offhook-destinations");
		filter = str_trim(filter);
	}
	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		if (option_get(&cli->args, keys[i]) == NULL)
			continue;
		given = true;
		filter = policy_merge(&cli->arena, filter,
		    any_of(cli, keys[i]));
	}
	if (given)
		add_json(c, "filter", filter);
	return 0;
}

/* How large the members can become. */
static size_t
changes_size(const struct cli *cli, struct str spec)
{
	size_t	size = 4096 + 8 * (MAX_TEXT + spec.n), i;

	for (i = 0; i < cli->args.ngiven; i++)
		size += 8 * strlen(cli->args.given[i].value) + 64;
	for (i = 0; i < cli->args.noperands; i++)
		size += 8 * strlen(cli->args.operand[i]) + 64;
	return size;
}

int
destination_changes(struct cli *cli, struct str spec, struct str *changes)
{
	static int (*const takes[])(struct changes *) = { take_address,
	    take_filter, take_terms, take_raw, take_headers };
	struct changes	c = { .cli = cli, .spec = spec };
	size_t		size = changes_size(cli, spec), i;
	int		status;

	c.members = out_init(cli_alloc(cli, size, 1), size - 1);
	out_cstr(&c.members, "{");
	for (i = 0; i < sizeof(takes) / sizeof(takes[0]); i++) {
		status = takes[i](&c);
		if (status != 0)
			return status;
	}
	out_char(&c.members, '}');
	*changes = out_str(&c.members);
	if (changes->n > 2) {		/* the first ", " goes */
		c.members.p[2] = '{';
		*changes = str_sub(*changes, 2, changes->n);
	}
	return 0;
}

/* What destination test and doctor would say, where it is cheap. */
static void
remark(struct cli *cli, const struct destination *d)
{
	char		why[512];
	enum reach	r = destination_reach(cli, d, false, why);

	if (r == REACH_PRIVATE)
		cli_after(cli, "%s: nothing is sent there before "
		    "OFFHOOK_ALLOW_PRIVATE names it, for the worker.", why);
	else if (r == REACH_PROGRAM)
		cli_after(cli, "%s: it is not run before OFFHOOK_EXEC names "
		    "its folder, for the worker.", why);
}

bool
destination_check(struct cli *cli, struct str spec, struct str changes,
    struct str *merged)
{
	struct destination	*d = cli_alloc(cli, 1, sizeof(*d));
	char			 buf[1024];
	struct out		 why = out_init(buf, sizeof(buf));

	*merged = policy_merge(&cli->arena, spec, changes);
	if (merged->p == NULL || cli->arena.full)
		cli_error("the memory is used up (%zu MB)", CLI_MEMORY >> 20);
	else if (destination_parse(&cli->arena, *merged, d, &why)) {
		remark(cli, d);
		return true;
	} else
		cli_error("%.*s", (int)why.n, why.p);
	return false;
}
