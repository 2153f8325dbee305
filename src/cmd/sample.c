/* Fill the texts of what Twilio sends. See sample.h. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "../core/out.h"
#include "../edge/clock.h"
#include "option.h"
#include "sample.h"

#define MAX_EDITS 6

const struct sample *const sample_tables[] = { samples_message, samples_call,
    samples_voice, samples_conversation, samples_other, NULL };

#define MAX_PLACES 16		/* placeholders in a line, or in a batch */
#define USUAL_SECONDS "17"	/* of a call that was answered */

const struct sample *
sample_find(const char *kind, const char *variant)
{
	const struct sample *const	*table;
	const struct sample		*s;

	for (table = sample_tables; *table != NULL; table++)
		for (s = *table; s->kind != NULL; s++)
			if (strcmp(s->kind, kind) == 0 && (variant == NULL ||
			    strcmp(s->variant, variant) == 0))
				return s;
	return NULL;
}

const char *
sample_nearest(const char *kind)
{
	const struct sample *const	*table;
	const struct sample		*s;
	const char			*nearest = NULL;
	size_t				 d, best = MAX_EDITS;

	for (table = sample_tables; *table != NULL; table++)
		for (s = *table; s->kind != NULL; s++) {
			d = option_distance(kind, s->kind);
			/* "onMessageAdd", or the end of a long one. */
			if (str_ends(str_from(s->kind), str_from(kind)))
				d = 0;
			if (d < best) {
				best = d;
				nearest = s->kind;
			}
		}
	return nearest;
}

bool
sample_is_json(const struct sample *s)
{
	return s->text[0] == '[';
}

/* A call's status after which nothing follows. */
static bool
is_final(struct str s)
{
	static const char *const words[] = { "completed", "busy", "failed",
	    "no-answer", "canceled" };
	size_t	i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (str_eq(s, str_from(words[i])))
			return true;
	return false;
}

static struct str
format_time(int64_t ms, const char *format, char buf[64])
{
	time_t		 s = (time_t)(ms / 1000);
	struct tm	 tm;

	if (gmtime_r(&s, &tm) == NULL)
		return STR("");
	return (struct str){ buf, strftime(buf, 64, format, &tm) };
}

/* What a sample tells as its status: the option's word, or its own. */
static struct str
status_of(const struct sample *s, const struct sample_values *v)
{
	struct str	text = str_from(s->text);
	size_t		at = str_search(text, STR("{status:"));

	if (v->status != NULL)
		return str_from(v->status);
	if (at == text.n)
		return STR("");
	at += sizeof("{status:") - 1;
	return str_sub(text, at, str_find(text, '}', at));
}

/* The times and what follows from the status; absent when it has none. */
static struct str
derived(const struct sample *s, const struct sample_values *v,
    struct str name, char buf[64])
{
	struct str	status = status_of(s, v), none = { NULL, 0 };
	bool		answered = str_eq(status, STR("completed"));

	if (str_eq(name, STR("rfc2822")))
		return format_time(v->time_ms,
		    "%a, %d %b %Y %H:%M:%S +0000", buf);
	if (str_eq(name, STR("iso"))) {
		clock_format(v->time_ms, buf);
		return str_from(buf);
	}
	/* The carrier's receipt, of its own clock. */
	if (str_eq(name, STR("carrier")))
		return str_eq(status, STR("delivered")) ||
		    str_eq(status, STR("undelivered")) ?
		    format_time(v->time_ms, "%y%m%d%H%M", buf) : none;
	if (!is_final(status))
		return none;
	if (str_eq(name, STR("sip")))
		return answered ? STR("200") : STR("487");
	if (str_eq(name, STR("seconds")))
		return answered ? STR(USUAL_SECONDS) : STR("0");
	if (str_eq(name, STR("minutes")))
		return answered ? STR("1") : STR("0");
	return none;
}

/* A SID that belongs to the sample's: its digits behind other letters. */
static struct str
related(const struct sample_values *v, struct str prefix, char buf[64])
{
	struct str	digits = str_sub(str_from(v->sid), 2, 60);
	struct out	o = out_init(buf, 64);

	out_bytes(&o, prefix);
	out_bytes(&o, digits);
	return out_str(&o);
}

static bool
is_prefix(struct str name)
{
	return name.n == 2 && name.p[0] >= 'A' && name.p[0] <= 'Z' &&
	    name.p[1] >= 'A' && name.p[1] <= 'Z';
}

