/*
 * Leave out of storage. See redaction.h.
 *
 * The bytes are rewritten once, and what is left is classified again: no
 * column and no fact can hold what the bytes do not.
 */
#include "redaction.h"

#define CONSENT ",\"consent\":"

static bool
classify_form(struct arena *a, const struct event_source *src,
    struct str raw, struct event *out)
{
	struct event_source	again = *src;
	struct form		form;

	if (form_decode(a, raw, &form) != FORM_OK)
		return false;
	again.form = &form;
	return event_classify(a, &again, out);
}

static bool
classify_cloud(struct arena *a, const struct event_source *src,
    struct str raw, struct event *out)
{
	struct cloud		batch;
	struct cloud_event	element;

	return cloud_open(raw, &batch) &&
	    cloud_next(a, &batch, &element) == CLOUD_OK &&
	    event_classify_cloud(a, src, &element, out);
}

/*
 * That somebody opted out is known by the word of a text which is not kept;
 * it is stored all the same. Facts end with it, where there is any.
 */
static struct str
with_consent(struct arena *a, struct str facts, struct str whole)
{
	struct str	parts[2] = { facts, { NULL, 0 } };
	struct str	mark = STR(CONSENT);
	size_t		at = str_search(whole, mark);

	if (at == whole.n || str_search(facts, mark) < facts.n)
		return facts;
	if (facts.n == 0)
		parts[0] = STR("{\"c\":{},\"l\":{}}");
	parts[0].n--;
	parts[1] = str_sub(whole, at, whole.n);
	return arena_join(a, parts, 2);
}

bool
redaction(const struct redact *rules, struct arena *a,
    const struct event_source *src, bool cloud, struct event *e,
    struct store_ingest *in)
{
	unsigned	flags = redact_rules(rules, e->name);
	struct event	left;

	if (flags == 0)
		return true;
	in->url = redact_url(a, in->url, flags);
	in->raw = in->json ? redact_json(a, in->raw, flags) :
	    redact_form(a, in->raw, flags);
	if (a->full)
		return false;
	if (in->json && !cloud)
		return true;
	if (cloud ? !classify_cloud(a, src, in->raw, &left) :
	    !classify_form(a, src, in->raw, &left))
		return false;
	e->from = left.from;
	e->to = left.to;
	e->facts = with_consent(a, left.facts, e->facts);
	return !a->full;
}
