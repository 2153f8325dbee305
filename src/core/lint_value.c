/* Attributes and their values. See lint_state.h. */
#include "lint_state.h"
#include "pattern.h"

#define MARK "\xee\x80\x80"	/* U+E000 */
#define LIST_LONGEST 12		/* values that are named in a message */

bool
lint_is_unknown(const struct lint_run *r, struct str s)
{
	return r->marked && str_search(s, STR(MARK)) < s.n;
}

/* Where an attribute stands in the tag that begins at from. */
static size_t
attribute_at(const struct lint_run *r, size_t from, struct str name)
{
	struct str	s = r->text;
	size_t		i = from, begin;
	char		quote;

	while (i < s.n && (unsigned char)s.p[i] > ' ')
		i++;
	while (i < s.n && s.p[i] != '>') {
		while (i < s.n && (unsigned char)s.p[i] <= ' ')
			i++;
		begin = i;
		while (i < s.n && s.p[i] != '=' && (unsigned char)s.p[i] > ' ')
			i++;
		if (str_eq(str_sub(s, begin, i), name))
			return begin;
		while (i < s.n && s.p[i] != '"' && s.p[i] != '\'')
			i++;
		if (i == s.n)
			break;
		quote = s.p[i];
		i = str_find(s, quote, i + 1);
		if (i < s.n)
			i++;
	}
	return from;
}

/* A bad value: Twilio's words for its code, or Xerces'. */
static void
bad_value(struct lint_run *r, const struct lint_element *e,
    const struct grammar_attribute *a, struct str value, const char *hint)
{
	size_t	at;

	if (lint_full(r)) {
		lint_say(r, e->at, a->code, "%s", hint);
		return;
	}
	at = attribute_at(r, e->at, str_from(a->name));
	if (a->code == 12200)
		lint_say(r, at, a->code, "cvc-attribute.3: The value '%.*s' "
		    "of attribute '%s' on element '%s' is not valid with "
		    "respect to its type; %s", LINT_WORD(value), a->name,
		    e->type->name, hint);
	else
		lint_say(r, at, a->code, "%s: %s='%.*s'; %s",
		    lint_words(a->code), a->name, LINT_WORD(value), hint);
}

/* "it is one of a, b, c", or how many; and the nearest. */
static void
write_values(struct out *o, const struct grammar_values *v, struct str value)
{
	struct lint_near	near = { .wanted = value };
	size_t			i;

	for (i = 0; i < v->n; i++)
		lint_near_try(&near, v->at[i]);
	if (v->n <= LIST_LONGEST) {
		out_cstr(o, v->n == 1 ? "it is " : "it is one of ");
		for (i = 0; i < v->n; i++) {
			out_cstr(o, i > 0 ? ", " : "");
			out_cstr(o, v->at[i]);
		}
	} else {
		out_cstr(o, "it is none of the ");
		out_int(o, (int64_t)v->n);
		out_cstr(o, " values");
	}
	if (near.name != NULL) {
		out_cstr(o, "; did you mean ");
		out_cstr(o, near.name);
		out_char(o, '?');
	}
}

/* A value of a list that grows (voices, languages), as it might be one. */
static bool
may_be(const struct grammar_values *v, struct str value)
{
	size_t	i;

	if (v->open == NULL || !pattern_matches(v->open, value) ||
	    (v->tag && !grammar_is_tag(value)))
		return false;
	/* One in another case is a mistake. */
	for (i = 0; i < v->n; i++)
		if (str_ieq(str_from(v->at[i]), value))
			return false;
	return true;
}

static void
check_enum(struct lint_run *r, const struct lint_element *e,
    const struct grammar_attribute *a, struct str value)
{
	char		buf[512];
	struct out	o = out_init(buf, sizeof(buf) - 1);

	if (grammar_has_value(a->values, value) ||
	    grammar_has_value(a->more, value))
		return;
	if (may_be(a->values, value)) {
		lint_advise(r, attribute_at(r, e->at, str_from(a->name)), 0,
		    "%s='%.*s' is not among the %zu values that this version "
		    "knows", a->name, LINT_WORD(value), a->values->n);
		return;
	}
	if (!lint_full(r))
		write_values(&o, a->values, value);
	buf[o.n] = '\0';
	bad_value(r, e, a, value, buf);
}

