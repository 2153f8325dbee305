/* Faults of the query and the fragment. See explain_state.h. */
#include <openssl/evp.h>
#include <stdlib.h>

#include "explain_state.h"

static bool
set_query(struct world *w, struct state *s, struct str query)
{
	return explain_set(&s->target, explain_with_query(w, s->target,
	    query));
}

static bool
query_dropped(struct world *w, struct state *s, size_t way,
    struct str *detail)
{
	(void)w;
	(void)way;
	*detail = url_query(s->target);
	return explain_set(&s->target, url_path(s->target));
}

static bool
query_bare(struct world *w, struct state *s, size_t way, struct str *detail)
{
	(void)way;
	(void)detail;
	return url_query(s->target).p == NULL && set_query(w, s, STR(""));
}

/* Without the pieces of that name (or the nth piece, with name NULL). */
static struct str
without(struct world *w, struct str query, const char *name, size_t nth,
    struct str *taken)
{
	struct out	o = explain_text(w, query.n + 1);
	struct str	piece, value, head;
	size_t		i;
	bool		any = false;

	for (i = 0; str_cut(&query, '&', &piece); i++) {
		value = piece;
		(void)str_cut(&value, '=', &head);
		if (name == NULL ? i == nth : str_eq(head, str_from(name))) {
			*taken = piece;
			continue;
		}
		if (any)
			out_char(&o, '&');
		any = true;
		out_bytes(&o, piece);
	}
	return any ? out_str(&o) : (struct str){ NULL, 0 };
}

static bool
query_one_dropped(struct world *w, struct state *s, size_t way,
    struct str *detail)
{
	struct str	query = url_query(s->target), taken = { NULL, 0 };
	struct str	rest;

	if (query.p == NULL)
		return false;
	rest = without(w, query, NULL, way, &taken);
	*detail = taken;
	return taken.p != NULL && set_query(w, s, rest);
}

static bool
token_missing(struct world *w, struct state *s, size_t way,
    struct str *detail)
{
	struct str	parts[4], query = url_query(s->target);
	struct str	token = STR("token=");

	(void)detail;
	if (w->in->url_token.n == 0)
		return false;
	parts[0] = query;
	parts[1] = query.n > 0 ? STR("&") : STR("");
	parts[2] = token;
	parts[3] = w->in->url_token;
	if (way == 1) {		/* before the others */
		parts[0] = token;
		parts[2] = parts[1];
		parts[1] = parts[3];
		parts[3] = query;
	}
	return set_query(w, s, arena_join(w->arena, parts, 4));
}

/* As Node's querystring writes it: %20 for a blank, !'()* bare. */
static struct str
reencode(struct world *w, struct str query, bool node)
{
	struct out	o = explain_text(w, query.n * 3 + 1);
	struct str	s = form_unescape(w->arena, query);
	size_t		i;
	static const char bare[] = "!'()*";

	for (i = 0; i < s.n; i++) {
		if (node && s.p[i] == ' ')
			out_cstr(&o, "%20");
		else if (s.p[i] == '&' || s.p[i] == '=' || (node &&
		    str_find(str_from(bare), s.p[i], 0) < sizeof(bare) - 1))
			out_char(&o, s.p[i]);
		else
			out_form(&o, str_sub(s, i, i + 1));
	}
	return out_str(&o);
}

static bool
query_reencoded(struct world *w, struct state *s, size_t way,
    struct str *detail)
{
	struct str	q = url_query(s->target);

	(void)detail;
	if (q.n == 0)
		return false;
	switch (way) {
	case 0:
		return set_query(w, s, url_replace(w->arena, q, STR("%20"),
		    STR("+")));
	case 1:
		return set_query(w, s, url_replace(w->arena, q, STR("+"),
		    STR("%20")));
	case 2:
		return set_query(w, s, explain_decoded(w, q));
	case 3:
		return set_query(w, s, form_unescape(w->arena, q));
	case 4:
		return set_query(w, s, reencode(w, q, true));
	case 5:
		return set_query(w, s, reencode(w, q, false));
	case 6:
		return set_query(w, s, explain_hex_case(w, q, true));
	case 7:
		return set_query(w, s, explain_hex_case(w, q, false));
	case 8:
		return set_query(w, s, url_replace(w->arena, q, STR("%"),
		    STR("%25")));
	default:
		return set_query(w, s, url_replace(w->arena, q, STR("&"),
		    STR("&amp;")));
	}
}

static int
compare_pieces(const void *va, const void *vb)
{
	const struct str	*a = va, *b = vb;
	struct str		 na = str_sub(*a, 0, str_find(*a, '=', 0));
	struct str		 nb = str_sub(*b, 0, str_find(*b, '=', 0));
	int			 c = str_cmp(na, nb);

	/* Equal names keep their order: both lie in one text. */
	return c != 0 ? c : a->p < b->p ? -1 : a->p > b->p;
}

static bool
query_sorted(struct world *w, struct state *s, size_t way,
    struct str *detail)
{
	struct str	rest = url_query(s->target), piece[128];
	struct out	o = explain_text(w, rest.n + 1);
	size_t		i, n = 0;

