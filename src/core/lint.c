/* Check TwiML: what is found, and what is asked before a parser runs. */
#include <stdarg.h>
#include <stdio.h>

#include "lint_state.h"

#define MESSAGE_BYTES 1024

const char *
lint_level_name(enum lint_level level)
{
	static const char *const names[] = {
		[LINT_CLEAN] = "clean",
		[LINT_ADVICE] = "advice",
		[LINT_WARNING] = "warning",
		[LINT_ERROR] = "error",
	};

	return names[level];
}

const char *
lint_words(int code)
{
	const struct grammar_code	*c = grammar_find_code(code);

	return c == NULL ? "" : c->text;
}

bool
lint_full(const struct lint_run *r)
{
	return r->out->n == LINT_MAX_FINDINGS;
}

/* A finding; its place stays a place of the text until lint_finish. */
static void
add(struct lint_run *r, size_t at, int code, enum lint_level level,
    const char *fmt, va_list ap)
{
	char		raw[MESSAGE_BYTES], clean[MESSAGE_BYTES];
	struct out	o = out_init(clean, sizeof(clean));
	struct str	message;
	struct lint	*l = r->out;

	if (level > l->worst)
		l->worst = level;
	if (l->at == NULL)
		l->at = arena_alloc(r->arena, LINT_MAX_FINDINGS,
		    sizeof(*l->at));
	if (l->at == NULL || lint_full(r)) {
		l->more++;
		return;
	}
	(void)vsnprintf(raw, sizeof(raw), fmt, ap);
	out_printable(&o, str_from(raw));
	message = arena_copy(r->arena, out_str(&o));
	if (message.n == 0)
		message = STR("there is no memory left to say what");
	l->at[l->n++] = (struct lint_finding){ at, 0, code, level, message };
}

void
lint_say(struct lint_run *r, size_t at, int code, const char *fmt, ...)
{
	const struct grammar_code	*c = grammar_find_code(code);
	va_list				 ap;

	va_start(ap, fmt);
	add(r, at, code, c == NULL || c->error ? LINT_ERROR : LINT_WARNING,
	    fmt, ap);
	va_end(ap);
}

void
lint_advise(struct lint_run *r, size_t at, int code, const char *fmt, ...)
{
	va_list	ap;

	va_start(ap, fmt);
	add(r, at, code, LINT_ADVICE, fmt, ap);
	va_end(ap);
}

void
lint_fatal(struct lint_run *r, size_t at, int code, const char *fmt, ...)
{
	va_list	ap;

	if (!r->out->lost) {
		r->out->n = r->out->more = 0;
		r->out->worst = LINT_CLEAN;
	}
	r->out->lost = true;
	va_start(ap, fmt);
	add(r, at, code, LINT_ERROR, fmt, ap);
	va_end(ap);
}

/* Lines and columns from the places, which are in order. */
static void
count_lines(struct lint_run *r)
{
	struct lint_finding	*f = r->out->at;
	struct str		 s = r->text;
	size_t			 i = 0, k, line = 1, column = 1;

	for (k = 0; k < r->out->n; k++) {
		for (; i < f[k].line && i < s.n; i++)
			if (s.p[i] == '\n') {
				line++;
				column = 1;
			} else
				column += ((unsigned char)s.p[i] & 0xc0) !=
				    0x80;
		f[k].line = line;
		f[k].column = column;
	}
}

void
lint_finish(struct lint_run *r)
{
	struct lint_finding	*f = r->out->at, moved;
	size_t			 i, k;

	for (i = 1; i < r->out->n; i++) {
		moved = f[i];
		for (k = i; k > 0 && f[k - 1].line > moved.line; k--)
			f[k] = f[k - 1];
		f[k] = moved;
	}
	count_lines(r);
}