static void
check_integer(struct lint_run *r, const struct lint_element *e,
    const struct grammar_attribute *a, struct str value)
{
	char		buf[64];
	struct out	o = out_init(buf, sizeof(buf) - 1);
	uint64_t	n;

	if (str_to_uint(value, INT32_MAX, &n) && n >= (uint64_t)a->min)
		return;
	out_cstr(&o, "it is a whole number from ");
	out_int(&o, a->min);
	out_cstr(&o, " on");
	buf[o.n] = '\0';
	bad_value(r, e, a, value, buf);
}

static void
check_pattern(struct lint_run *r, const struct lint_element *e,
    const struct grammar_attribute *a, struct str value)
{
	char		buf[128];
	struct out	o = out_init(buf, sizeof(buf) - 1);

	if (pattern_matches(a->pattern, value))
		return;
	out_cstr(&o, "it must match ");
	out_cstr(&o, a->pattern);
	buf[o.n] = '\0';
	bad_value(r, e, a, value, buf);
}

static size_t
characters(struct str s)
{
	size_t	i, n = 0;

	for (i = 0; i < s.n; i++)
		n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
	return n;
}

static void
check_length(struct lint_run *r, const struct lint_element *e,
    const struct grammar_attribute *a, struct str value)
{
	if (characters(value) > (size_t)a->max)
		bad_value(r, e, a, value, "it is too long");
}

/* RFC 3986 section 3.1; the scheme with its colon, or nothing. */
static struct str
scheme(struct str url)
{
	size_t	i = 0;

	while (i < url.n && ((url.p[i] >= 'a' && url.p[i] <= 'z') ||
	    (url.p[i] >= 'A' && url.p[i] <= 'Z') ||
	    (i > 0 && ((url.p[i] >= '0' && url.p[i] <= '9') ||
	    url.p[i] == '+' || url.p[i] == '-' || url.p[i] == '.'))))
		i++;
	return i > 0 && i < url.n && url.p[i] == ':' ?
	    str_sub(url, 0, i + 1) : (struct str){ NULL, 0 };
}

enum lint_url
lint_url(struct str url)
{
	struct str	s, rest;
	bool		plain;

	url = str_trim(url);
	s = scheme(url);
	rest = str_sub(url, s.n, url.n);
	plain = str_ieq(s, STR("http:"));
	if (s.p == NULL)
		return LINT_URL_GOOD;	/* relative, or empty */
	if ((!plain && !str_ieq(s, STR("https:"))) ||
	    !str_starts(rest, STR("//")) || rest.n == 2 ||
	    rest.p[2] == '/' || rest.p[2] == '?' || rest.p[2] == '#')
		return LINT_URL_BAD;
	return plain ? LINT_URL_PLAIN : LINT_URL_GOOD;
}

static void
check_url(struct lint_run *r, const struct lint_element *e,
    const struct grammar_attribute *a, struct str value)
{
	switch (lint_url(value)) {
	case LINT_URL_GOOD:
		break;
	case LINT_URL_PLAIN:
		lint_advise(r, attribute_at(r, e->at, str_from(a->name)), 0,
		    "%s is an http: URL, which others can read and change; "
		    "use https:", a->name);
		break;
	case LINT_URL_BAD:
		bad_value(r, e, a, value, "a URL is relative or begins with "
		    "https:// and a host");
	}
}

