/* What else a request says of its resource. See facts.h. */
#include "facts.h"
#include "field.h"
#include "out.h"
#include "utf8.h"

/* The name of a further member of a JSON object. */
static void
write_name(struct out *o, const char *name)
{
	if (o->p[o->n - 1] != '{')
		out_char(o, ',');
	out_json(o, str_from(name));
	out_char(o, ':');
}

static void
write_constant(struct out *o, const char *name, struct str value)
{
	write_name(o, name);
	out_cstr(o, "[0,");
	out_json(o, value);
	out_char(o, ']');
}

static void
write_latest(struct out *o, const char *name, struct str value)
{
	write_name(o, name);
	out_json(o, value);
}

struct str
facts_media(struct arena *a, const struct form *f)
{
	char		 url[32], type[32];
	char		*p = arena_alloc(a, EVENT_MAX_MEDIA, 1);
	struct out	 o, n;
	int64_t		 i;

	if (p == NULL)
		return (struct str){ NULL, 0 };
	o = out_init(p, EVENT_MAX_MEDIA);
	for (i = 0; i < 10; i++) {
		n = out_init(url, sizeof(url) - 1);
		out_cstr(&n, "MediaUrl");
		out_int(&n, i);
		url[n.n] = '\0';
		n = out_init(type, sizeof(type) - 1);
		out_cstr(&n, "MediaContentType");
		out_int(&n, i);
		type[n.n] = '\0';
		if (form_get(f, url).n == 0)
			continue;
		out_cstr(&o, o.n == 0 ? "[{\"url\": " : ", {\"url\": ");
		out_json(&o, utf8_clean(a, form_get(f, url), EVENT_MAX_FACT));
		out_cstr(&o, ", \"content_type\": ");
		out_json(&o, utf8_clean(a, form_get(f, type), EVENT_MAX_FACT));
		out_char(&o, '}');
	}
	if (o.n == 0)
		return (struct str){ NULL, 0 };
	out_char(&o, ']');
	return o.overflow ? (struct str){ NULL, 0 } : out_str(&o);
}

static void
write_facts(struct arena *a, struct out *o, const struct form *f,
    enum topic topic, enum fact_class class)
{
	const struct field	*at;
	struct str		 s;
	size_t			 i, n;

	for (at = field_topic(topic, &n), i = 0; i < n; i++) {
		if (at[i].class != class)
			continue;
		s = form_get(f, at[i].param);
		if (s.n == 0)
			continue;
		/* A letter more, to see that it is too long. */
		s = utf8_clean(a, s, EVENT_MAX_FACT + 4);
		if (s.n > EVENT_MAX_FACT || !field_fits(at[i].type, s))
			continue;
		if (class == FACT_CONSTANT)
			write_constant(o, at[i].fact, s);
		else
			write_latest(o, at[i].fact, s);
	}
}

/* What a message says of consent; NULL: nothing. */
static const char *
consent_of(struct str optout, struct str body, struct str *word)
{
	/* Twilio's default keywords, docs/messaging/tutorials/opt-out. */
	static const struct {
		const char	*word;
		const char	*consent;
	} keywords[] = {
		{ "STOP", "opted_out" }, { "STOPALL", "opted_out" },
		{ "UNSUBSCRIBE", "opted_out" }, { "CANCEL", "opted_out" },
		{ "END", "opted_out" }, { "QUIT", "opted_out" },
		{ "REVOKE", "opted_out" }, { "OPTOUT", "opted_out" },
		{ "START", "opted_in" }, { "YES", "opted_in" },
		{ "UNSTOP", "opted_in" },
	};
	size_t	i;

	*word = optout.n > 0 ? optout : str_trim(body);
	for (i = 0; i < sizeof(keywords) / sizeof(keywords[0]); i++)
		if (str_ieq(*word, str_from(keywords[i].word))) {
			*word = str_from(keywords[i].word);
			return keywords[i].consent;
		}
	return NULL;
}

/* What only messages have. */
static void
write_message(struct arena *a, struct out *o, const struct form *f,
    bool inbound)
{
	struct str	media = facts_media(a, f), word;

	if (media.n > 0)
		write_constant(o, "media", media);
	if (inbound && consent_of(form_get(f, "OptOutType"),
	    form_get(f, "Body"), &word) != NULL)
		write_constant(o, "consent_word", word);
}

/* Seen again long after its row in once was purged, it is a replay. */
static bool
is_first_of_resource(const struct event *e)
{
	return e->kind == EVENT_MESSAGE_INBOUND ||
	    (e->kind == EVENT_CALL_INBOUND &&
	    str_eq(e->status, STR("ringing")));
}

/* Columns that stand beside the facts; SQL takes them out. */
static void
write_columns(struct out *o, const struct form *f)
{
	int32_t		media = form_number(f, "NumMedia", 0);
	struct str	word;
	const char	*consent = consent_of(form_get(f, "OptOutType"),
			    form_get(f, "Body"), &word);

	if (media > 0 && media <= 100) {
		write_name(o, "num_media");
		out_int(o, media);
	}
	if (consent != NULL) {
		write_name(o, "consent");
		out_json(o, str_from(consent));
	}
}

struct str
facts_make(struct arena *a, const struct event *e, const struct form *f,
    enum event_kind base)
{
	const size_t	cap = 16384;
	enum topic	topic;
	struct out	o;
	size_t		latest;
	char		*p;

	if (e->resource == NULL || !field_topic_of(e->resource, &topic))
		return (struct str){ NULL, 0 };
	p = arena_alloc(a, cap, 1);
	if (p == NULL)
		return (struct str){ NULL, 0 };
	o = out_init(p, cap);
	out_cstr(&o, "{\"c\":{");
	write_facts(a, &o, f, topic, FACT_CONSTANT);
	if (topic == TOPIC_MESSAGE)
		write_message(a, &o, f, base == EVENT_MESSAGE_INBOUND);
	out_cstr(&o, "},\"l\":{");
	latest = o.n;
	write_facts(a, &o, f, topic, FACT_LATEST);
	if (o.n > latest)
		out_char(&o, '}');
	else	/* none: not even an empty object */
		o.n -= sizeof(",\"l\":{") - 1;
	if (base == EVENT_MESSAGE_INBOUND)
		write_columns(&o, f);
	if (is_first_of_resource(e)) {
		write_name(&o, "asked");
		out_cstr(&o, "true");
	}
	out_char(&o, '}');
	/* Most status callbacks have none. */
	if (str_eq(out_str(&o), STR("{\"c\":{}}")))
		return (struct str){ NULL, 0 };
	return o.overflow ? (struct str){ NULL, 0 } : out_str(&o);
}
