/* What Postgres has yet to be told. See results.h. */
#include <stdlib.h>
#include <string.h>

#include "results.h"

struct result {
	struct result	*next;
	size_t		 n;
	char		 json[];
};

void
results_open(struct results *r)
{
	*r = (struct results){ .n = 0 };
	r->end = &r->first;
}

void
results_close(struct results *r)
{
	results_drop(r, r->n);
}

static void
json_name(struct out *o, const char *name)
{
	out_cstr(o, ",\"");
	out_cstr(o, name);
	out_cstr(o, "\":");
}

static void
json_number(struct out *o, const char *name, int64_t v)
{
	json_name(o, name);
	out_int(o, v);
}

static void
json_text(struct out *o, const char *name, struct str v)
{
	if (v.p == NULL)
		return;
	json_name(o, name);
	out_json(o, v);
}

static void
write_one(struct out *o, const struct task *t, const char *outcome,
    int64_t begun_ms, const struct deliver_verdict *v)
{
	out_cstr(o, "{\"id\":");
	out_int(o, t->id);
	out_cstr(o, ",\"lease\":\"");
	out_uuid(o, t->lease);
	out_char(o, '"');
	json_text(o, "outcome", str_from(outcome));
	if (v != NULL) {
		if (v->reason != NULL)
			json_text(o, "reason", str_from(v->reason));
		if (v->error != NULL)
			json_text(o, "error", str_from(v->error));
		if (v->status >= 0)
			json_number(o, "status", v->status);
		if (v->outcome == DELIVER_RETRY)
			json_number(o, "after_ms", v->after_ms);
		json_text(o, "head", v->head);
		json_number(o, "at", begun_ms);
		json_number(o, "ms", v->ms);
	}
	out_char(o, '}');
}

void
results_add(struct results *all, const struct task *t, const char *outcome,
    int64_t begun_ms, const struct deliver_verdict *v)
{
	char		 buf[DELIVER_MAX_HEAD * 6 + 1024];
	struct out	 o = out_init(buf, sizeof(buf));
	struct result	*r;

	write_one(&o, t, outcome, begun_ms, v);
	r = o.overflow ? NULL : malloc(sizeof(*r) + o.n);
	if (r == NULL)
		return;
	r->next = NULL;
	r->n = o.n;
	memcpy(r->json, o.p, o.n);
	*all->end = r;
	all->end = &r->next;
	all->n++;
}

size_t
results_json(const struct results *all, size_t max, struct out *o)
{
	const struct result	*r;
	size_t			 n = 0, before = 0;

	out_char(o, '[');
	for (r = all->first; r != NULL && n < max; r = r->next) {
		before = o->n;
		if (n > 0)
			out_char(o, ',');
		out_bytes(o, (struct str){ r->json, r->n });
		/* room for the end */
		if (o->overflow || o->cap - o->n < 2)
			break;
		n++;
	}
	if (r != NULL && n < max) {
		o->n = before;
		o->overflow = false;
	}
	out_char(o, ']');
	out_char(o, '\0');
	return n;
}

void
results_drop(struct results *all, size_t n)
{
	struct result	*r;

	for (; n > 0 && all->first != NULL; n--) {
		r = all->first;
		all->first = r->next;
		all->n--;
		free(r);
	}
	if (all->first == NULL)
		all->end = &all->first;
}
