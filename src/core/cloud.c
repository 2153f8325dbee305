/* Events of Event Streams as parameters. See cloud.h. */
#include "cloud.h"
#include "out.h"

#define MAX_LEVELS 3

/* Parameters that data lacks: there are no more rows than EXTRAS. */
#define EXTRAS 5

struct fill {
	struct arena	*arena;
	struct form	 form;
	size_t		 cap;
};

static bool
is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static void
out_upper(struct out *o, char c)
{
	out_char(o, is_lower(c) ? (char)(c - 'a' + 'A') : c);
}

/* "error_code" and "errorCode" as ErrorCode; "SipHeader_X" as it is. */
static struct str
pascal(struct arena *a, struct str name)
{
	struct out	o;
	size_t		i;
	char		*p;

	if (name.n == 0 || !is_lower(name.p[0]))
		return name;
	p = arena_alloc(a, name.n, 1);
	o = out_init(p, p == NULL ? 0 : name.n);
	for (i = 0; i < name.n; i++) {
		if (i == 0 || name.p[i - 1] == '_')
			out_upper(&o, name.p[i]);
		else if (name.p[i] != '_')
			out_char(&o, name.p[i]);
	}
	return out_str(&o);
}

static struct str
full_name(struct arena *a, struct str prefix, struct str raw)
{
	struct str	parts[3] = { prefix, STR("."),
			    pascal(a, json_text(a, raw)) };

	return prefix.n == 0 ? parts[2] : arena_join(a, parts, 3);
}

static void
add(struct fill *f, struct str name, struct str value)
{
	if (f->form.n < f->cap)
		f->form.at[f->form.n++] = (struct param){ name, value };
}

static void
flatten(struct fill *f, struct str prefix, struct str object, int levels)
{
	struct json_walk	w;
	struct json_item	item;
	struct str		name;

	if (!json_open(object, &w) || !w.object)
		return;
	while (json_next(&w, &item)) {
		switch (json_type(item.value)) {
		case JSON_NULL:
			continue;
		case JSON_OBJECT:
			if (levels == 1)
				continue;
			break;
		case JSON_BOOL:
		case JSON_NUMBER:
		case JSON_STRING:
		case JSON_ARRAY:
			break;
		}
		name = full_name(f->arena, prefix, item.name);
		if (json_type(item.value) == JSON_OBJECT)
			flatten(f, name, item.value, levels - 1);
		else if (json_type(item.value) == JSON_ARRAY)
			add(f, name, item.value);
		else
			add(f, name, json_text(f->arena, item.value));
	}
}

/* Room for all that a text of n bytes can hold: a member takes five. */
static struct fill
make_fill(struct arena *a, size_t n)
{
	struct fill	f = { a, { NULL, 0 }, n / 5 + 1 + EXTRAS };

	if (f.cap > FORM_MAX_PARAMS)
		f.cap = FORM_MAX_PARAMS;
	f.form.at = arena_alloc(a, f.cap, sizeof(*f.form.at));
	if (f.form.at == NULL)
		f.cap = 0;
	return f;
}

bool
cloud_params(struct arena *a, struct str json, struct form *out)
{
	struct fill	f = make_fill(a, json.n);

	if (json_valid(json))
		flatten(&f, STR(""), json, MAX_LEVELS);
	*out = f.form;
	return !a->full;
}

/* A string that is there and not empty. */
static bool
is_filled(struct str object, const char *name)
{
	struct str	value = json_get(object, name);

	return json_type(value) == JSON_STRING && value.n > 2;
}

static bool
is_event(struct str value)
{
	return is_filled(value, "id") && is_filled(value, "type");
}

bool
cloud_open(struct str body, struct cloud *out)
{
	struct json_walk	w;
	struct json_item	item;
	bool			any = false;

	if (!json_valid(body) || !json_open(body, &w))
		return false;
	if (w.object)
		w = (struct json_walk){ body, false };
	*out = (struct cloud){ w, 0 };
	for (; json_next(&w, &item); out->n++)
		any = any || is_event(item.value);
	return any;
}

