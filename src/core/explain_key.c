/* Faults of the header and of the key. See explain_state.h. */
#include "explain_state.h"

/* Blanks, quotes and line ends around the header's value. */
static bool
header_around(struct world *w, struct state *s, size_t way,
    struct str *detail)
{
	struct str	v = s->signature;

	(void)w;
	(void)way;
	(void)detail;
	while (v.n > 0 && (v.p[0] == '"' || v.p[0] == '\'' ||
	    v.p[0] == ' ' || v.p[0] == '\t'))
		v = str_sub(v, 1, v.n);
	while (v.n > 0 && (v.p[v.n - 1] == '"' || v.p[v.n - 1] == '\'' ||
	    v.p[v.n - 1] == ' ' || v.p[v.n - 1] == '?' ||
	    v.p[v.n - 1] == '\n' || v.p[v.n - 1] == '\r'))
		v.n--;
	return explain_set(&s->signature, v);
}

static bool
header_doubled(struct world *w, struct state *s, size_t way,
    struct str *detail)
{
	size_t	comma = str_find(s->signature, ',', 0);

	(void)w;
	(void)detail;
	if (comma == s->signature.n)
		return false;
	return explain_set(&s->signature, str_trim(way == 0 ?
	    str_sub(s->signature, 0, comma) :
	    str_sub(s->signature, comma + 1, s->signature.n)));
}

/* Base64 that something took for text of a URL. */
static bool
header_decoded(struct world *w, struct state *s, size_t way,
    struct str *detail)
{
	struct str	v = s->signature;

	(void)detail;
	switch (way) {
	case 0:
		v = url_replace(w->arena, v, STR(" "), STR("+"));
		break;
	case 1:
		v = explain_decoded(w, v);
		break;
	case 2:
		v = url_replace(w->arena, v, STR("-"), STR("+"));
		v = url_replace(w->arena, v, STR("_"), STR("/"));
		break;
	default:
		return false;
	}
	return explain_set(&s->signature, v);
}

static bool
header_unpadded(struct world *w, struct state *s, size_t way,
    struct str *detail)
{
	struct str	parts[2] = { s->signature, STR("=") };

	(void)way;
	(void)detail;
	return s->signature.n == SIG_LENGTH - 1 &&
	    explain_set(&s->signature, arena_join(w->arena, parts, 2));
}

#define HEADER_MEND \
    "Something between Twilio and offhook (a proxy's rule, a script that " \
    "sends the request) rewrites the header: let X-Twilio-Signature pass " \
    "unchanged."

const struct fault explain_header_faults[] = {
	{ "The signature's header has quotes, blanks or a line end around it.",
	    HEADER_MEND, 1, 0, header_around },
	{ "The signature's header came twice.", HEADER_MEND, 2, 0,
	    header_doubled },
	{ "The signature was URL-decoded or encoded on its way.",
	    HEADER_MEND, 3, 0, header_decoded },
	{ "The signature lost the \"=\" at its end.", HEADER_MEND, 1, 0,
	    header_unpadded },
	{ NULL, NULL, 0, 0, NULL }
};

static bool
use_account(struct state *s, const struct explain_account *a,
    struct str *detail)
{
	if (str_eq(a->sid, s->account) || a->ntokens == 0)
		return false;
	s->token = a->token;
	s->ntokens = a->ntokens;
	s->account = a->sid;
	*detail = a->sid;
	return true;
}

/* The account that the request names has no token in the settings. */
static bool
is_unknown(const struct world *w, const struct state *s)
{
	size_t	i;

	for (i = 0; i < w->in->naccounts; i++)
		if (str_eq(w->in->accounts[i].sid, s->account))
			return false;
	return s->account.n > 0;
}

static bool
key_unknown(struct world *w, struct state *s, size_t way, struct str *detail)
{
	return is_unknown(w, s) && way < w->in->naccounts &&
	    use_account(s, &w->in->accounts[way], detail);
}

static bool
key_default(struct world *w, struct state *s, size_t way, struct str *detail)
{
	(void)way;
	return s->account.n > 0 && w->in->default_account < w->in->naccounts &&
	    use_account(s, &w->in->accounts[w->in->default_account], detail);
}

static bool
key_other(struct world *w, struct state *s, size_t way, struct str *detail)
{
	return s->account.n > 0 && way < w->in->naccounts &&
	    way != w->in->default_account &&
	    use_account(s, &w->in->accounts[way], detail);
}

static bool
junk(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '"' ||
	    c == '\'' || c == ',' || c == ';';
}

