/* Faults of the path. See explain_state.h. */
#include "explain_state.h"

static bool
set_path(struct world *w, struct state *s, struct str path)
{
	return explain_set(&s->target, explain_with_path(w, s->target, path));
}

static bool
slash_more(struct world *w, struct state *s, size_t way, struct str *detail)
{
	struct str	parts[2] = { url_path(s->target), STR("/") };

	(void)way;
	(void)detail;
	return !str_ends(parts[0], parts[1]) &&
	    set_path(w, s, arena_join(w->arena, parts, 2));
}

static bool
slash_less(struct world *w, struct state *s, size_t way, struct str *detail)
{
	struct str	path = url_path(s->target);

	(void)way;
	(void)detail;
	return path.n > 1 && str_ends(path, STR("/")) &&
	    set_path(w, s, str_sub(path, 0, path.n - 1));
}

/* The public URL's own path is not part of what was signed. */
static bool
prefix_dropped(struct world *w, struct state *s, size_t way,
    struct str *detail)
{
	(void)w;
	(void)way;
	*detail = s->base.prefix;
	return explain_set(&s->base.prefix, STR(""));
}

static bool
prefix_doubled(struct world *w, struct state *s, size_t way,
    struct str *detail)
{
	struct str	parts[2] = { s->base.prefix, s->base.prefix };

	(void)way;
	*detail = parts[0];
	return parts[0].n > 0 && explain_set(&s->base.prefix,
	    arena_join(w->arena, parts, 2));
}

/* A prefix that a proxy took away: told by a header, or of another base. */
static bool
prefix_added(struct world *w, struct state *s, size_t way,
    struct str *detail)
{
	struct str	prefix = { NULL, 0 }, parts[2];

	if (way == 0)
		prefix = message_header(w->in->request, "X-Forwarded-Prefix");
	else if (way - 1 < w->in->nbases)
		prefix = w->in->bases[way - 1].prefix;
	if (prefix.n == 0 || prefix.p[0] != '/' ||
	    str_eq(prefix, s->base.prefix))
		return false;
	while (str_ends(prefix, STR("/")))
		prefix.n--;
	*detail = prefix;
	parts[0] = prefix;
	parts[1] = s->target;
	s->base.prefix = STR("");
	return explain_set(&s->target, arena_join(w->arena, parts, 2));
}

/* The first segments are a proxy's addition. */
static bool
segments_dropped(struct world *w, struct state *s, size_t way,
    struct str *detail)
{
	struct str	path = url_path(s->target);
	size_t		at = 0, n;

	for (n = 0; n <= way; n++) {
		at = str_find(path, '/', at + 1);
		if (at == path.n)
			return false;
	}
	*detail = str_sub(path, 0, at);
	return set_path(w, s, str_sub(path, at, path.n));
}

static bool
last_dropped(struct world *w, struct state *s, size_t way,
    struct str *detail)
{
	struct str	path = url_path(s->target);
	size_t		at = path.n;

	while (at > 0 && path.p[at - 1] != '/')
		at--;
	if (at <= 1 || at == path.n)
		return false;
	*detail = str_sub(path, at - 1, path.n);
	return set_path(w, s, str_sub(path, 0, way == 0 ? at - 1 : at));
}

/* The target that was rewritten, as a proxy remembers it. */
static bool
target_original(struct world *w, struct state *s, size_t way,
    struct str *detail)
{
	static const char *const names[] = { "X-Original-URI",
	    "X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Uri" };
	struct str	v = message_header(w->in->request, names[way]);

	if (v.n == 0 || v.p[0] != '/')
		return false;
	*detail = str_from(names[way]);
	return explain_set(&s->target, v);
}

static bool
slashes_merged(struct world *w, struct state *s, size_t way,
    struct str *detail)
{
	struct str	path = url_path(s->target);
	struct out	o = explain_text(w, path.n + 1);
	size_t		i;

	(void)way;
	(void)detail;
	for (i = 0; i < path.n; i++)
		if (path.p[i] != '/' || i == 0 || path.p[i - 1] != '/')
			out_char(&o, path.p[i]);
	return set_path(w, s, out_str(&o));
}

/* One slash of the path, the way'th, replaced by another text. */
static bool
slash_replaced(struct world *w, struct state *s, size_t way, struct str by)
{
	struct str	path = url_path(s->target), parts[3];
	size_t		at = 0;

	for (; way > 0 && at < path.n; way--)
		at = str_find(path, '/', at + 1);
	if (at >= path.n)
		return false;
	parts[0] = str_sub(path, 0, at);
	parts[1] = by;
	parts[2] = str_sub(path, at + 1, path.n);
	return set_path(w, s, arena_join(w->arena, parts, 3));
}

static bool
slash_doubled(struct world *w, struct state *s, size_t way,
    struct str *detail)
{
	(void)detail;
	return slash_replaced(w, s, way, STR("//"));
}

