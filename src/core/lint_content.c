/* What stands in an element: children, text. See lint_state.h. */
#include "json.h"
#include "lint_state.h"
#include "pattern.h"

#define PARENTS_NAMED 3

/* "One of '{Sms, Message, Redirect}' is expected." */
static void
write_expected(struct out *o, const struct grammar_type *t)
{
	const char	*between = "";
	size_t		 i;

	out_cstr(o, "One of '{");
	for (i = 0; i < t->nchildren; i++) {
		if (t->child[i].type == NULL)
			continue;
		out_cstr(o, between);
		out_cstr(o, t->child[i].name);
		between = ", ";
	}
	out_cstr(o, "}' is expected.");
}

/* Where the element may stand in a document of this kind; how many places. */
static size_t
write_parents(struct out *o, const struct grammar_document *d,
    struct str name)
{
	const struct grammar_type	*t;
	size_t				 n = 0;

	for (t = d->type; t < d->type + d->ntypes; t++) {
		if (grammar_child(t, name) == NULL)
			continue;
		if (n < PARENTS_NAMED) {
			out_cstr(o, n > 0 ? ", <" : "<");
			out_cstr(o, t->name);
			out_char(o, '>');
		}
		n++;
	}
	if (n > PARENTS_NAMED)
		out_cstr(o, " ...");
	return n;
}

/* " It stands in <Dial>.", if it stands anywhere. */
static bool
write_where(struct out *o, const struct lint_run *r, struct str name)
{
	static const char *const answers[GRAMMAR_KINDS] = {
		[GRAMMAR_VOICE] = "a call",
		[GRAMMAR_MESSAGING] = "a message",
		[GRAMMAR_FAX] = "a fax",
	};
	char		buf[256];
	struct out	where = out_init(buf, sizeof(buf));
	size_t		i, kind;

	for (i = 0; i < GRAMMAR_KINDS; i++) {
		kind = (r->kind + i) % GRAMMAR_KINDS;
		if (write_parents(&where, &grammar_document[kind], name) == 0)
			continue;
		out_cstr(o, " It stands in ");
		out_bytes(o, out_str(&where));
		if (i > 0) {
			out_cstr(o, " of an answer to ");
			out_cstr(o, answers[kind]);
		}
		out_char(o, '.');
		return true;
	}
	return false;
}

static void
write_near(struct out *o, const struct grammar_type *parent, struct str name)
{
	struct lint_near	near = { .wanted = name };
	size_t			i;

	for (i = 0; i < parent->nchildren; i++)
		lint_near_try(&near, parent->child[i].name);
	if (near.name == NULL)
		return;
	out_cstr(o, " Did you mean <");
	out_cstr(o, near.name);
	out_cstr(o, ">?");
}

void
lint_misplaced(struct lint_run *r, const struct lint_element *parent,
    struct str name, size_t at)
{
	const struct grammar_type	*t = parent->type;
	char		buf[1024], hint[512];
	struct out	o = out_init(buf, sizeof(buf) - 1);
	struct out	h = out_init(hint, sizeof(hint) - 1);
	bool		known;

	known = write_where(&h, r, name);
	if (!known)
		write_near(&h, t, name);
	hint[h.n] = '\0';
	if (t->nchildren > 0)
		write_expected(&o, t);
	buf[o.n] = '\0';
	if (t->nesting_code != 0)
		lint_say(r, at, t->nesting_code, "%s: <%.*s> in <%s>.%s",
		    lint_words(t->nesting_code), LINT_WORD(name), t->name,
		    hint);
	if (t->nesting_code != 0 && t->nesting_and == 0 && known)
		return;
	if (t->nchildren > 0)
		lint_say(r, at, 12200, "cvc-complex-type.2.4.a: Invalid "
		    "content was found starting with element '%.*s'. %s%s",
		    LINT_WORD(name), buf, hint);
	else if (t->text)
		lint_say(r, at, 12200, "cvc-type.3.1.2: Element '%s' is a "
		    "simple type, so it must have no element information "
		    "item [children], but has '%.*s'.%s", t->name,
		    LINT_WORD(name), hint);
	else
		lint_say(r, at, 12200, "cvc-complex-type.2.1: Element '%s' "
		    "must have no character or element information item "
		    "[children], because the type's content type is empty, "
		    "but has '%.*s'.%s", t->name, LINT_WORD(name), hint);
}