static struct str
without_junk(struct str t)
{
	while (t.n > 0 && junk(t.p[0]))
		t = str_sub(t, 1, t.n);
	while (t.n > 0 && junk(t.p[t.n - 1]))
		t.n--;
	return t;
}

/* Change every token; false when none differs. */
static bool
change_tokens(struct world *w, struct state *s,
    struct str (*change)(struct world *, struct str, size_t), size_t way)
{
	struct str	*token = arena_alloc(w->arena, s->ntokens,
			    sizeof(*token));
	bool		 changed = false;
	size_t		 i;

	if (token == NULL)
		return false;
	for (i = 0; i < s->ntokens; i++) {
		token[i] = change(w, s->token[i], way);
		if (token[i].p == NULL)
			return false;
		changed = changed || !str_eq(token[i], s->token[i]);
	}
	s->token = token;
	return changed;
}

static struct str
clean_token(struct world *w, struct str t, size_t way)
{
	switch (way) {
	case 0:
		return without_junk(t);
	case 1:
		return explain_case(w, t, false);
	default:
		return explain_case(w, t, true);
	}
}

static bool
key_unclean(struct world *w, struct state *s, size_t way, struct str *detail)
{
	(void)detail;
	return change_tokens(w, s, clean_token, way);
}

static struct str
dirty_token(struct world *w, struct str t, size_t way)
{
	static const struct {
		const char	*before, *after;
	} with[] = {
		{ "", "\n" }, { "", "\r\n" }, { "", " " }, { " ", "" },
		{ "\"", "\"" }, { "'", "'" },
	};
	struct str	parts[3];

	parts[0] = str_from(with[way].before);
	parts[1] = t;
	parts[2] = str_from(with[way].after);
	return arena_join(w->arena, parts, 3);
}

static bool
key_dirty(struct world *w, struct state *s, size_t way, struct str *detail)
{
	(void)detail;
	return change_tokens(w, s, dirty_token, way);
}

static bool
key_empty(struct world *w, struct state *s, size_t way, struct str *detail)
{
	static const struct str	empty = { "", 0 };

	(void)w;
	(void)way;
	(void)detail;
	s->token = &empty;
	s->ntokens = 1;
	return true;
}

/* The account's SID taken for its token. */
static bool
key_sid(struct world *w, struct state *s, size_t way, struct str *detail)
{
	struct str	*token;

	(void)way;
	(void)detail;
	if (s->account.n == 0)
		return false;
	token = arena_alloc(w->arena, 1, sizeof(*token));
	if (token == NULL)
		return false;
	*token = s->account;
	s->token = token;
	s->ntokens = 1;
	return true;
}

#define TOOL_MEND \
    "Twilio does not do this: correct the program or script that sends the " \
    "request."

const struct fault explain_key_faults[] = {
	{ "The request names an account that is not in the settings, but is "
	    "signed with the token of one that is.",
	    "Is the token in the settings this account's? Then correct the "
	    "SID beside it (TWILIO_ACCOUNT_SID, or the name "
	    "TWILIO_AUTH_TOKEN_AC…). Else add the account with its own "
	    "token.", 64, 0, key_unknown },
	{ "It is signed with the default account's token (a parent's), not "
	    "with that of the account it names.",
	    "Twilio signs with the token of the account that owns the number "
	    "or message. A sender of yours: sign with the account's own "
	    "token. Otherwise TWILIO_AUTH_TOKEN_AC… of the account named "
	    "holds a wrong token.", 1, 0, key_default },
	{ "It is signed with the token of another account of the settings.",
	    "Two accounts' tokens are swapped in the settings, or the sender "
	    "signs with the wrong one: compare TWILIO_AUTH_TOKEN_AC… with "
	    "each account's own page in the Console.", 64, 0, key_other },
	{ "The token in the settings has quotes, blanks or a wrong case.",
	    "Write TWILIO_AUTH_TOKEN as the Console shows it: 32 lower-case "
	    "hexadecimal digits, nothing around them.", 3, 0, key_unclean },
	{ "The sender's token has a line end, a blank or quotes too many.",
	    "Correct the token at the sender (echo adds a line end: use "
	    "printf '%s').", 6, 0, key_dirty },
	{ "It is signed with an empty token.",
	    "The sender's token is not set: " TOOL_MEND, 1, 0, key_empty },
	{ "It is signed with the account's SID in place of its token.",
	    TOOL_MEND, 1, 0, key_sid },
	{ NULL, NULL, 0, 0, NULL }
};
