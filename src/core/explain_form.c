/* Faults of the parameters. See explain_state.h. */
#include <string.h>

#include "explain_state.h"

#define MAX_EMPTY 9	/* names that may have been dropped: 2^9 ways */

/* A copy of the form with room for more parameters. */
static bool
copy_form(struct world *w, struct state *s, size_t more)
{
	struct param	*at = arena_alloc(w->arena, s->form.n + more,
			    sizeof(*at));

	if (at == NULL)
		return false;
	if (s->form.n > 0)
		memcpy(at, s->form.at, s->form.n * sizeof(*at));
	s->form.at = at;
	return true;
}

/* The form was decoded otherwise: way tells how. */
static struct str
decode_piece(struct world *w, struct str piece, size_t way)
{
	switch (way) {
	case 0:		/* not at all */
		return piece.p == NULL ? STR("") : piece;
	case 1:		/* twice */
		return form_unescape(w->arena, form_unescape(w->arena, piece));
	case 3:		/* twice, the second time without '+' */
		return explain_decoded(w, form_unescape(w->arena, piece));
	default:	/* '+' stays '+' */
		return explain_decoded(w, piece.p == NULL ? STR("") : piece);
	}
}

static bool
decoded_otherwise(struct world *w, struct state *s, size_t way)
{
	struct str	rest = s->raw, piece, value;
	size_t		n = 0;
	bool		changed = false;

	if (s->form.n == 0 || !copy_form(w, s, 0))
		return false;
	while (str_cut(&rest, '&', &piece) && n < s->form.n) {
		if (piece.n == 0)
			continue;
		value = piece;
		(void)str_cut(&value, '=', &piece);
		changed |= explain_set(&s->form.at[n].name,
		    decode_piece(w, piece, way));
		changed |= explain_set(&s->form.at[n].value,
		    decode_piece(w, value, way));
		n++;
	}
	return changed;
}

static bool
not_decoded(struct world *w, struct state *s, size_t way, struct str *detail)
{
	(void)detail;
	return decoded_otherwise(w, s, way * 2);	/* 0 and 2 */
}

static bool
decoded_twice(struct world *w, struct state *s, size_t way,
    struct str *detail)
{
	(void)detail;
	return decoded_otherwise(w, s, way * 2 + 1);	/* 1 and 3 */
}

/* Parameters were signed though the body is no form, or a GET's twice. */
static bool
body_as_form(struct world *w, struct state *s, size_t way,
    struct str *detail)
{
	(void)way;
	(void)detail;
	return !w->is_form && w->in->request->body.n > 0 &&
	    form_decode(w->arena, w->in->request->body, &s->form) ==
	    FORM_OK && s->form.n > 0;
}

static bool
query_as_form(struct world *w, struct state *s, size_t way,
    struct str *detail)
{
	struct form	query;
	size_t		i;

	(void)way;
	(void)detail;
	if (form_decode(w->arena, url_query(w->in->request->target),
	    &query) != FORM_OK || query.n == 0 ||
	    !copy_form(w, s, query.n))
		return false;
	for (i = 0; i < query.n; i++)
		s->form.at[s->form.n++] = query.at[i];
	return true;
}

static bool
form_unsigned(struct world *w, struct state *s, size_t way,
    struct str *detail)
{
	(void)w;
	(void)way;
	(void)detail;
	if (s->form.n == 0)
		return false;
	s->form.n = 0;
	return true;
}

static bool
empties_left_out(struct world *w, struct state *s, size_t way,
    struct str *detail)
{
	size_t	i, n = 0, before = s->form.n;

	(void)way;
	(void)detail;
	if (!copy_form(w, s, 0))
		return false;
	for (i = 0; i < before; i++)
		if (s->form.at[i].value.n > 0)
			s->form.at[n++] = s->form.at[i];
	s->form.n = n;
	return n < before && n > 0;
}

/* What Twilio often sends empty, and its copy in requests about calls. */
static const struct {
	const char	*name;
	const char	*copy;
} often_empty[MAX_EMPTY] = {
	{ "Body", NULL },
	{ "FromCountry", "CallerCountry" }, { "ToCountry", "CalledCountry" },
	{ "FromState", "CallerState" }, { "FromZip", "CallerZip" },
	{ "FromCity", "CallerCity" }, { "ToState", "CalledState" },
	{ "ToZip", "CalledZip" }, { "ToCity", "CalledCity" },
};

