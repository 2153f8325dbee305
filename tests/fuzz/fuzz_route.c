/*
 * Routes' specs and the choice among them. The input is a JSON array of
 * specs; behind the first 0x1e byte, if there is one, stands the body of a
 * webhook that looks for its route.
 */
#include "../../src/app/choose.h"
#include "fuzz.h"

/* What a route that is taken always has. */
static void
check_route(const struct route *r)
{
	size_t	i;

	if (r->broken.p != NULL) {
		must(r->broken.n > 0);
		return;
	}
	must(!r->unreadable && r->name.n > 0 && r->name.n <= ROUTE_MAX_NAME);
	must((r->kind.n == 0) == (r->kinds == 0));
	must(r->budget_ms >= 0 && r->budget_ms <= ROUTE_MAX_BUDGET_MS);
	must(r->expires_s >= 0);
	must(r->source == ROUTE_REJECT ? r->http >= 400 && r->http < 600 :
	    r->http == 200 && r->reply.n > 0);
	for (i = 0; i < r->nhours; i++)
		must(r->hours[i].days > 0 && r->hours[i].days < 128 &&
		    r->hours[i].from >= 0 && r->hours[i].from < 1440 &&
		    r->hours[i].to >= 0 && r->hours[i].to <= 1440);
	for (i = 0; i < r->nsession; i++)
		must(r->session[i].name.n > 0);
	must(r->set.n + r->count.n + r->clear.n <= ROUTE_MAX_VARIABLES);
}

/* Alone it is read as it was in the list. */
static void
check_alone(struct arena *a, const struct route *r)
{
	char		buf[512];
	struct out	why = out_init(buf, sizeof(buf));
	struct route	alone;
	bool		good = route_parse(a, r->spec, &alone, &why);

	must(good == (r->broken.p == NULL) || a->full);
	must(good == (why.n == 0) || a->full);
	must(alone.kinds == r->kinds && alone.unreadable == r->unreadable &&
	    str_eq(alone.name, r->name));
}

static void
check_choice(struct arena *a, const struct routes *routes, struct str body)
{
	struct form		form = { NULL, 0 };
	struct event		event = { .kind = EVENT_CALL_GATHER };
	struct subject		s = { .event = &event, .form = &form,
				    .path = STR("/twilio/a") };
	const struct route	*r;
	enum choice		choice;

	if (form_decode(a, body, &form) != FORM_OK)
		return;
	event.name = str_from(event_kind_name(event.kind));
	event.from = form_get(&form, "From");
	event.route_to = form_get(&form, "To");
	choice = choose(a, routes, &s, NULL, &r);
	must((choice == CHOICE_NONE) == (r == NULL));
	must(r == NULL || (!r->unreadable && r >= routes->at &&
	    r < routes->at + routes->n));
	s.state.there = true;
	s.state.session = STR("{\"step\":\"1\"}");
	if (choice == CHOICE_ASK_STATE)
		must(choose(a, routes, &s, NULL, &r) != CHOICE_ASK_STATE);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str	whole = fuzz_copy(data, n), specs;
	struct arena	a = fuzz_arena();
	struct routes	routes;
	size_t		i, used;

	(void)str_cut(&whole, 0x1e, &specs);
	if (routes_load(&a, specs, &routes)) {
		used = a.used;
		for (i = 0; i < routes.n; i++) {
			check_route(&routes.at[i]);
			check_alone(&a, &routes.at[i]);
			a.used = used;
		}
		check_choice(&a, &routes, whole);
	}
	fuzz_free();
	return 0;
}
