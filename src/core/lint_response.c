/*
 * A whole response of an application: its status and its Content-Type, too.
 * Source: Twilio's tables of MIME types (docs/voice/twiml, docs/messaging/
 * twiml), errors 11200 and 12300. See lint.h.
 */
#include "lint_state.h"

struct head {
	struct str	status;		/* "200", or absent */
	struct str	type;		/* Content-Type */
	size_t		status_at, type_at;
	size_t		body;		/* where it begins */
	bool		known;		/* has what responses have */
	bool		twice;		/* another Content-Type before it */
};

static bool
is_name(struct str s)
{
	size_t	i;

	for (i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] <= ' ' || s.p[i] == '<' ||
		    (unsigned char)s.p[i] >= 0x7f)
			return false;
	return s.n > 0;
}

/* One line of a head, without its end; *next is where the next begins. */
static struct str
line_at(struct str text, size_t at, size_t *next)
{
	size_t	end = str_find(text, '\n', at);

	*next = end < text.n ? end + 1 : text.n;
	if (end > at && text.p[end - 1] == '\r')
		end--;
	return str_sub(text, at, end);
}

static bool
read_header(struct head *h, struct str line, size_t at)
{
	size_t		colon = str_find(line, ':', 0);
	struct str	name = str_sub(line, 0, colon), value;

	if (colon == line.n || !is_name(name))
		return false;
	value = str_trim(str_sub(line, colon + 1, line.n));
	if (str_ieq(name, STR("Status"))) {
		h->status = str_sub(value, 0, str_find(value, ' ', 0));
		h->status_at = at;
		h->known = true;
	} else if (str_ieq(name, STR("Content-Type"))) {
		h->twice |= h->type.p != NULL && !str_ieq(h->type, value);
		h->type = value;
		h->type_at = at;
		h->known = true;
	} else if (str_ieq(name, STR("Location")))
		h->known = true;
	return true;
}

/* A head with the blank line at its end; false: there is none. */
static bool
read_one(struct str text, size_t at, struct head *h)
{
	struct str	line;
	size_t		next;

	*h = (struct head){ .known = false };
	line = line_at(text, at, &next);
	if (str_starts(line, STR("HTTP/"))) {
		h->status = str_trim(str_sub(line, str_find(line, ' ', 0),
		    line.n));
		h->status.n = str_find(h->status, ' ', 0);
		h->status_at = at;
		h->known = true;
		at = next;
	}
	for (; at < text.n; at = next) {
		line = line_at(text, at, &next);
		if (line.n == 0) {
			h->body = next;
			return h->known;
		}
		if (!read_header(h, line, at))
			return false;
	}
	/* All of it is a head, and there is no body. */
	h->body = text.n;
	return h->known;
}

/* The last head: curl -iL shows those of 100 and of redirects before it. */
static bool
read_head(struct str text, struct head *h)
{
	struct head	further;

	if (!read_one(text, 0, h))
		return false;
	while (str_starts(str_sub(text, h->body, text.n), STR("HTTP/")) &&
	    read_one(text, h->body, &further))
		*h = further;
	return true;
}

bool
lint_is_response(struct str text)
{
	struct head	h;

	return read_head(text, &h);
}

/* Whether there is a body that counts. */
static bool
check_status(struct lint_run *r, const struct head *h)
{
	static const char *const redirects[] = { "301", "302", "303", "307",
	    "308" };
	size_t	i;

	/* 204 says that there is nothing, and needs no type. */
	if (h->status.p == NULL)
		return true;
	if (h->status.n == 3 && h->status.p[0] == '2')
		return !str_eq(h->status, STR("204"));
	for (i = 0; i < sizeof(redirects) / sizeof(redirects[0]); i++)
		if (str_eq(h->status, str_from(redirects[i]))) {
			lint_advise(r, h->status_at, 0, "the status is %s: "
			    "Twilio asks where it points to", redirects[i]);
			return false;
		}
	lint_fatal(r, h->status_at, 11200, "%s: the status is %.*s",
	    lint_words(11200), LINT_WORD(h->status));
	return true;
}