static void
add_empty(struct state *s, const char *name, struct out *names)
{
	if (name == NULL || form_has(&s->form, name))
		return;
	s->form.at[s->form.n++] = (struct param){ str_from(name), STR("") };
	if (names->n > 0)
		out_cstr(names, ", ");
	out_cstr(names, name);
}

/* Way 0: all that are missing; the others: each choice of them. */
static bool
empties_lost(struct world *w, struct state *s, size_t way,
    struct str *detail)
{
	bool		call = form_has(&s->form, "CallSid");
	struct out	names = explain_text(w, 512);
	size_t		i, missing[MAX_EMPTY], n = 0;

	if (s->form.n == 0 || !copy_form(w, s, 2 * MAX_EMPTY))
		return false;
	for (i = 0; i < MAX_EMPTY; i++)
		if (!form_has(&s->form, often_empty[i].name))
			missing[n++] = i;
	if (way + 1 >= (size_t)1 << n)
		return false;
	for (i = 0; i < n; i++) {
		if ((way >> i & 1) != 0)
			continue;
		add_empty(s, often_empty[missing[i]].name, &names);
		if (call)
			add_empty(s, often_empty[missing[i]].copy, &names);
	}
	*detail = out_str(&names);
	return names.n > 0;
}

/* Change every value; false when none differs. */
static bool
change_values(struct world *w, struct state *s,
    struct str (*change)(struct world *, struct str, size_t), size_t way,
    struct str *detail)
{
	size_t	i;
	bool	changed = false;

	if (!copy_form(w, s, 0))
		return false;
	for (i = 0; i < s->form.n; i++)
		if (explain_set(&s->form.at[i].value,
		    change(w, s->form.at[i].value, way))) {
			changed = true;
			*detail = s->form.at[i].name;
		}
	return changed;
}

static struct str
trimmed(struct world *w, struct str v, size_t way)
{
	(void)w;
	(void)way;
	return str_trim(v);
}

static bool
values_trimmed(struct world *w, struct state *s, size_t way,
    struct str *detail)
{
	return change_values(w, s, trimmed, way, detail);
}

/* Blanks that a framework cut off the message's text. */
static bool
blanks_lost(struct world *w, struct state *s, size_t way, struct str *detail)
{
	static const char *const blank[] = { " ", "\n", "\r\n", "  " };
	struct str	parts[3] = { STR(""), STR(""), STR("") };
	size_t		i;

	if (!copy_form(w, s, 0))
		return false;
	for (i = 0; i < s->form.n; i++)
		if (str_eq(s->form.at[i].name, STR("Body")) ||
		    str_eq(s->form.at[i].name, STR("SpeechResult")))
			break;
	if (i == s->form.n)
		return false;
	*detail = s->form.at[i].name;
	parts[way % 2 == 0 ? 2 : 0] = str_from(blank[way / 2]);
	parts[1] = s->form.at[i].value;
	return explain_set(&s->form.at[i].value,
	    arena_join(w->arena, parts, 3));
}

/* UTF-8 taken for Latin-1 and written as UTF-8 again. */
static struct str
from_latin1(struct world *w, struct str v)
{
	struct out	o = explain_text(w, 2 * v.n + 1);
	size_t		i;

	for (i = 0; i < v.n; i++) {
		if ((unsigned char)v.p[i] < 0x80)
			out_char(&o, v.p[i]);
		else {
			out_char(&o, (char)(0xc0 |
			    (unsigned char)v.p[i] >> 6));
			out_char(&o, (char)(0x80 |
			    ((unsigned char)v.p[i] & 0x3f)));
		}
	}
	return out_str(&o);
}

static struct str
to_latin1(struct world *w, struct str v)
{
	struct out	o = explain_text(w, v.n + 1);
	unsigned char	c, d;
	size_t		i;

	for (i = 0; i < v.n; i++) {
		c = (unsigned char)v.p[i];
		d = i + 1 < v.n ? (unsigned char)v.p[i + 1] : 0;
		if ((c == 0xc2 || c == 0xc3) && (d & 0xc0) == 0x80) {
			out_char(&o, (char)((c & 3) << 6 | (d & 0x3f)));
			i++;
		} else
			out_char(&o, v.p[i]);
	}
	return out_str(&o);
}

