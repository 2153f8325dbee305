/* Walk through a document with expat. See lint_state.h. */
#include "lint_state.h"

static size_t
place(const struct lint_run *r)
{
	XML_Index	i = XML_GetCurrentByteIndex(r->parser);

	return r->base + (i < 0 ? 0 : (size_t)i);
}

struct str
lint_name(const char *expat, char buf[128], bool *foreign)
{
	static const char	xml[] =
	    "http://www.w3.org/XML/1998/namespace\nlang\nxml";
	struct str	rest = str_from(expat), uri, local, prefix;
	struct out	o = out_init(buf, 127);

	*foreign = false;
	if (!str_cut(&rest, '\n', &uri) || rest.p == NULL)
		return str_from(expat);
	if (strcmp(expat, xml) == 0)
		return STR("xml:lang");
	*foreign = true;
	(void)str_cut(&rest, '\n', &local);
	prefix = rest;
	if (prefix.p != NULL) {
		out_bytes(&o, utf8_prefix(prefix, 60));
		out_char(&o, ':');
	}
	out_bytes(&o, utf8_prefix(local, 60));
	return out_str(&o);
}

/* The kind of document whose root alone has the element, once there is one. */
static void
decide(struct lint_run *r, struct str name)
{
	size_t	kind, n = 0, found = 0;

	for (kind = 0; kind < GRAMMAR_KINDS; kind++)
		if (grammar_child(grammar_document[kind].root, name) != NULL) {
			found = kind;
			n++;
		}
	if (n != 1)
		return;
	r->undecided = false;
	r->kind = (enum grammar_kind)found;
	r->element[0].type = grammar_document[found].root;
}

static struct lint_element *
push(struct lint_run *r, const struct grammar_type *type, size_t at)
{
	struct lint_element	*e = &r->element[r->depth++];

	*e = (struct lint_element){ .type = type, .at = at,
	    .kept = r->nkept };
	if (r->depth > 1)
		e->parent = r->element[r->depth - 2].type;
	return e;
}

static void
start_root(struct lint_run *r, const char *expat, const char **attributes)
{
	char		buf[128];
	bool		foreign;
	struct str	name = lint_name(expat, buf, &foreign);
	size_t		at = place(r);

	r->seen = true;
	if (!foreign && str_eq(name, STR("Response"))) {
		lint_attributes(r, push(r, grammar_document[r->kind].root,
		    at), attributes);
		return;
	}
	r->skip = 1;
	if (foreign && str_ends(str_from(expat), STR("\nResponse")))
		lint_say(r, at, 12200, "cvc-elt.1: Cannot find the "
		    "declaration of element 'Response'. Remove xmlns=: TwiML "
		    "has no namespace");
	else
		r->bad_root = at + 1;
}

/* One child too many of those that are counted, and one that is alone. */
static void
count_child(struct lint_run *r, struct lint_element *parent,
    const struct grammar_type *type, size_t at)
{
	const struct grammar_type	*t = parent->type;

	if (t->alone != NULL && strcmp(type->name, t->alone) == 0)
		parent->alone = true;
	if (type == t->count && ++parent->counted == (size_t)t->count_max + 1)
		lint_say(r, at, t->count_code, "%s: more than %d <%s>",
		    lint_words(t->count_code), t->count_max, type->name);
}

static void
start_child(struct lint_run *r, const char *expat, const char **attributes)
{
	struct lint_element		*parent = &r->element[r->depth - 1];
	const struct grammar_child	*child;
	char		 buf[128];
	bool		 foreign;
	struct str	 name = lint_name(expat, buf, &foreign);
	size_t		 at = place(r);

	if (r->undecided && r->depth == 1)
		decide(r, name);
	parent->children++;
	child = foreign ? NULL : grammar_child(parent->type, name);
	if (child == NULL)
		lint_misplaced(r, parent, name, at);
	else if (child->beyond)
		lint_advise(r, at, 0, "<%s> in <%s> is not in Twilio's SDK "
		    "for Node.js", child->name, parent->type->name);
	if (child == NULL || child->type == NULL) {
		r->skip = 1;
		return;
	}
	parent->had |= (uint64_t)1 << (child - parent->type->child);
	count_child(r, parent, child->type, at);
	lint_attributes(r, push(r, child->type, at), attributes);
}