	(void)way;
	(void)detail;
	while (n < sizeof(piece) / sizeof(piece[0]) &&
	    str_cut(&rest, '&', &piece[n]))
		n++;
	if (n < 2 || rest.p != NULL)
		return false;
	qsort(piece, n, sizeof(piece[0]), compare_pieces);
	for (i = 0; i < n; i++) {
		if (i > 0)
			out_char(&o, '&');
		out_bytes(&o, piece[i]);
	}
	return set_query(w, s, out_str(&o));
}

static struct str
body_hash(struct world *w, bool upper)
{
	unsigned char	md[EVP_MAX_MD_SIZE] = { 0 };
	struct out	o = explain_text(w, 65);
	struct str	body = w->in->request->body;

	(void)EVP_Digest(body.n == 0 ? "" : body.p, body.n, md, NULL,
	    EVP_sha256(), NULL);
	out_hex(&o, md, 32);
	return upper ? explain_case(w, out_str(&o), true) : out_str(&o);
}

static bool
hash_dropped(struct world *w, struct state *s, size_t way,
    struct str *detail)
{
	struct str	query = url_query(s->target), taken = { NULL, 0 };
	struct str	rest;

	(void)way;
	(void)detail;
	if (query.p == NULL)
		return false;
	rest = without(w, query, "bodySHA256", 0, &taken);
	return taken.p != NULL && set_query(w, s, rest);
}

/* One hash of the body as it arrived, in place of what the query has. */
static bool
hash_set(struct world *w, struct state *s, size_t way, struct str *detail)
{
	struct str	query = url_query(s->target), taken, parts[4];

	(void)detail;
	if (query.p != NULL)
		query = without(w, query, "bodySHA256", 0, &taken);
	parts[0] = query;
	parts[1] = query.n > 0 ? STR("&") : STR("");
	parts[2] = STR("bodySHA256=");
	parts[3] = body_hash(w, way == 1);
	return w->in->request->body.n > 0 &&
	    set_query(w, s, arena_join(w->arena, parts, 4));
}

/* The fragment of the nth public URL in the setting, or the absent text. */
static struct str
set_fragment(const struct world *w, size_t nth)
{
	struct str	rest = w->in->public_url, word;

	while (str_cut(&rest, ' ', &word))
		if (word.n > 0 && nth-- == 0)
			return str_sub(word, str_find(word, '#', 0), word.n);
	return (struct str){ NULL, 0 };
}

static bool
fragment_kept(struct world *w, struct state *s, size_t way,
    struct str *detail)
{
	static const char *const common[] = {
		"#rc=2&rp=ct,rt,5xx&ct=2000&rt=4000",
		"#rc=5&rp=all&ct=2000&rt=4000", "#rc=2&rp=ct,rt,5xx",
		"#rc=5&rp=all", "#rc=1", "#rc=2", "#rc=3", "#rc=4", "#rc=5",
		"#rp=all", "#rp=5xx", "#"
	};
	size_t		n = sizeof(common) / sizeof(common[0]);
	struct str	parts[2];

	parts[0] = s->target;
	parts[1] = way < n ? str_from(common[way]) :
	    set_fragment(w, way - n);
	*detail = parts[1];
	return parts[1].n > 0 && explain_set(&s->target,
	    arena_join(w->arena, parts, 2));
}

#define QUERY_MEND \
    "Something between Twilio and offhook changes the query: let the proxy " \
    "pass it byte for byte, or give Twilio a URL with sorted names and " \
    "nothing but letters, digits and - . _ ~ in it."

const struct fault explain_query_faults[] = {
	{ "The URL was signed without its query.",
	    "The query was added on the way (rewriting), or the sender "
	    "leaves it out: give Twilio the URL with it.", 1, 0,
	    query_dropped },
	{ "Twilio was given the URL with a bare ? at its end.",
	    "Remove the ? in Twilio's console.", 1, 0, query_bare },
	{ "A parameter was added to the query on the way.", QUERY_MEND, 32,
	    0, query_one_dropped },
	{ "Twilio's URL has ?token=, which was lost on the way.",
	    "Let the proxy pass the query.", 2, 0, token_missing },
	{ "Twilio's URL has no bodySHA256.",
	    "Twilio adds and signs it for JSON. A sender of yours has to "
	    "sign the URL that it sends.", 1, 0, hash_dropped },
	{ "Twilio's URL has another bodySHA256, that of this body (or the "
	    "parameter was lost on the way).", QUERY_MEND, 2, 0, hash_set },
	{ "The query is written otherwise (escapes) in Twilio's URL.",
	    QUERY_MEND, 10, 0, query_reencoded },
	{ "Twilio's URL has the parameters of the query in another order "
	    "(sorted).", QUERY_MEND, 1, 0, query_sorted },
	{ "The URL was signed with its #fragment.",
	    "Twilio leaves that part out. A program of yours that signs has "
	    "to do so as well.", 20, 12, fragment_kept },
	{ NULL, NULL, 0, 0, NULL }
};