static struct str
recoded(struct world *w, struct str v, size_t way)
{
	struct out	o;

	switch (way) {
	case 0:
		return from_latin1(w, v);
	case 1:
		return to_latin1(w, v);
	case 2:
		return url_replace(w->arena, v, STR("\n"), STR("\r\n"));
	case 3:
		return url_replace(w->arena, v, STR("\r\n"), STR("\n"));
	case 4:
		o = explain_text(w, 3 * v.n + 1);
		out_utf8(&o, v);
		return out_str(&o);
	default:
		return url_replace(w->arena, v, STR("&amp;"), STR("&"));
	}
}

static bool
values_recoded(struct world *w, struct state *s, size_t way,
    struct str *detail)
{
	return change_values(w, s, recoded, way, detail);
}

static bool
names_changed(struct world *w, struct state *s, size_t way,
    struct str *detail)
{
	size_t	i;
	bool	changed = false;

	(void)way;
	if (!copy_form(w, s, 0))
		return false;
	for (i = 0; i < s->form.n; i++)
		if (explain_set(&s->form.at[i].name, url_replace(w->arena,
		    s->form.at[i].name, STR("_"), STR(".")))) {
			changed = true;
			*detail = s->form.at[i].name;
		}
	return changed;
}

static bool
one_added(struct world *w, struct state *s, size_t way, struct str *detail)
{
	size_t	i;

	if (way >= s->form.n || s->form.n < 2 || !copy_form(w, s, 0))
		return false;
	*detail = s->form.at[way].name;
	for (i = way + 1; i < s->form.n; i++)
		s->form.at[i - 1] = s->form.at[i];
	s->form.n--;
	return true;
}

#define SENDER_MEND \
    "Twilio signs the parameters as they are sent. If this is a program of " \
    "yours, correct it (see: offhook signature sign); if it is Twilio's " \
    "request, "
#define BODY_MEND \
    "something between Twilio and offhook changes the body: let the proxy " \
    "or framework pass it byte for byte."

const struct fault explain_form_faults[] = {
	{ "The parameters were not signed, the URL alone was.",
	    SENDER_MEND "a proxy turned a GET or a JSON body into a form.", 1,
	    0, form_unsigned },
	{ "The body's parameters were signed, though its Content-Type says "
	    "it is no form.",
	    SENDER_MEND "a proxy changes Content-Type: let it pass "
	    "application/x-www-form-urlencoded.", 1, 0, body_as_form },
	{ "The query's parameters were signed twice: in the URL and as "
	    "parameters.",
	    "The sender passes the query as parameters: for a GET it must "
	    "sign the URL alone.", 1, 0, query_as_form },
	{ "The parameters were signed without being decoded (or decoded once "
	    "too often on the way).", SENDER_MEND BODY_MEND, 2, 0,
	    not_decoded },
	{ "The parameters were decoded twice before they were signed.",
	    SENDER_MEND BODY_MEND, 2, 0, decoded_twice },
	{ "Empty parameters were left out when signing.",
	    SENDER_MEND "a proxy adds empty parameters.", 1, 0,
	    empties_left_out },
	{ "Empty parameters were lost on the way.",
	    "A proxy or framework drops parameters without a value: let it "
	    "pass the body unchanged.", 511, 16, empties_lost },
	{ "Values were signed without the blanks around them.",
	    SENDER_MEND BODY_MEND, 1, 0, values_trimmed },
	{ "Blanks around a value were lost on the way.",
	    "A framework trims values (Laravel's TrimStrings and the like): "
	    "let it pass the body unchanged.", 8, 0, blanks_lost },
	{ "Values were signed in another encoding (UTF-8 and Latin-1, or "
	    "line ends).", SENDER_MEND BODY_MEND, 6, 0, values_recoded },
	{ "Names were changed on the way: dots became underscores (PHP).",
	    BODY_MEND, 1, 0, names_changed },
	{ "A parameter was added on the way.",
	    "A proxy or framework adds it: " BODY_MEND, 256, 64, one_added },
	{ NULL, NULL, 0, 0, NULL }
};
