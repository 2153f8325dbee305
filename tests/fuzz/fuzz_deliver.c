/*
 * What deliveries are made of: the first line is a destination's spec, or
 * statuses, a Retry-After, a secret; the rest an event's body, as a form and
 * as JSON. Whatever they are, an envelope is JSON.
 */
#include "../../src/core/backoff.h"
#include "../../src/core/destination.h"
#include "../../src/core/envelope.h"
#include "../../src/core/json.h"
#include "../../src/core/standard.h"
#include "fuzz.h"

static void
try_envelope(struct arena *a, const char *format, struct str raw)
{
	struct task	t = { .format = str_from(format), .raw = raw,
			    .kind = raw, .sid = raw };
	struct envelope	e;
	struct str	j;

	(void)envelope_open(a, &t, "now", &e);
	e.form = true;
	j = envelope_make(a, &e);
	/* One in JSON may be as deep as ours may: it stands deeper here. */
	must(j.p == NULL ? a->full : str_eq(t.format, STR("json")) ||
	    json_valid(j));
	must(j.p == NULL || str_starts(j, STR("{\"type\":")));
}

static void
try_statuses(struct str s)
{
	char			buf[128];
	struct out		why = out_init(buf, sizeof(buf));
	struct backoff_statuses	all;
	long			i;
	size_t			n = 0;

	if (!backoff_statuses_parse(s, &all, &why)) {
		must(why.n > 0);
		return;
	}
	for (i = 100; i < 600; i++)
		n += backoff_statuses_has(&all, i);
	must(n <= 500 && (all.n > 0 || n == 0));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena		a = fuzz_arena();
	struct str		rest = fuzz_copy(data, n), line;
	struct destination	d = { .id = 0 };
	char			buf[256], sig[STANDARD_MAX];
	struct out		why = out_init(buf, sizeof(buf));
	struct out		o = out_init(sig, sizeof(sig));
	int64_t			ms;

	if (str_cut(&rest, '\n', &line)) {
		if (destination_parse(&a, line, &d, &why)) {
			must((d.url == NULL) != (d.exec[0] == NULL));
			must(d.attempts > 0 && d.timeout_ms > 0);
			ms = backoff_delay(&d.backoff, 3, n);
			must(ms >= 0 && ms <= BACKOFF_MAX_MS);
		} else
			must(why.n > 0 || a.full);
		try_statuses(line);
		ms = backoff_retry_after(line, 0);
		must(ms >= -1 && ms <= BACKOFF_MAX_RETRY_AFTER_MS);
		if (standard_sign(&o, &line, 1, STR("x"), 1, rest))
			must(o.n == STANDARD_SIGNATURE &&
			    standard_secret_good(line));
		try_envelope(&a, "form", rest);
		try_envelope(&a, "json", rest);
	}
	fuzz_free();
	return 0;
}
