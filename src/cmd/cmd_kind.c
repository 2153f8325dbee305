/* offhook kind: the tables of kinds and of parameters, as they are built in. */
#include "../core/event.h"
#include "../core/field.h"
#include "cmd.h"
#include "table.h"

static const char *
reply_word(enum reply_form r)
{
	static const char *const words[] = {
		[REPLY_NONE] = "none",
		[REPLY_VOICE] = "voice TwiML",
		[REPLY_TWIML] = "TwiML",
		[REPLY_JSON] = "JSON",
	};

	return words[r];
}

static void
write_list(struct out *o, const char *between,
    const char *const names[KIND_MAX_FIELDS])
{
	size_t	i;

	for (i = 0; i < KIND_MAX_FIELDS && names[i] != NULL; i++) {
		if (o->n > 0)
			out_cstr(o, i == 0 ? ", " : between);
		out_cstr(o, names[i][0] == '#' ? "path and query" : names[i]);
	}
}

/* What makes two requests of the kind the same one, in words. */
static struct str
key_words(struct cli *cli, const struct kind *k)
{
	struct out	o = out_init(cli_alloc(cli, 512, 1), 512);
	const char	*again = "";

	if (k->recipe == RECIPE_EVENT_ID)
		return STR("account, id of the CloudEvent");
	out_cstr(&o, "account");
	write_list(&o, " or ", k->sid);
	switch (k->recipe) {
	case RECIPE_FIRST_QUESTION:
		again = "; once answered as the others of a call";
		/* FALLTHROUGH */
	case RECIPE_FIELDS:
		write_list(&o, ", ", k->key);
		break;
	case RECIPE_PARAMETERS:
		again = ", all parameters but RetryCount";
		break;
	case RECIPE_QUESTION:
		again = ", idempotency token; without it path, query and "
		    "body for 60 s";
		break;
	case RECIPE_EVENT_ID:
		break;
	}
	out_cstr(&o, again);
	return out_str(&o);
}

static struct str
names(struct cli *cli, const char *const list[KIND_MAX_FIELDS])
{
	struct out	o = out_init(cli_alloc(cli, 256, 1), 256);

	write_list(&o, " or ", list);
	return o.n == 0 ? (struct str){ NULL, 0 } : out_str(&o);
}

static const char *
order_word(const struct kind *k)
{
	if (k->recipe == RECIPE_EVENT_ID)
		return "as the kind that it repeats";
	if (k->resource == NULL)
		return "none";
	return k->clock[0] != NULL ? "clock" : "rank";
}

int
cmd_kind_list(struct cli *cli)
{
	static const char *const columns[] = { "kind", "reply", "resource",
	    "sid", "parent", "status", "clock", "ordered", "key", "source",
	    NULL };
	const struct kind	*k;
	struct table		 t;
	size_t			 i;

	table_init(&t, &cli->arena, columns);
	for (i = 0; i < EVENT_KINDS; i++) {
		k = kind_get((enum event_kind)i);
		table_cstr(&t, k->name);
		table_cstr(&t, reply_word(k->reply));
		table_cstr(&t, k->resource);
		table_text(&t, i == EVENT_PARTICIPANT_STATUS ?
		    STR("ConferenceSid/CallSid") : names(cli, k->sid));
		table_text(&t, names(cli, k->parent));
		table_text(&t, names(cli, k->status));
		table_text(&t, names(cli, k->clock));
		table_cstr(&t, order_word(k));
		table_text(&t, key_words(cli, k));
		table_cstr(&t, k->source);
	}
	cli_table(cli, &t, NULL);
	return 0;
}

int
cmd_kind_fields(struct cli *cli)
{
	static const char *const columns[] = { "topic", "param", "place",
	    "fact", "class", "type", "meaning", NULL };
	const struct field	*f;
	struct table		 t;
	size_t			 topic, i, n;

	table_init(&t, &cli->arena, columns);
	for (topic = 0; topic < TOPICS; topic++)
		for (f = field_topic((enum topic)topic, &n), i = 0; i < n;
		    i++, f++) {
			table_cstr(&t, field_topic_name((enum topic)topic));
			table_cstr(&t, f->param);
			table_cstr(&t, f->place);
			table_cstr(&t, f->fact);
			table_cstr(&t, field_class_name(f->class));
			table_cstr(&t, f->fact == NULL ? NULL :
			    field_type_name(f->type));
			table_cstr(&t, f->meaning);
		}
	cli_table(cli, &t, NULL);
	return 0;
}