static void XMLCALL
on_start(void *data, const XML_Char *name, const XML_Char **attributes)
{
	struct lint_run	*r = data;

	if (r->depth + r->skip == LINT_MAX_DEPTH) {
		lint_fatal(r, place(r), 12100, "more than %d elements within "
		    "each other", LINT_MAX_DEPTH);
		(void)XML_StopParser(r->parser, XML_FALSE);
	} else if (r->skip > 0)
		r->skip++;
	else if (r->depth == 0)
		start_root(r, name, attributes);
	else
		start_child(r, name, attributes);
}

static void XMLCALL
on_end(void *data, const XML_Char *name)
{
	struct lint_run		*r = data;
	struct lint_element	*e, *parent;

	(void)name;
	if (r->skip > 0) {
		r->skip--;
		return;
	}
	e = &r->element[r->depth - 1];
	lint_content(r, e);
	r->nkept = e->kept;
	r->depth--;
	if (r->depth == 0)
		return;
	/* Words within speech mark-up are words of the Say around it. */
	parent = &r->element[r->depth - 1];
	if (parent->type->text && e->type->text && e->type->text_max == 0 &&
	    e->type->text_check == GRAMMAR_ANY) {
		parent->chars += e->chars;
		parent->blanks = e->chars > 0 ? e->blanks : parent->blanks;
		parent->unknown = parent->unknown || e->unknown;
	}
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Count characters between the first and the last that is not blank. */
static void
count_text(struct lint_element *e, struct str s)
{
	size_t	i;

	for (i = 0; i < s.n; i++)
		if (is_blank(s.p[i])) {
			e->before += !e->ink;
			e->chars += e->ink;
			e->blanks += e->ink;
		} else {
			e->ink = true;
			e->blanks = 0;
			e->chars += ((unsigned char)s.p[i] & 0xc0) != 0x80;
		}
}

static void XMLCALL
on_text(void *data, const XML_Char *p, int n)
{
	struct lint_run		*r = data;
	struct lint_element	*e;
	struct str		 s = { p, (size_t)n };

	if (r->skip > 0 || r->depth == 0)
		return;
	e = &r->element[r->depth - 1];
	count_text(e, s);
	if (e->ink && !e->type->text && !e->told) {
		e->told = true;
		lint_say(r, place(r), 12200, e->type->nchildren > 0 ?
		    "cvc-complex-type.2.3: Element '%s' cannot have "
		    "character [children], because the type's content type "
		    "is element-only." :
		    "cvc-complex-type.2.1: Element '%s' must have no "
		    "character or element information item [children], "
		    "because the type's content type is empty.",
		    e->type->name);
	}
	if (lint_is_unknown(r, s))
		e->unknown = true;
	if (e->type->text_check != GRAMMAR_ANY &&
	    s.n <= r->text.n - r->base - r->nkept) {
		memcpy(r->kept + r->nkept, s.p, s.n);
		r->nkept += s.n;
	}
}

static void XMLCALL
on_doctype(void *data, const XML_Char *name, const XML_Char *system,
    const XML_Char *public, int internal)
{
	struct lint_run	*r = data;

	(void)name;
	(void)system;
	(void)public;
	(void)internal;
	lint_fatal(r, place(r), 12100,
	    "a DOCTYPE has no place in TwiML; remove it");
	(void)XML_StopParser(r->parser, XML_FALSE);
}

/* The first byte beyond ASCII from the document's begin on, or the end. */
static bool
is_ascii(const struct lint_run *r)
{
	return utf8_ascii(r->text, r->base) == r->text.n - r->base;
}

static void XMLCALL
on_declaration(void *data, const XML_Char *version, const XML_Char *encoding,
    int standalone)
{
	struct lint_run	*r = data;
	struct str	 e = str_from(encoding);
	bool		 latin;

	(void)standalone;
	if (version != NULL && strcmp(version, "1.0") != 0)
		lint_fatal(r, place(r), 12100,
		    "XML version \"%.*s\" is not supported.",
		    LINT_WORD(str_from(version)));
	else if (e.p != NULL && !str_ieq(e, STR("UTF-8"))) {
		latin = str_ieq(str_sub(e, 0, 9), STR("ISO-8859-")) ||
		    str_ieq(str_sub(e, 0, 8), STR("windows-"));
		if (is_ascii(r) && (str_ieq(e, STR("US-ASCII")) ||
		    str_ieq(e, STR("ASCII"))))
			return;
		if (is_ascii(r) && latin) {
			lint_advise(r, place(r), 0, "the declaration says "
			    "%.*s; write UTF-8", LINT_WORD(e));
			return;
		}
		lint_fatal(r, place(r), 12100, "the declaration says %.*s; "
		    "write UTF-8, and as it is spelt here", LINT_WORD(e));
	} else
		return;
	(void)XML_StopParser(r->parser, XML_FALSE);
}

/* What expat calls it, in the words of Xerces, which Twilio uses. */
static const char *
error_words(const struct lint_run *r, size_t at)
{
	enum XML_Error	e = XML_GetErrorCode(r->parser);
	char		c = at < r->text.n ? r->text.p[at] : '\0';

	switch ((int)e) {
	case XML_ERROR_INVALID_TOKEN:
		if (!r->seen && c != '<')
			return "Content is not allowed in prolog.";
		if (c > '\0' && c < ' ')
			return "An invalid XML character (a control "
			    "character) was found.";
		if (c == '&')
			return "The entity name must immediately follow the "
			    "'&' in the entity reference; write & as &amp;";
		return "not well-formed (invalid token); in text write & as "
		    "&amp; and < as &lt;";
	case XML_ERROR_SYNTAX:
		if (!r->seen)
			return "Content is not allowed in prolog.";
		break;
	case XML_ERROR_NO_ELEMENTS:
		if (!r->seen)
			return "Premature end of file.";
		/* FALLTHROUGH */
	case XML_ERROR_UNCLOSED_TOKEN:
		return "XML document structures must start and end within "
		    "the same entity: something is not closed.";
	case XML_ERROR_MISPLACED_XML_PI:
		return "The processing instruction target matching "
		    "\"[xX][mM][lL]\" is not allowed: <?xml must be the very "
		    "first, and once.";
	case XML_ERROR_JUNK_AFTER_DOC_ELEMENT:
		return "The markup in the document following the root "
		    "element must be well-formed: nothing may follow "
		    "</Response>.";
	case XML_ERROR_TAG_MISMATCH:
		return "An element must be terminated by the matching "
		    "end-tag.";
	case XML_ERROR_DUPLICATE_ATTRIBUTE:
		return "An attribute was already specified for the element.";
	case XML_ERROR_UNDEFINED_ENTITY:
		return "The entity was referenced, but not declared; write "
		    "the character itself";
	case XML_ERROR_UNBOUND_PREFIX:
		return "The prefix is not bound; TwiML has no prefixes";
	case XML_ERROR_BAD_CHAR_REF:
		return "The character reference is of no XML character.";
	}
	return XML_ErrorString(e);
}

static void
after_parse(struct lint_run *r, enum XML_Status status)
{
	size_t	at = place(r);

	if (status == XML_STATUS_OK && r->bad_root > 0)
		lint_fatal(r, r->bad_root - 1, 12102,
		    "%s; put the verbs inside <Response>...</Response>",
		    lint_words(12102));
	if (status == XML_STATUS_OK ||
	    XML_GetErrorCode(r->parser) == XML_ERROR_ABORTED)
		return;
	if (XML_GetErrorCode(r->parser) == XML_ERROR_NO_MEMORY)
		lint_fatal(r, r->base, 0,
		    "there is no memory left to check it");
	else
		lint_fatal(r, at, 12100, "%s", error_words(r, at));
}

void
lint_parse(struct lint_run *r)
{
	struct str	document = str_sub(r->text, r->base, r->text.n);

	r->kept = arena_alloc(r->arena, document.n, 1);
	r->parser = r->kept == NULL ? NULL : xml_open(r->arena);
	if (r->parser == NULL) {
		lint_fatal(r, r->base, 0,
		    "there is no memory left to check it");
		return;
	}
	XML_SetUserData(r->parser, r);
	XML_SetReturnNSTriplet(r->parser, 1);
	XML_SetElementHandler(r->parser, on_start, on_end);
	XML_SetCharacterDataHandler(r->parser, on_text);
	XML_SetStartDoctypeDeclHandler(r->parser, on_doctype);
	XML_SetXmlDeclHandler(r->parser, on_declaration);
	after_parse(r, XML_Parse(r->parser, document.p, (int)document.n,
	    XML_TRUE));
	xml_close(r->parser);
}