/* A parameter of a Content-Type without its quotes, or absent. */
static struct str
parameter(struct str type, struct str wanted)
{
	struct str	part, name;

	while (str_cut(&type, ';', &part)) {
		part = str_trim(part);
		if (!str_cut(&part, '=', &name) || part.p == NULL ||
		    !str_ieq(str_trim(name), wanted))
			continue;
		part = str_trim(part);
		if (part.n >= 2 && part.p[0] == '"')
			part = str_sub(part, 1, part.n - 1);
		return part;
	}
	return (struct str){ NULL, 0 };
}

static void
check_charset(struct lint_run *r, const struct head *h)
{
	struct str	charset = parameter(h->type, STR("charset"));

	if (charset.p == NULL || str_ieq(charset, STR("utf-8")) ||
	    ((str_ieq(charset, STR("us-ascii"))) &&
	    utf8_ascii(r->text, h->body) == r->text.n - h->body))
		return;
	lint_advise(r, h->type_at, 0, "charset=%.*s, but TwiML is UTF-8: "
	    "where the header counts, letters are mangled",
	    LINT_WORD(charset));
}

/* Plain text: a call speaks it, unless it is TwiML; a message is it. */
static bool
check_plain(struct lint_run *r, const struct head *h,
    enum lint_document document)
{
	struct str	body = str_trim(str_sub(r->text, h->body, r->text.n));
	bool		words = body.n > 0 && body.p[0] != '<';

	if (document != LINT_MESSAGING)
		lint_advise(r, h->type_at, 0, "text/plain: what is not TwiML "
		    "is read aloud; say text/xml");
	else if (words)
		lint_advise(r, h->type_at, 0, "text/plain: sent as the "
		    "message, as it is");
	else if (body.n > 0) {
		lint_fatal(r, h->type_at, 0, "text/plain: sent as the "
		    "message, mark-up and all");
		lint_advise(r, h->type_at, 0, "say Content-Type: text/xml");
	}
	return !words;
}

/* Whether the body is to be looked at as TwiML. */
static bool
check_type(struct lint_run *r, const struct head *h,
    enum lint_document document)
{
	static const char *const twiml[] = { "text/xml", "application/xml",
	    "text/html" };
	struct str	type = h->type, media = { NULL, 0 };
	size_t		i;

	(void)str_cut(&type, ';', &media);
	media = str_trim(media);
	if (h->twice)
		lint_advise(r, h->type_at, 0, "there is another Content-Type "
		    "before this one; which counts is not known");
	for (i = 0; i < sizeof(twiml) / sizeof(twiml[0]); i++)
		if (str_ieq(media, str_from(twiml[i]))) {
			check_charset(r, h);
			return true;
		}
	if (str_ieq(media, STR("text/plain")))
		return check_plain(r, h, document);
	/* A call plays what is sound. */
	if (document != LINT_MESSAGING && document != LINT_FAX &&
	    str_ieq(str_sub(media, 0, 6), STR("audio/")))
		return false;
	if (media.n == 0)
		lint_fatal(r, h->type_at, 12300, "%s: there is none; say "
		    "Content-Type: text/xml", lint_words(12300));
	else
		lint_fatal(r, h->type_at, 12300, "%s: %.*s; say text/xml",
		    lint_words(12300), LINT_WORD(media));
	return true;
}

void
lint_response(struct arena *a, struct str response,
    enum lint_document document, struct lint *l)
{
	struct lint_run	r;
	struct head	h;
	size_t		used = a->used;

	lint_begin(&r, a, response, document, l);
	if (!read_head(response, &h))
		h = (struct head){ .body = 0 };
	r.base = h.body;
	if (check_status(&r, &h) && check_type(&r, &h, document))
		lint_run(&r);
	lint_finish(&r);
	if (l->worst == LINT_CLEAN)
		a->used = used;
}
