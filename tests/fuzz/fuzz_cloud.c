/* Batches: each of their events comes out, whole; dates are within bounds. */
#include "../../src/core/cloud.h"
#include "../../src/core/date.h"
#include "fuzz.h"

static void
check_event(enum cloud_result r, const struct cloud_event *e,
    struct str body)
{
	size_t	i;

	must(e->raw.p >= body.p && e->raw.n <= body.n);
	must(json_valid(e->raw));
	if (r == CLOUD_ODD)
		return;
	must(e->id.n > 0 && e->type.n > 0 && e->raw.p[0] == '{');
	must(e->params.n <= FORM_MAX_PARAMS);
	for (i = 0; i < e->params.n; i++)
		must(e->params.at[i].name.p != NULL &&
		    e->params.at[i].value.p != NULL);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena		a = fuzz_arena();
	struct str		s = fuzz_copy(data, n);
	struct cloud		c;
	struct cloud_event	e;
	struct form		f;
	size_t			events = 0, all = 0;
	enum cloud_result	r;
	int64_t			ms;

	if (cloud_open(s, &c)) {
		while ((r = cloud_next(&a, &c, &e)) == CLOUD_OK ||
		    r == CLOUD_ODD) {
			check_event(r, &e, s);
			events += r == CLOUD_OK;
			all++;
			a.used = 0;
		}
		must(!a.full && events > 0 && all == c.n);
	}
	a.used = 0;
	must(cloud_params(&a, s, &f) && f.n <= FORM_MAX_PARAMS);
	if (date_parse(s, &ms))
		must(ms >= -62167219200000 - 86400000 &&
		    ms < 253402300800000 + 86400000);
	fuzz_free();
	return 0;
}