/* An element that must not be without something. */
static void
nothing_there(struct lint_run *r, const struct lint_element *e)
{
	const struct grammar_type	*t = e->type;
	char				 buf[512];
	struct out			 o = out_init(buf, sizeof(buf) - 1);

	/* One blank was put there on purpose, for silence; more is layout. */
	if (e->before == 1 && t->needs_code == 13520) {
		lint_advise(r, e->at, t->needs_code,
		    "%s: <%s> has nothing but a blank",
		    lint_words(t->needs_code), t->name);
		return;
	}
	if (t->needs_code != 12200) {
		lint_say(r, e->at, t->needs_code, "%s: <%s> is empty",
		    lint_words(t->needs_code), t->name);
		return;
	}
	if (t->nchildren > 0)
		write_expected(&o, t);
	else
		out_cstr(&o, "A text is expected.");
	buf[o.n] = '\0';
	lint_say(r, e->at, 12200, "cvc-complex-type.2.4.b: The content of "
	    "element '%s' is not complete. %s", t->name, buf);
}

static void
check_needs(struct lint_run *r, const struct lint_element *e)
{
	const struct grammar_type	*t = e->type;
	struct lint_element		*parent;

	/* Of a child that may not be there has been told already. */
	if (t->needs == 0 || e->satisfied || e->children > 0 || e->unknown ||
	    ((t->needs & GRAMMAR_NEEDS_TEXT) != 0 && e->ink))
		return;
	if (t->needs_beside == NULL) {
		nothing_there(r, e);
		return;
	}
	/* Only at the parent's end all that stands beside it is known. */
	parent = &r->element[r->depth - 2];
	parent->hollow = t;
	parent->hollow_at = e->at;
}

/* An empty child, unless the one that excuses it is there. */
static void
check_hollow(struct lint_run *r, const struct lint_element *e)
{
	const struct grammar_child	*c;
	struct lint_element		 child = { .type = e->hollow,
					    .at = e->hollow_at };

	if (e->hollow == NULL)
		return;
	c = grammar_child(e->type, str_from(e->hollow->needs_beside));
	if (c == NULL || (e->had & (uint64_t)1 << (c - e->type->child)) == 0)
		nothing_there(r, &child);
}

static void
bad_text(struct lint_run *r, const struct lint_element *e, struct str text,
    const char *hint)
{
	lint_say(r, e->at, e->type->text_code, "%s: '%.*s' in <%s>; %s",
	    lint_words(e->type->text_code), LINT_WORD(text), e->type->name,
	    hint);
}

static void
check_text(struct lint_run *r, const struct lint_element *e)
{
	const struct grammar_type	*t = e->type;
	struct str			 text;

	if (t->text_check == GRAMMAR_ANY || !e->ink || e->unknown)
		return;
	text = str_trim((struct str){ r->kept + e->kept,
	    r->nkept - e->kept });
	if (t->text_check == GRAMMAR_JSON && !json_valid(text))
		bad_text(r, e, text, "it must be JSON");
	if (t->text_check == GRAMMAR_PATTERN &&
	    !pattern_matches(t->text_pattern, text))
		bad_text(r, e, text, "it is not of that form");
	if (t->text_check == GRAMMAR_URL && lint_url(text) == LINT_URL_BAD)
		bad_text(r, e, text, "a URL is relative or begins with "
		    "https:// and a host");
	if (t->text_check == GRAMMAR_URL && lint_url(text) == LINT_URL_PLAIN)
		lint_advise(r, e->at, 0, "<%s> has an http: URL, which "
		    "others can read and change; use https:", t->name);
}

void
lint_content(struct lint_run *r, struct lint_element *e)
{
	const struct grammar_type	*t = e->type;
	size_t				 chars = e->chars - e->blanks;

	if (e->unknown && (!t->text || t->text_check != GRAMMAR_ANY ||
	    (t->text_max > 0 && t->text_max < LINT_OPEN_BYTES)))
		r->out->open = true;
	check_needs(r, e);
	check_hollow(r, e);
	check_text(r, e);
	if (t->text_max > 0 && !e->unknown && chars > (size_t)t->text_max)
		lint_say(r, e->at, t->text_max_code,
		    "%s: <%s> has %zu characters, %d are the most",
		    lint_words(t->text_max_code), t->name, chars,
		    t->text_max);
	if (t->text_or_child != 0 && e->ink && e->children > 0)
		lint_say(r, e->at, t->text_or_child, "cvc-complex-type.2.3: "
		    "Element '%s' has text beside elements; it takes one of "
		    "them.", t->name);
	if (t->alone != NULL && e->alone && e->children > 1)
		lint_say(r, e->at, t->alone_code, "%s: <%s> stands alone in "
		    "<%s>", lint_words(t->alone_code), t->alone, t->name);
	if (t->empty_advised && !e->ink && e->children == 0)
		lint_advise(r, e->at, 0, "<%s> is empty: the URL of this "
		    "reply is asked again", t->name);
}