static void
check_one(struct lint_run *r, const struct lint_element *e,
    const struct grammar_attribute *a, struct str value)
{
	switch (a->check) {
	case GRAMMAR_ENUM:
		check_enum(r, e, a, value);
		break;
	case GRAMMAR_INTEGER:
		check_integer(r, e, a, value);
		break;
	case GRAMMAR_PATTERN:
		check_pattern(r, e, a, value);
		break;
	case GRAMMAR_URL:
		check_url(r, e, a, value);
		break;
	case GRAMMAR_LENGTH:
		check_length(r, e, a, value);
		break;
	case GRAMMAR_ANY:
	case GRAMMAR_JSON:
		break;
	}
}

void
lint_value(struct lint_run *r, const struct lint_element *e,
    const struct grammar_attribute *a, struct str value)
{
	size_t	i = 0, begin, items = 0;

	if (lint_is_unknown(r, value)) {
		r->out->open = true;
		return;
	}
	if (!a->list) {
		check_one(r, e, a, value);
		return;
	}
	while (i < value.n) {
		while (i < value.n && (unsigned char)value.p[i] <= ' ')
			i++;
		begin = i;
		while (i < value.n && (unsigned char)value.p[i] > ' ')
			i++;
		if (i > begin) {
			check_one(r, e, a, str_sub(value, begin, i));
			items++;
		}
	}
	if (items == 0)
		check_one(r, e, a, STR(""));
}

static void
unknown_attribute(struct lint_run *r, const struct lint_element *e,
    struct str name, bool foreign)
{
	struct lint_near	near = { .wanted = name };
	size_t			i;

	if (lint_full(r)) {
		lint_say(r, e->at, 12200, "%s", "");
		return;
	}
	for (i = 0; !foreign && i < e->type->nattributes; i++)
		lint_near_try(&near, e->type->attribute[i].name);
	lint_say(r, attribute_at(r, e->at, name), 12200,
	    "cvc-complex-type.3.2.2: Attribute '%.*s' is not allowed to "
	    "appear in element '%s'.%s%s%s", LINT_WORD(name), e->type->name,
	    near.name != NULL ? " Did you mean " : "",
	    near.name != NULL ? near.name : "",
	    near.name != NULL ? "?" : "");
}

/* What should be there and is not. seen: a bit for each of the type's. */
static void
missing_attributes(struct lint_run *r, const struct lint_element *e,
    uint64_t seen)
{
	const struct grammar_attribute	*a = e->type->attribute;
	size_t				 i;

	for (i = 0; i < e->type->nattributes; i++, a++) {
		if ((seen & (uint64_t)1 << i) != 0)
			continue;
		if (a->required != 0 && (a->unless == NULL ||
		    e->parent == NULL ||
		    strcmp(a->unless, e->parent->name) != 0))
			lint_say(r, e->at, a->required, "cvc-complex-type.4: "
			    "Attribute '%s' must appear on element '%s'.",
			    a->name, e->type->name);
		if (a->advised)
			lint_advise(r, e->at, 0, "<%s> without %s: the URL "
			    "of this reply is asked again", e->type->name,
			    a->name);
	}
}

void
lint_attributes(struct lint_run *r, struct lint_element *e,
    const char **attributes)
{
	const struct grammar_attribute	*a;
	struct str			 name;
	char				 buf[128];
	uint64_t			 seen = 0;
	bool				 foreign;

	for (; *attributes != NULL; attributes += 2) {
		name = lint_name(attributes[0], buf, &foreign);
		a = foreign ? NULL : grammar_attribute(e->type, name);
		if (a == NULL) {
			unknown_attribute(r, e, name, foreign);
			continue;
		}
		seen |= (uint64_t)1 << (a - e->type->attribute);
		if (e->type->needs_attribute != NULL &&
		    str_eq(name, str_from(e->type->needs_attribute)))
			e->satisfied = true;
		if (a->beyond)
			lint_advise(r, attribute_at(r, e->at, name), 0,
			    "%s on <%s> is not in Twilio's SDKs for Node.js",
			    a->name, e->type->name);
		lint_value(r, e, a, str_from(attributes[1]));
	}
	missing_attributes(r, e, seen);
}