/* The object that data is, or that its string holds. */
static struct str
get_data(struct arena *a, struct str event)
{
	struct str	data = json_get(event, "data");

	if (json_type(data) != JSON_STRING)
		return data;
	data = json_text(a, data);
	return json_valid(data) ? data : (struct str){ NULL, 0 };
}

/* What the form calls otherwise, or data leaves to the type. */
static void
add_aliases(struct fill *f, struct str type)
{
	static const struct {
		const char	*type;	/* how it begins */
		const char	*name;
		const char	*alias;
	} t[] = {
		{ "com.twilio.messaging.", "NumberOfSegments",
		    "NumSegments" },
		{ "com.twilio.voice.", "Sid", "CallSid" },
		{ "com.twilio.error", "DateCreated", "Timestamp" },
		{ "com.twilio.conversations.message.", "MessageBody",
		    "Body" },
	};
	struct str	value;
	size_t		i;

	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		value = form_get(&f->form, t[i].name);
		if (str_starts(type, str_from(t[i].type)) &&
		    value.p != NULL && !form_has(&f->form, t[i].alias))
			add(f, str_from(t[i].alias), value);
	}
}

/* com.twilio.conversations.conversation-state.updated is the form's
 * onConversationStateUpdated. */
static void
add_event_type(struct fill *f, struct str type)
{
	struct str	prefix = STR("com.twilio.conversations.");
	struct out	o;
	size_t		i;
	char		*p;

	if (!str_starts(type, prefix) || form_has(&f->form, "EventType"))
		return;
	type = str_sub(type, prefix.n, type.n);
	p = arena_alloc(f->arena, type.n + 2, 1);
	o = out_init(p, p == NULL ? 0 : type.n + 2);
	out_cstr(&o, "on");
	for (i = 0; i < type.n; i++) {
		if (type.p[i] == '.' || type.p[i] == '-')
			continue;
		if (i == 0 || type.p[i - 1] == '.' || type.p[i - 1] == '-')
			out_upper(&o, type.p[i]);
		else
			out_char(&o, type.p[i]);
	}
	add(f, STR("EventType"), out_str(&o));
}

/* Event Streams write DELIVERED where the form has delivered. */
static void
lower_status(struct fill *f)
{
	struct param	*param;
	struct str	 s;
	char		*p;
	size_t		 i, j;

	for (i = 0; i < f->form.n; i++) {
		param = &f->form.at[i];
		if (!str_eq(param->name, STR("MessageStatus")))
			continue;
		s = param->value;
		p = arena_alloc(f->arena, s.n, 1);
		for (j = 0; p != NULL && j < s.n; j++)
			p[j] = s.p[j] >= 'A' && s.p[j] <= 'Z' ?
			    (char)(s.p[j] - 'A' + 'a') : s.p[j];
		param->value = (struct str){ p, p == NULL ? 0 : s.n };
	}
}

static struct form
event_params(struct arena *a, struct str event, struct str type)
{
	struct str	data = get_data(a, event);
	struct fill	f = make_fill(a, data.n);
	struct str	form = { NULL, 0 };

	if (str_starts(type, STR("com.twilio.voice.")))
		form = json_get(json_get(data, "request"), "parameters");
	flatten(&f, STR(""), form, MAX_LEVELS);
	flatten(&f, STR(""), data, form.p == NULL ? MAX_LEVELS : 1);
	add_aliases(&f, type);
	add_event_type(&f, type);
	lower_status(&f);
	return f.form;
}

enum cloud_result
cloud_next(struct arena *a, struct cloud *c, struct cloud_event *out)
{
	struct json_item	item;
	struct cloud_event	e = { .raw = { NULL, 0 } };

	if (!json_next(&c->walk, &item))
		return CLOUD_END;
	e.raw = item.value;
	if (!is_event(e.raw)) {
		*out = e;
		return CLOUD_ODD;
	}
	e.id = json_text(a, json_get(e.raw, "id"));
	e.type = json_text(a, json_get(e.raw, "type"));
	e.source = json_text(a, json_get(e.raw, "source"));
	e.time = json_text(a, json_get(e.raw, "time"));
	e.params = event_params(a, e.raw, e.type);
	if (a->full)
		return CLOUD_NO_MEMORY;
	*out = e;
	return CLOUD_OK;
}
