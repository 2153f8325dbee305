/* Write TwiML. See twiml.h. */
#include "twiml.h"

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/*
 * Names as TwiML has them: ASCII, and of prefixes only xml:, which needs no
 * declaration.
 */
static bool
is_name(const char *name, bool attribute)
{
	struct str	s = str_from(name);
	size_t		i;

	if (attribute && str_starts(s, STR("xml:")))
		s = str_sub(s, 4, s.n);
	if (s.n == 0 || !is_letter(s.p[0]) ||
	    str_starts(s, STR("xmlns")))
		return false;
	for (i = 1; i < s.n; i++)
		if (!is_letter(s.p[i]) && (s.p[i] < '0' || s.p[i] > '9') &&
		    s.p[i] != '-' && s.p[i] != '_')
			return false;
	return true;
}

/* Remember a misuse; false when there has been one. */
static bool
need(struct twiml *w, bool good)
{
	if (!good)
		w->bad = true;
	return !w->bad;
}

/* Nothing more goes into the tag. */
static void
end_tag(struct twiml *w)
{
	if (w->in_tag)
		out_char(w->out, '>');
	w->in_tag = false;
}

void
twiml_begin(struct twiml *w, struct out *o)
{
	*w = (struct twiml){ .out = o, .begin = o->n };
	out_cstr(o, TWIML_DECLARATION);
}

/* Whether the root has been written already. */
static bool
has_root(const struct twiml *w)
{
	return w->out->n > w->begin + sizeof(TWIML_DECLARATION) - 1;
}

void
twiml_open(struct twiml *w, const char *name)
{
	if (!need(w, w->depth < TWIML_MAX_OPEN && is_name(name, false)) ||
	    !need(w, w->depth > 0 || (!has_root(w) &&
	    str_eq(str_from(name), STR("Response")))))
		return;
	end_tag(w);
	out_char(w->out, '<');
	out_cstr(w->out, name);
	w->open[w->depth++] = name;
	w->attr_count = 0;
	w->in_tag = true;
}

void
twiml_attr(struct twiml *w, const char *name, struct str value)
{
	unsigned	i;

	if (!need(w, w->in_tag && w->attr_count < TWIML_MAX_ATTRS &&
	    is_name(name, true)))
		return;
	for (i = 0; i < w->attr_count; i++)
		if (!need(w, strcmp(w->attrs[i], name) != 0))
			return;
	if (value.p == NULL)
		return;
	w->attrs[w->attr_count++] = name;
	out_char(w->out, ' ');
	out_cstr(w->out, name);
	out_cstr(w->out, "=\"");
	out_xml(w->out, value);
	out_char(w->out, '"');
}

void
twiml_text(struct twiml *w, struct str s)
{
	if (!need(w, w->depth > 0) || s.n == 0)
		return;
	end_tag(w);
	out_xml(w->out, s);
}

void
twiml_close(struct twiml *w)
{
	if (!need(w, w->depth > 0))
		return;
	w->depth--;
	if (w->in_tag)
		out_cstr(w->out, "/>");
	else {
		out_cstr(w->out, "</");
		out_cstr(w->out, w->open[w->depth]);
		out_char(w->out, '>');
	}
	w->in_tag = false;
}

bool
twiml_end(struct twiml *w)
{
	struct out	*o = w->out;

	if (need(w, w->depth == 0 && has_root(w)))
		out_char(o, '\n');
	if (need(w, !o->overflow && o->n - w->begin <= TWIML_MAX_BYTES))
		return true;
	o->n = w->begin;
	return false;
}