/* What reads a text before it is XML: marks of other encodings. */
static bool
is_encoded(struct lint_run *r, struct str s)
{
	static const struct {
		struct str	 mark;
		const char	*what;
	} marks[] = {
		{ { "\xef\xbb\xbf", 3 }, "a byte order mark stands before "
		    "the document, which some readers refuse; save it as "
		    "UTF-8 without BOM" },
		{ { "\xff\xfe", 2 }, "the text is UTF-16 or UTF-32; send "
		    "UTF-8" },
		{ { "\xfe\xff", 2 }, "the text is UTF-16; send UTF-8" },
		{ { "\0", 1 }, "the text is UTF-16 or UTF-32; send UTF-8" },
		{ { "<\0", 2 }, "the text is UTF-16 or UTF-32; send UTF-8" },
		{ { "\x1f\x8b", 2 }, "the text is compressed, which "
		    "needs a Content-Encoding; here it must be unpacked" },
	};
	size_t	i;

	for (i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (str_starts(s, marks[i].mark)) {
			lint_fatal(r, r->base, 12100, "%s", marks[i].what);
			return true;
		}
	return false;
}

/* UTF-8 throughout, without NUL and U+FFFE and U+FFFF. */
static bool
is_utf8(struct lint_run *r)
{
	struct str	s = r->text, left;
	size_t		i = r->base, n;

	for (;;) {
		i += utf8_ascii(s, i);
		if (i == s.n)
			return true;
		left = str_sub(s, i, s.n);
		n = utf8_sequence(left);
		if (n == 0) {
			lint_fatal(r, i, 12100, "Invalid byte of a UTF-8 "
			    "sequence: 0x%02x", (unsigned char)left.p[0]);
			return false;
		}
		if (left.p[0] == '\0' || str_starts(left, STR("\xef\xbf\xbe"))
		    || str_starts(left, STR("\xef\xbf\xbf"))) {
			lint_fatal(r, i, 12100, "An invalid XML character "
			    "was found: %s", left.p[0] == '\0' ? "U+0000" :
			    "U+FFFE or U+FFFF");
			return false;
		}
		i += n;
	}
}

void
lint_run(struct lint_run *r)
{
	struct str	document = str_sub(r->text, r->base, r->text.n);

	if (str_trim(document).n == 0) {
		lint_fatal(r, r->base, 11770, "%s; the least is <Response/>",
		    lint_words(11770));
		lint_fatal(r, r->base, 12100, "Premature end of file.");
	} else if (document.n > LINT_MAX_BYTES)
		lint_fatal(r, r->base, 11750, "%s; shorten it, or redirect to "
		    "a second document", lint_words(11750));
	else if (!is_encoded(r, document) && is_utf8(r))
		lint_parse(r);
}

void
lint_begin(struct lint_run *r, struct arena *a, struct str text,
    enum lint_document document, struct lint *l)
{
	static const enum grammar_kind kinds[] = {
		[LINT_VOICE] = GRAMMAR_VOICE,
		[LINT_MESSAGING] = GRAMMAR_MESSAGING,
		[LINT_FAX] = GRAMMAR_FAX,
		[LINT_ANY] = GRAMMAR_VOICE,
	};

	*l = (struct lint){ .at = NULL };
	r->arena = a;
	r->text = text;
	r->out = l;
	r->kind = kinds[document];
	r->undecided = document == LINT_ANY;
	r->base = r->depth = r->skip = r->bad_root = r->nkept = 0;
	r->marked = r->seen = false;
}

void
lint_twiml(struct arena *a, struct str text, enum lint_document document,
    unsigned flags, struct lint *l)
{
	struct lint_run	r;
	size_t		used = a->used;

	lint_begin(&r, a, text, document, l);
	r.marked = (flags & LINT_MARKED) != 0;
	lint_run(&r);
	lint_finish(&r);
	if (l->worst == LINT_CLEAN)
		a->used = used;
}

void
lint_tell(const struct lint *l, struct out *why)
{
	const struct lint_finding	*f;

	for (f = l->at; f < l->at + l->n && f->level != l->worst; f++)
		;
	if (f == l->at + l->n) {
		out_cstr(why, "it has faults, and no memory is left to tell");
		return;
	}
	out_cstr(why, "line ");
	out_int(why, (int64_t)f->line);
	out_char(why, ':');
	out_int(why, (int64_t)f->column);
	out_cstr(why, ": ");
	out_bytes(why, f->message);
	if (f->code != 0) {
		out_cstr(why, " (Twilio ");
		out_int(why, f->code);
		out_char(why, ')');
	}
}

bool
lint_check(struct arena *a, struct str text, enum lint_document document,
    struct out *why)
{
	struct lint	l;

	lint_twiml(a, text, document, 0, &l);
	if (l.worst <= LINT_ADVICE)
		return true;
	lint_tell(&l, why);
	return false;
}

bool
lint_is_lost(struct arena *a, struct str text)
{
	struct lint	found;

	lint_twiml(a, text, LINT_ANY, 0, &found);
	return found.lost;
}
