/* Values that are one of a few words. See word.h. */
#include <stdio.h>
#include <string.h>

#include "../core/kind.h"
#include "word.h"

#define NEAR 4			/* edits less than this */

/* What functions/issue_count.sql is called with, here and in SQL. */
const char *const word_issue_types[] = { "breaker.open", "call.no_route",
    "delivery.dead", "delivery.first_failure", "pending.old", "reply.busy",
    "reply.failed", "reply.invalid", "reply.late", "reply.slow",
    "route.broken", "signature.failures", "spool.bad", "spool.used",
    "twilio.alert", NULL };

const char *const word_states[] = { "pending", "sending", "waiting",
    "delivered", "dead", "expired", "cancelled", NULL };

const char *const word_verdicts[] = { "applied", "stale", "unknown",
    "recorded", "replay", NULL };

/* A vocabulary, and how it is spoken of. */
struct vocabulary {
	const char *const	*words;
	bool			 begins;	/* many; "x*" is what begins
						   so */
	const char		*see;		/* where all are; or NULL */
};

static bool
is_known(const struct vocabulary *v, struct str value)
{
	bool			 star = v->begins && str_ends(value, STR("*"));
	struct str		 want = star ? str_sub(value, 0, value.n - 1) :
				    value;
	const char *const	*w;

	/* Of Event Streams there are more than we know. */
	if (v->begins && str_starts(value, STR("stream.")))
		return true;
	for (w = v->words; *w != NULL; w++)
		if (star ? str_starts(str_from(*w), want) :
		    str_eq(want, str_from(*w)))
			return true;
	return false;
}

/* The word that is near, or "call.*" of it for a "cal.*"; "": none. */
static void
near_word(const struct vocabulary *v, struct str value, char near[64])
{
	bool			 star = str_ends(value, STR("*"));
	const char *const	*w;
	char			 text[64], word[64];
	size_t			 d, best = NEAR;

	near[0] = '\0';
	if (value.n >= sizeof(text))
		return;
	(void)snprintf(text, sizeof(text), "%.*s", (int)value.n, value.p);
	for (w = v->words; *w != NULL; w++) {
		(void)snprintf(word, sizeof(word), "%.*s%s", star ?
		    (int)strcspn(*w, ".") : 60, *w, star ? ".*" : "");
		d = option_distance(text, word);
		if (d < best) {
			best = d;
			memcpy(near, word, sizeof(word));
		}
	}
}

/* "a, b or c" */
static void
all_words(const char *const *words, struct out *o)
{
	size_t	i;

	for (i = 0; words[i] != NULL; i++) {
		out_cstr(o, i == 0 ? "" : words[i + 1] == NULL ? " or " :
		    ", ");
		out_cstr(o, words[i]);
	}
}

static bool
check(const struct cli *cli, const char *what, struct str value,
    const struct vocabulary *v)
{
	char		 near[64], list[512];
	struct out	 o = out_init(list, sizeof(list) - 1);

	if (is_known(v, value))
		return true;
	near_word(v, value, near);
	if (v->begins && near[0] != '\0')
		(void)cli_usage(cli, "%s: there is no %.*s; did you mean %s?",
		    what, (int)value.n, value.p, near);
	else if (v->see != NULL)
		(void)cli_usage(cli, "%s: there is no %.*s; see: %s", what,
		    (int)value.n, value.p, v->see);
	else {
		all_words(v->words, &o);
		list[o.n] = '\0';
		(void)cli_usage(cli, "%s is %s, not %.*s", what, list,
		    (int)value.n, value.p);
	}
	return false;
}

static bool
check_option(const struct cli *cli, const char *option,
    const struct vocabulary *v, bool commas)
{
	char		 what[64];
	struct out	 o = out_init(what, sizeof(what) - 1);
	struct str	 rest, one;
	const char	*value;
	size_t		 at = 0;

	out_cstr(&o, "--");
	out_cstr(&o, option);
	what[o.n] = '\0';
	while ((value = option_next(&cli->args, option, &at)) != NULL)
		for (rest = str_from(value); str_cut(&rest,
		    commas ? ',' : '\0', &one);)
			if (!(commas && str_trim(one).n == 0) &&
			    !check(cli, what, str_trim(one), v))
				return false;
	return true;
}

bool
word_option(const struct cli *cli, const char *option,
    const char *const *words, bool commas)
{
	struct vocabulary	v = { .words = words };

	return check_option(cli, option, &v, commas);
}

bool
word_kinds(const struct cli *cli, const char *option, bool commas)
{
	const char		*kinds[EVENT_KINDS + 1] = { NULL };
	struct vocabulary	 v = { kinds, true, "offhook kind list" };
	size_t			 i;

	for (i = 0; i < EVENT_KINDS; i++)
		kinds[i] = event_kind_name((enum event_kind)i);
	return check_option(cli, option, &v, commas);
}

bool
word_issues(const struct cli *cli, const char *option)
{
	struct vocabulary	v = { word_issue_types, true, NULL };

	return check_option(cli, option, &v, false);
}

bool
word_is(const struct cli *cli, const char *what, struct str value,
    const char *const *words)
{
	struct vocabulary	v = { .words = words,
				    .begins = words == word_issue_types };

	return check(cli, what, value, &v);
}
