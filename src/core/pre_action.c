/* Check a reply to Conversations. See pre_action.h. */
#include "json.h"
#include "pre_action.h"
#include "twiml.h"

static bool
is_known(struct str name)
{
	return str_eq(name, STR("body")) || str_eq(name, STR("author")) ||
	    str_eq(name, STR("attributes")) ||
	    str_eq(name, STR("friendly_name"));
}

/* The first 32 bytes of a name, for a message. */
static void
out_name(struct out *why, struct str name)
{
	out_char(why, '"');
	out_printable(why, str_sub(name, 0, 32));
	out_char(why, '"');
}

static bool
check_field(struct arena *a, const struct json_item *item, struct out *why)
{
	struct str	name = json_text(a, item->name);
	bool		attributes = str_eq(name, STR("attributes"));

	if (!is_known(name)) {
		out_cstr(why, "there is no field ");
		out_name(why, name);
		out_cstr(why, "; a reply has body, author, attributes or "
		    "friendly_name");
		return false;
	}
	if (json_type(item->value) != JSON_STRING) {
		out_bytes(why, name);
		out_cstr(why, " must be a string");
		if (attributes)
			out_cstr(why, " that holds JSON, such as "
			    "\"{\\\"a\\\": 1}\"");
		return false;
	}
	if (attributes && !json_valid(json_text(a, item->value))) {
		out_cstr(why, "the string in attributes does not hold JSON");
		return false;
	}
	return true;
}

bool
pre_action_check(struct arena *a, struct str text, struct out *why)
{
	struct json_walk	walk;
	struct json_item	item;
	const char		*what = NULL;

	if (text.n > TWIML_MAX_BYTES)
		what = "a reply must be shorter than 64 kB";
	text = str_trim(text);
	if (what == NULL && !json_valid(text))
		what = "this is not JSON";
	else if (what == NULL && (json_type(text) != JSON_OBJECT ||
	    !json_open(text, &walk)))
		what = "this is not a JSON object, such as {\"body\": "
		    "\"...\"}";
	if (what != NULL) {
		out_cstr(why, what);
		return false;
	}
	while (json_next(&walk, &item))
		if (!check_field(a, &item, why))
			return false;
	return !a->full;
}
