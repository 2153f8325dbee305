/* Events: the first line is a token, the rest a form. */
#include "../../src/core/event.h"
#include "../../src/core/sid.h"
#include "../../src/core/sig.h"
#include "../../src/core/utf8.h"
#include "fuzz.h"

static void
check_column(struct str s, size_t max)
{
	size_t	i, n;

	must(s.n <= max);
	for (i = 0; i < s.n; i += n) {
		n = utf8_sequence(str_sub(s, i, s.n));
		must(n > 0 && s.p[i] != '\0');
	}
}

static void
check(const struct event *e, struct str token)
{
	enum event_kind	k;

	must(e->kind < EVENT_KINDS);
	must(event_kind_parse(str_from(event_kind_name(e->kind)), &k) &&
	    k == e->kind);
	check_column(e->sid, EVENT_MAX_SID);
	check_column(e->status, EVENT_MAX_SID);
	check_column(e->from, EVENT_MAX_TEXT);
	check_column(e->to, EVENT_MAX_TEXT);
	check_column(e->parent, EVENT_MAX_SID);
	check_column(e->route_to, EVENT_MAX_TEXT);
	check_column(e->name, EVENT_MAX_KIND);
	/* What is folded has an id, and so has a notice of a form. */
	must(e->resource == NULL || e->sid.n > 0);
	must(!event_is_notice(e->kind) || e->kind == EVENT_STREAM ||
	    e->sid.n > 0);
	must(e->clock >= -1);
	must(e->facts.p == NULL || json_valid(e->facts));
	must(e->bucket < BUCKETS && e->seq >= -1 && e->error >= 0);
	must(e->sid.p == NULL || e->bucket == sid_bucket(e->sid));
	must(!e->window || token.n == 0);
}

/* The same bytes as a batch of Event Streams. */
static void
check_cloud(struct arena *a, const struct event_source *src)
{
	struct cloud		c;
	struct cloud_event	element;
	struct event		e;

	if (!cloud_open(src->body, &c))
		return;
	while (cloud_next(a, &c, &element) == CLOUD_OK) {
		if (!event_classify_cloud(a, src, &element, &e))
			return;	/* the arena is full */
		check(&e, STR(""));
		must(e.kind == EVENT_STREAM && !e.window);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena		a = fuzz_arena();
	struct str		raw = fuzz_copy(data, n), rest = raw, token;
	struct form		f;
	struct event		e, again;
	static struct sig	sig;
	struct event_source	src = { .form = &f,
	    .account = STR("AC00000000000000000000000000000001"),
	    .target = STR("/twilio") };

	if (sig.ctx == NULL)
		must(sig_open(&sig));
	src.sha256 = sig.sha256;
	if (str_cut(&rest, '\n', &token) &&
	    form_decode(&a, rest, &f) == FORM_OK) {
		src.token = token;
		src.body = rest;
		must(event_classify(&a, &src, &e));
		check(&e, token);
		must(event_classify(&a, &src, &again));
		must(memcmp(e.key, again.key, sizeof(e.key)) == 0);
		src.account = STR("AC00000000000000000000000000000002");
		must(event_classify(&a, &src, &again));
		must(memcmp(e.key, again.key, sizeof(e.key)) != 0);
		check_cloud(&a, &src);
	}
	fuzz_free();
	return 0;
}