/* The value of a placeholder; absent when there is none. */
static struct str
value_of(const struct sample *s, const struct sample_values *v,
    struct str name, char buf[64])
{
	const struct {
		const char	*name;
		const char	*value;
	} given[] = {
		{ "sid", v->sid }, { "account", v->account },
		{ "other", v->other }, { "from", v->from }, { "to", v->to },
		{ "body", v->body }, { "digits", v->digits },
		{ "status", v->status }, { "seq", v->seq },
		{ "error", v->error },
	};
	size_t	i;

	if (is_prefix(name))
		return related(v, name, buf);
	for (i = 0; i < sizeof(given) / sizeof(given[0]); i++)
		if (str_eq(name, str_from(given[i].name)))
			return str_from(given[i].value);
	return derived(s, v, name, buf);
}

/* Where the name of a placeholder ends that begins at from, else from. */
static size_t
name_end(struct str text, size_t from)
{
	size_t	i = from;

	while (i < text.n && ((text.p[i] >= 'a' && text.p[i] <= 'z') ||
	    (text.p[i] >= 'A' && text.p[i] <= 'Z') ||
	    (text.p[i] >= '0' && text.p[i] <= '9')))
		i++;
	return i < text.n && (text.p[i] == '}' || text.p[i] == ':') ? i :
	    from;
}

/* Inside of a JSON string: escaped, without the quotes. */
static void
write_value(struct out *o, struct str value, bool json)
{
	size_t	from = o->n;

	if (!json) {
		out_bytes(o, value);
		return;
	}
	out_json(o, value);
	if (o->overflow)
		return;
	o->n -= 2;
	memmove(o->p + from, o->p + from + 1, o->n - from);
}

/* Fill the placeholders of a text; false when one has no value. */
static bool
expand(struct out *o, const struct sample *s, const struct sample_values *v,
    struct str text)
{
	struct str	name, value;
	char		buf[64];
	size_t		at = 0, open, end;
	bool		json = sample_is_json(s);

	while (at < text.n) {
		open = str_find(text, '{', at);
		out_bytes(o, str_sub(text, at, open));
		if (open == text.n)
			break;
		end = name_end(text, open + 1);
		if (end == open + 1) {
			out_char(o, '{');
			at = end;
			continue;
		}
		name = str_sub(text, open + 1, end);
		at = str_find(text, '}', end) + 1;
		value = value_of(s, v, name, buf);
		if (value.p == NULL && text.p[end] == ':')
			value = str_sub(text, end + 1, at - 1);
		if (value.p == NULL)
			return false;
		write_value(o, value, json);
	}
	return true;
}

/* Bytes enough for a text of n with its placeholders filled. */
static size_t
room(const struct sample_values *v, size_t n)
{
	const char	*given[] = { v->sid, v->account, v->other, v->from,
			    v->to, v->body, v->digits, v->status, v->seq,
			    v->error };
	size_t		 i, length, longest = 64;

	for (i = 0; i < sizeof(given) / sizeof(given[0]); i++) {
		length = given[i] == NULL ? 0 : strlen(given[i]);
		if (length > longest)
			longest = length;
	}
	/* Of JSON, a byte becomes six at most. */
	return n + MAX_PLACES * 6 * longest;
}

size_t
sample_form(struct arena *a, const struct sample *s,
    const struct sample_values *v, struct param *out)
{
	struct str	text = str_from(s->text), line, rest;
	struct out	o;
	size_t		n = 0, cap;
	char		*p;

	while (str_cut(&text, '\n', &line) && n < SAMPLE_MAX) {
		rest = line;
		if (line.n == 0 || !str_cut(&rest, '=', &out[n].name))
			continue;
		cap = room(v, rest.n);
		p = arena_alloc(a, cap, 1);
		if (p == NULL)
			break;
		o = out_init(p, cap);
		if (expand(&o, s, v, rest))
			out[n++].value = out_str(&o);
		a->used -= cap - o.n;	/* what was not needed */
	}
	return n;
}

struct str
sample_json(struct arena *a, const struct sample *s,
    const struct sample_values *v)
{
	size_t		cap = room(v, 2 * strlen(s->text));
	char		*p = arena_alloc(a, cap, 1);
	struct out	 o;

	if (p == NULL)
		return (struct str){ NULL, 0 };
	o = out_init(p, cap);
	if (!expand(&o, s, v, str_from(s->text)) || o.overflow)
		return (struct str){ NULL, 0 };
	return out_str(&o);
}
