/* The tables of kinds and fields: whole, and asked as they should be. */
#include <string.h>

#include "../../src/core/field.h"
#include "../../src/core/kind.h"
#include "guard.h"
#include "tap.h"

/* A place is a column or a list; a fact has all that a fact needs. */
static void
test_rows(void)
{
	static const char *const places[] = { "account", "sid", "parent",
	    "status", "from", "to", "error_code", "num_media", "consent",
	    "seq", "clock", "key", "kind", "fact", "params" };
	const struct field	*at;
	size_t			 i, j, n, t;
	bool			 fact, known;

	for (t = 0; t < TOPICS; t++) {
		at = field_topic((enum topic)t, &n);
		for (i = 0; i < n; i++) {
			known = false;
			for (j = 0; j < sizeof(places) / sizeof(places[0]);
			    j++)
				known |= strcmp(at[i].place, places[j]) == 0;
			fact = strcmp(at[i].place, "fact") == 0;
			quiet(known, "%s: place %s", at[i].param,
			    at[i].place);
			quiet((at[i].fact != NULL) == fact &&
			    (at[i].class != FACT_NONE) == fact,
			    "%s: a fact", at[i].param);
			quiet(at[i].meaning != NULL && at[i].meaning[0] !=
			    '\0', "%s: its meaning", at[i].param);
			quiet(field_find((enum topic)t,
			    guard_str(str_from(at[i].param))) == &at[i],
			    "%s is found, once", at[i].param);
			for (j = 0; fact && j < i; j++)
				quiet(at[j].fact == NULL || strcmp(at[j].fact,
				    at[i].fact) != 0 || at[j].class ==
				    at[i].class, "%s: one class",
				    at[i].fact);
		}
	}
	tap_loop("rows of fields");
}

/* What a kind is known by is among the fields of its resource. */
static void
check_names(const struct kind *k, enum topic t,
    const char *const names[KIND_MAX_FIELDS])
{
	size_t	i;

	for (i = 0; i < KIND_MAX_FIELDS && names[i] != NULL; i++)
		quiet(names[i][0] == '#' || field_find(t,
		    str_from(names[i])) != NULL, "%s: %s", k->name, names[i]);
}

static void
test_kinds(void)
{
	const struct kind	*k;
	enum topic		 t;
	size_t			 i;

	for (i = 0; i < EVENT_KINDS; i++) {
		k = kind_get((enum event_kind)i);
		quiet(k->name != NULL && k->source != NULL, "kind %zu", i);
		if (k->resource == NULL)
			continue;
		if (!field_topic_of(k->resource, &t)) {
			quiet(false, "%s: no topic", k->name);
			continue;
		}
		check_names(k, t, k->sid);
		check_names(k, t, k->parent);
		check_names(k, t, k->status);
		check_names(k, t, k->clock);
		check_names(k, t, k->key);
		quiet(k->sid[0] != NULL, "%s: what it folds has an id",
		    k->name);
	}
	quiet(!field_topic_of("messages", &t) && !field_topic_of("", &t),
	    "what is no resource");
	tap_loop("kinds and their fields");
}

static void
test_find(void)
{
	const struct field	*f = field_find(TOPIC_MESSAGE,
				    STR("MediaUrl9"));

	ok(f != NULL && strcmp(f->param, "MediaUrl*") == 0,
	    "a number behind a name");
	f = field_find(TOPIC_CALL, STR("SipHeader_X-Any"));
	ok(f != NULL && strcmp(f->param, "SipHeader_*") == 0,
	    "a header's name behind another");
	ok(field_find(TOPIC_MESSAGE, STR("MediaUrl")) == NULL &&
	    field_find(TOPIC_MESSAGE, STR("mediaurl0")) == NULL &&
	    field_find(TOPIC_MESSAGE, STR("CallDuration")) == NULL &&
	    field_find(TOPIC_CALL, STR("")) == NULL, "and what has no row");
	f = field_find(TOPIC_CALL, STR("Duration"));
	ok(f != NULL && strcmp(f->fact, "billed_minutes") == 0,
	    "Duration is minutes");
	f = field_find(TOPIC_CALL, STR("CallDuration"));
	ok(f != NULL && strcmp(f->fact, "duration_seconds") == 0,
	    "CallDuration is seconds");
}

static void
test_fits(void)
{
	static const struct {
		enum fact_type	 type;
		const char	*s;
		bool		 fits;
	} t[] = {
		{ TYPE_TEXT, "", true }, { TYPE_TEXT, "a", true },
		{ TYPE_INTEGER, "0", true }, { TYPE_INTEGER, "007", true },
		{ TYPE_INTEGER, "999999999", true },
		{ TYPE_INTEGER, "1000000000", false },
		{ TYPE_INTEGER, "", false }, { TYPE_INTEGER, "-1", false },
		{ TYPE_INTEGER, "+1", false }, { TYPE_INTEGER, "1 ", false },
		{ TYPE_INTEGER, "1.0", false }, { TYPE_INTEGER, "x", false },
		{ TYPE_DECIMAL, "0", true }, { TYPE_DECIMAL, "-1", true },
		{ TYPE_DECIMAL, "-0.00750", true },
		{ TYPE_DECIMAL, "123456789012.123456789012", true },
		{ TYPE_DECIMAL, "1234567890123", false },
		{ TYPE_DECIMAL, "0.1234567890123", false },
		{ TYPE_DECIMAL, "", false }, { TYPE_DECIMAL, "-", false },
		{ TYPE_DECIMAL, ".", false }, { TYPE_DECIMAL, "1.", false },
		{ TYPE_DECIMAL, ".5", false }, { TYPE_DECIMAL, "--1", false },
		{ TYPE_DECIMAL, "1.2.3", false },
		{ TYPE_DECIMAL, "1e5", false }, { TYPE_DECIMAL, "1,5", false },
		{ TYPE_BOOLEAN, "true", true },
		{ TYPE_BOOLEAN, "false", true },
		{ TYPE_BOOLEAN, "True", false }, { TYPE_BOOLEAN, "1", false },
		{ TYPE_BOOLEAN, "", false },
	};
	size_t	i;

	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++)
		quiet(field_fits(t[i].type, guard_str(str_from(t[i].s))) ==
		    t[i].fits, "%s \"%s\"", field_type_name(t[i].type),
		    t[i].s);
	tap_loop("values and types");
}

int
main(void)
{
	test_rows();
	test_kinds();
	test_find();
	test_fits();
	return done_testing();
}
