/* Write routes as YAML, by libyaml's emitter. See route_emit.h. */
#include <string.h>
#include <yaml.h>

#include "../core/json.h"
#include "route_emit.h"
#include "route_stored.h"

struct writing {
	struct cli	*cli;
	yaml_emitter_t	 emitter;
	bool		 good;
};

static int
take(void *data, unsigned char *p, size_t n)
{
	struct out	*o = data;

	out_bytes(o, (struct str){ (const char *)p, n });
	return !o->overflow;
}

/* Hand on an event that was initialized, or was not. */
static void
emit(struct writing *w, yaml_event_t *event, int initialized)
{
	if (initialized && w->good)
		w->good = yaml_emitter_emit(&w->emitter, event) != 0;
	else if (initialized)
		yaml_event_delete(event);
	else
		w->good = false;
}

/* What other readers of YAML would take for a number, and lose a + of. */
static bool
looks_like_number(struct str s)
{
	size_t	i;

	for (i = 0; i < s.n; i++)
		if (strchr("+-.:_0123456789", s.p[i]) == NULL)
			return false;
	return true;
}

static void
emit_text(struct writing *w, struct str s)
{
	yaml_scalar_style_t	style = YAML_PLAIN_SCALAR_STYLE;
	yaml_event_t		e;

	if (s.p == NULL || s.n > INT32_MAX) {
		w->good = false;
		return;
	}
	if (looks_like_number(s))
		style = YAML_SINGLE_QUOTED_SCALAR_STYLE;
	else if (str_find(s, '\n', 0) < s.n)
		style = YAML_LITERAL_SCALAR_STYLE;
	emit(w, &e, yaml_scalar_event_initialize(&e, NULL, NULL,
	    (const yaml_char_t *)s.p, (int)s.n, 1, 1, style));
}

static void
begin_list(struct writing *w, yaml_sequence_style_t style)
{
	yaml_event_t	e;

	emit(w, &e, yaml_sequence_start_event_initialize(&e, NULL, NULL, 1,
	    style));
}

static void
end_list(struct writing *w)
{
	yaml_event_t	e;

	emit(w, &e, yaml_sequence_end_event_initialize(&e));
}

static void
begin_map(struct writing *w)
{
	yaml_event_t	e;

	emit(w, &e, yaml_mapping_start_event_initialize(&e, NULL, NULL, 1,
	    YAML_BLOCK_MAPPING_STYLE));
}

static void
end_map(struct writing *w)
{
	yaml_event_t	e;

	emit(w, &e, yaml_mapping_end_event_initialize(&e));
}

/* A list of one is written as its only text. */
static void
emit_list(struct writing *w, struct str value)
{
	struct json_walk	walk, count;
	struct json_item	item;
	size_t			n = 0;

	if (json_open(value, &count))
		while (n < 2 && json_next(&count, &item))
			n++;
	if (n != 1)
		begin_list(w, YAML_FLOW_SEQUENCE_STYLE);
	if (json_open(value, &walk))
		while (json_next(&walk, &item))
			emit_text(w, json_text(&w->cli->arena, item.value));
	if (n != 1)
		end_list(w);
}

static void
emit_value(struct writing *w, struct str value)
{
	struct json_walk	walk;
	struct json_item	item;

	switch (json_type(value)) {
	case JSON_ARRAY:
		emit_list(w, value);
		break;
	case JSON_OBJECT:
		begin_map(w);
		if (json_open(value, &walk))
			while (json_next(&walk, &item)) {
				emit_text(w, json_text(&w->cli->arena,
				    item.name));
				emit_text(w, json_text(&w->cli->arena,
				    item.value));
			}
		end_map(w);
		break;
	case JSON_STRING:
	case JSON_NUMBER:
	case JSON_BOOL:
	case JSON_NULL:
		emit_text(w, json_text(&w->cli->arena, value));
		break;
	}
}

static bool
is_ordered(struct str key)
{
	const struct route_key	*k;

	for (k = route_keys; k->name != NULL; k++)
		if (str_eq(key, str_from(k->name)))
			return true;
	return false;
}

static void
emit_route(struct writing *w, struct str spec)
{
	const struct route_key	*k;
	struct json_walk	 walk;
	struct json_item	 item;
	struct str		 value, key;

	begin_map(w);
	for (k = route_keys; k->name != NULL; k++) {
		value = json_get(spec, k->name);
		if (value.p == NULL)
			continue;
		emit_text(w, str_from(k->name));
		emit_value(w, value);
	}
	if (json_open(spec, &walk))
		while (json_next(&walk, &item)) {
			key = json_text(&w->cli->arena, item.name);
			if (is_ordered(key))
				continue;
			emit_text(w, key);
			emit_value(w, item.value);
		}
	end_map(w);
}

static void
emit_all(struct writing *w, const struct routes *routes)
{
	yaml_event_t	e;
	size_t		i;

	emit(w, &e, yaml_stream_start_event_initialize(&e,
	    YAML_UTF8_ENCODING));
	emit(w, &e, yaml_document_start_event_initialize(&e, NULL, NULL, NULL,
	    1));
	begin_list(w, YAML_BLOCK_SEQUENCE_STYLE);
	for (i = 0; i < routes->n; i++)
		emit_route(w, routes->at[i].spec);
	end_list(w);
	emit(w, &e, yaml_document_end_event_initialize(&e, 1));
	emit(w, &e, yaml_stream_end_event_initialize(&e));
}

bool
route_emit(struct cli *cli, const struct routes *routes, struct out *o)
{
	struct writing	 w = { .cli = cli };
	const char	*problem = NULL;

	w.good = yaml_emitter_initialize(&w.emitter) != 0;
	if (w.good) {
		yaml_emitter_set_output(&w.emitter, take, o);
		yaml_emitter_set_unicode(&w.emitter, 1);
		yaml_emitter_set_width(&w.emitter, -1);
		emit_all(&w, routes);
		problem = w.emitter.problem;	/* a literal */
		yaml_emitter_delete(&w.emitter);
	}
	if (!w.good)
		cli_error("the routes cannot be written as YAML: %s",
		    problem != NULL ? problem : "the memory is used up");
	return w.good;
}