static bool
slash_encoded(struct world *w, struct state *s, size_t way,
    struct str *detail)
{
	(void)detail;
	return slash_replaced(w, s, way / 2 + 1, way % 2 == 0 ?
	    STR("%2F") : STR("%2f"));
}

/* Cut "/x" from the end of the path built so far. */
static void
pop_segment(struct out *o)
{
	while (o->n > 0 && o->p[o->n - 1] != '/')
		o->n--;
	if (o->n > 0)
		o->n--;
}

static bool
dots_resolved(struct world *w, struct state *s, size_t way,
    struct str *detail)
{
	struct str	path = url_path(s->target), rest, piece;
	struct out	o = explain_text(w, path.n + 2);

	(void)way;
	(void)detail;
	rest = str_sub(path, 1, path.n);
	while (str_cut(&rest, '/', &piece)) {
		if (str_eq(piece, STR("..")))
			pop_segment(&o);
		if (str_eq(piece, STR("..")) || str_eq(piece, STR("."))) {
			if (rest.p == NULL)
				out_char(&o, '/');
			continue;
		}
		out_char(&o, '/');
		out_bytes(&o, piece);
	}
	return set_path(w, s, out_str(&o));
}

/* Other spellings of the path's escapes. */
static bool
path_respelled(struct world *w, struct state *s, size_t way,
    struct str *detail)
{
	struct str	path = url_path(s->target);

	(void)detail;
	switch (way) {
	case 0:
		return set_path(w, s, explain_decoded(w, path));
	case 1:
		return set_path(w, s, explain_hex_case(w, path, true));
	case 2:
		return set_path(w, s, explain_hex_case(w, path, false));
	case 3:
		return set_path(w, s, url_replace(w->arena, path, STR("~"),
		    STR("%7E")));
	case 4:
		return set_path(w, s, url_replace(w->arena, path, STR("~"),
		    STR("%7e")));
	case 5:
		return set_path(w, s, url_replace(w->arena, path, STR(" "),
		    STR("%20")));
	case 6:
		return set_path(w, s, url_replace(w->arena, path, STR("%"),
		    STR("%25")));
	default:
		return set_path(w, s, explain_case(w, path, false));
	}
}

#define REWRITE_MEND \
    "Give Twilio the URL as it arrives here, or stop the proxy or web " \
    "server from rewriting the path (Apache: AllowEncodedSlashes NoDecode, " \
    "MergeSlashes Off, no RewriteRule, ProxyPass … nocanon)."

const struct fault explain_path_faults[] = {
	{ "Twilio was given the URL with a slash at the end of its path.",
	    "Remove the slash in Twilio's console, or stop the redirect or "
	    "rewriting that takes it away.", 1, 0, slash_more },
	{ "Twilio was given the URL without the slash at the end of its "
	    "path.",
	    "Add the slash in Twilio's console, or stop the web server from "
	    "adding it (Apache: DirectorySlash).", 1, 0, slash_less },
	{ "The path of OFFHOOK_PUBLIC_URL is no part of Twilio's URL.",
	    "Remove the path from OFFHOOK_PUBLIC_URL.", 1, 0,
	    prefix_dropped },
	{ "The path of OFFHOOK_PUBLIC_URL stands twice in Twilio's URL.",
	    "Correct the URL in Twilio's console (see: offhook url).", 1, 0,
	    prefix_doubled },
	{ "A proxy takes a prefix off the path.",
	    "Add the prefix to OFFHOOK_PUBLIC_URL: https://host/prefix.", 9,
	    0, prefix_added },
	{ "Twilio's URL has single slashes where two arrive.", REWRITE_MEND,
	    1, 0, slashes_merged },
	{ "Twilio signed the path without its dot segments (. and ..).",
	    "Write the path in Twilio's console without . and ..", 1, 0,
	    dots_resolved },
	{ "A proxy puts a prefix before the path.",
	    "Let the proxy pass the path unchanged; offhook cannot take a "
	    "prefix off.", 3, 0, segments_dropped },
	{ "The last part of the path was added on the way (rewriting, an "
	    "index file).", REWRITE_MEND, 2, 0, last_dropped },
	{ "The path was rewritten; a header remembers the original.",
	    REWRITE_MEND, 4, 0, target_original },
	{ "Twilio's URL has two slashes where one arrives.",
	    "Remove one of the slashes in Twilio's console. " REWRITE_MEND,
	    8, 0, slash_doubled },
	{ "Twilio's URL has %2F where a slash arrives.", REWRITE_MEND, 12, 0,
	    slash_encoded },
	{ "Characters of the path are written otherwise in Twilio's URL.",
	    REWRITE_MEND, 8, 0, path_respelled },
	{ NULL, NULL, 0, 0, NULL }
};
