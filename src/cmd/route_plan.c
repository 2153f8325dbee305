/* Compare two sets of routes. See route_plan.h. */
#include <string.h>

#include "../core/json.h"
#include "route_plan.h"

#define SHORT 60	/* texts up to here are shown in one line */

static const char *const action_names[ACTIONS] = {
	[ACTION_ADD] = "add",
	[ACTION_CHANGE] = "change",
	[ACTION_MOVE] = "move",
	[ACTION_REMOVE] = "remove",
};

static void	write_value(struct cli *, struct out *, struct str value);

static int
by_name(const void *a, const void *b)
{
	const struct json_item	*x = a, *y = b;

	return str_cmp(x->name, y->name);
}

/* An object's members in the order of their names. */
static void
write_object(struct cli *cli, struct out *o, struct str value)
{
	struct json_item	*item = cli_alloc(cli, value.n / 4 + 1,
				    sizeof(*item));
	struct json_walk	 walk;
	size_t			 n = 0, i;

	if (json_open(value, &walk))
		while (json_next(&walk, &item[n]))
			n++;
	if (n > 1)
		qsort(item, n, sizeof(*item), by_name);
	out_char(o, '{');
	for (i = 0; i < n; i++) {
		out_cstr(o, i == 0 ? "" : ", ");
		out_json(o, json_text(&cli->arena, item[i].name));
		out_cstr(o, ": ");
		write_value(cli, o, item[i].value);
	}
	out_char(o, '}');
}

static void
write_list(struct cli *cli, struct out *o, struct str value)
{
	struct json_walk	walk;
	struct json_item	item;
	size_t			n = 0, begin = o->n;

	out_char(o, '[');
	if (json_open(value, &walk))
		for (; json_next(&walk, &item); n++) {
			out_cstr(o, n == 0 ? "" : ", ");
			write_value(cli, o, item.value);
		}
	out_char(o, ']');
	if (n == 1 && !o->overflow) {	/* the same as its only item */
		o->n -= 2;
		memmove(o->p + begin, o->p + begin + 1, o->n - begin);
	}
}

/* A value as it is compared: what is the same is written the same. */
static void
write_value(struct cli *cli, struct out *o, struct str value)
{
	switch (json_type(value)) {
	case JSON_OBJECT:
		write_object(cli, o, value);
		break;
	case JSON_ARRAY:
		write_list(cli, o, value);
		break;
	case JSON_STRING:
		out_json(o, json_text(&cli->arena, value));
		break;
	case JSON_NULL:
	case JSON_BOOL:
	case JSON_NUMBER:
		out_bytes(o, value);
		break;
	}
}

/* Absent when there is none. */
static struct str
comparable(struct cli *cli, struct str value)
{
	size_t		size = 6 * value.n + 16;
	struct out	o;

	if (value.p == NULL)
		return value;
	o = out_init(cli_alloc(cli, size, 1), size);
	write_value(cli, &o, value);
	cli->arena.used -= size - o.n;
	return out_str(&o);
}

/* The value of that member, whose name has its quotes. */
static struct str
member(struct cli *cli, struct str spec, struct str name)
{
	const char	*key = arena_cstr(&cli->arena,
			    json_text(&cli->arena, name));

	return key == NULL ? (struct str){ NULL, 0 } : json_get(spec, key);
}

/*
 * How many members of two specs differ; each is told to fn, or nobody, with
 * its number from 0. A value that is not there is absent.
 */
static size_t
differences(struct cli *cli, struct str was, struct str is,
    void (*fn)(struct cli *, struct str name, struct str was, struct str is,
    size_t n))
{
	struct json_walk	walk;
	struct json_item	item;
	struct str		a, b;
	size_t			n = 0;

	if (json_open(was, &walk))
		while (json_next(&walk, &item)) {
			a = comparable(cli, item.value);
			b = comparable(cli, member(cli, is, item.name));
			if (b.p != NULL && str_eq(a, b))
				continue;
			if (fn != NULL)
				fn(cli, item.name, a, b, n);
			n++;
		}
	if (json_open(is, &walk))
		while (json_next(&walk, &item)) {
			if (member(cli, was, item.name).p != NULL)
				continue;
			if (fn != NULL)
				fn(cli, item.name, (struct str){ NULL, 0 },
				    comparable(cli, item.value), n);
			n++;
		}
	return n;
}

/* Those of a route that stays; of another one there are none. */
static void
each_difference(struct cli *cli, const struct change *c,
    void (*fn)(struct cli *, struct str name, struct str was, struct str is,
    size_t n))
{
	if (c->was != NULL && c->is != NULL)
		(void)differences(cli, c->was->spec, c->is->spec, fn);
}

static bool
same_spec(struct cli *cli, struct str was, struct str is)
{
	size_t	used = cli->arena.used;
	bool	same = str_eq(was, is) ||
		    differences(cli, was, is, NULL) == 0;

	cli->arena.used = used;
	return same;
}

/* The place of that name, from 1, or 0. */
static size_t
place(const struct routes *routes, struct str name)
{
	size_t	i;

	for (i = 0; i < routes->n; i++)
		if (str_eq(routes->at[i].name, name))
			return i + 1;
	return 0;
}

/*
 * Of those that stay, the longest part that keeps its order has not moved:
 * the longest increasing subsequence of the old places.
 */
static void
mark_moved(struct cli *cli, struct change *c, size_t n)
{
	size_t	*longest = cli_alloc(cli, n + 1, sizeof(*longest));
	size_t	*before = cli_alloc(cli, n + 1, sizeof(*before));
	size_t	 i, j, end = n;

	for (i = 0; i < n; i++) {
		if (c[i].was == NULL)
			continue;
		c[i].moved = true;
		longest[i] = 1;
		before[i] = n;
		for (j = 0; j < i; j++)
			if (c[j].was != NULL && c[j].was_at < c[i].was_at &&
			    longest[j] >= longest[i]) {
				longest[i] = longest[j] + 1;
				before[i] = j;
			}
		if (end == n || longest[i] > longest[end])
			end = i;
	}
	for (; end < n; end = before[end])
		c[end].moved = false;
}

/* Those that stay or come, in their order; all of them are in the plan. */
static void
compare_new(struct cli *cli, const struct routes *was,
    const struct routes *is, struct plan *plan)
{
	struct change	*c;
	size_t		 i;

	for (i = 0; i < is->n; i++) {
		c = &plan->at[plan->n++];
		c->is = &is->at[i];
		c->is_at = i + 1;
		c->was_at = place(was, is->at[i].name);
		if (c->was_at > 0)
			c->was = &was->at[c->was_at - 1];
	}
	mark_moved(cli, plan->at, plan->n);
	for (i = 0; i < plan->n; i++) {
		c = &plan->at[i];
		c->action = c->was == NULL ? ACTION_ADD :
		    same_spec(cli, c->was->spec, c->is->spec) ? ACTION_MOVE :
		    ACTION_CHANGE;
	}
}

void
route_plan_make(struct cli *cli, const struct routes *was,
    const struct routes *is, struct plan *plan)
{
	size_t	i, n = 0;

	*plan = (struct plan){ .version = was->version };
	plan->at = cli_alloc(cli, was->n + is->n + 1, sizeof(*plan->at));
	compare_new(cli, was, is, plan);
	for (i = 0; i < plan->n; i++)	/* without what stays as it is */
		if (plan->at[i].action != ACTION_MOVE || plan->at[i].moved)
			plan->at[n++] = plan->at[i];
	for (i = 0; i < was->n; i++)
		if (place(is, was->at[i].name) == 0)
			plan->at[n++] = (struct change){
			    .action = ACTION_REMOVE, .was = &was->at[i],
			    .was_at = i + 1 };
	plan->n = n;
	for (i = 0; i < n; i++)
		plan->count[plan->at[i].action]++;
}

/* Each line of a text, after a mark. */
static void
write_lines(struct out *o, const char *mark, struct str text)
{
	struct str	line;

	while (text.n > 0 && str_cut(&text, '\n', &line)) {
		out_cstr(o, mark);
		out_printable(o, line);
		out_char(o, '\n');
	}
}

/* Leave what is between the first lines and the last that both have. */
static void
skip_common(struct str *a, struct str *b)
{
	size_t	i, line = 0;

	for (i = 0; i < a->n && i < b->n && a->p[i] == b->p[i]; i++)
		if (a->p[i] == '\n')
			line = i + 1;
	*a = str_sub(*a, line, a->n);
	*b = str_sub(*b, line, b->n);
	for (i = line = 0; i < a->n && i < b->n &&
	    a->p[a->n - 1 - i] == b->p[b->n - 1 - i]; i++)
		if (a->p[a->n - 1 - i] == '\n')
			line = i;
	*a = str_sub(*a, 0, a->n - line);
	*b = str_sub(*b, 0, b->n - line);
}

/* A value for people: a text as it stands, the rest as JSON. */
static struct str
shown(struct cli *cli, struct str value)
{
	if (value.p == NULL)
		return STR("(none)");
	return json_type(value) == JSON_STRING ?
	    json_text(&cli->arena, value) : value;
}

static bool
is_short(struct str s)
{
	return s.n <= SHORT && str_find(s, '\n', 0) == s.n;
}

static void
show_field(struct cli *cli, struct str name, struct str was, struct str is,
    size_t n)
{
	struct out	*o = &cli->out;
	struct str	 a = shown(cli, was), b = shown(cli, is);

	(void)n;
	out_cstr(o, "      ");
	out_printable(o, json_text(&cli->arena, name));
	out_char(o, ':');
	if (is_short(a) && is_short(b)) {
		out_char(o, ' ');
		out_printable(o, a);
		out_cstr(o, " -> ");
		out_printable(o, b);
		out_char(o, '\n');
		return;
	}
	out_char(o, '\n');
	skip_common(&a, &b);
	write_lines(o, "        - ", a);
	write_lines(o, "        + ", b);
}

static void
show_change(struct cli *cli, const struct change *c)
{
	static const char marks[ACTIONS + 1] = "+~>-";
	struct out	*o = &cli->out;

	out_cstr(o, "  ");
	out_char(o, marks[c->action]);
	out_char(o, ' ');
	out_printable(o, c->is != NULL ? c->is->name : c->was->name);
	if (c->action == ACTION_ADD)
		out_cstr(o, cli_printf(cli, "  (number %zu)", c->is_at));
	else if (c->moved)
		out_cstr(o, cli_printf(cli, "  (number %zu -> %zu)",
		    c->was_at, c->is_at));
	out_char(o, '\n');
	each_difference(cli, c, show_field);
}

static void
json_field(struct cli *cli, struct str name, struct str was, struct str is,
    size_t n)
{
	struct out	*o = &cli->out;

	out_cstr(o, n == 0 ? "{\"key\": " : ", {\"key\": ");
	out_bytes(o, name);
	out_cstr(o, ", \"was\": ");
	out_bytes(o, was.p == NULL ? STR("null") : was);
	out_cstr(o, ", \"is\": ");
	out_bytes(o, is.p == NULL ? STR("null") : is);
	out_char(o, '}');
}

static void
json_change(struct cli *cli, const struct change *c)
{
	struct out	*o = &cli->out;

	out_cstr(o, "{\"action\": ");
	out_json(o, str_from(action_names[c->action]));
	cli_json_pair(o, "name", c->is != NULL ? c->is->name : c->was->name);
	out_cstr(o, cli_printf(cli, ", \"was_number\": %s, \"number\": %s, "
	    "\"fields\": [",
	    c->was == NULL ? "null" : cli_printf(cli, "%zu", c->was_at),
	    c->is == NULL ? "null" : cli_printf(cli, "%zu", c->is_at)));
	each_difference(cli, c, json_field);
	out_cstr(o, "]}");
}

static void
write_json(struct cli *cli, const struct plan *plan)
{
	struct out	*o = &cli->out;
	size_t		 i;

	out_cstr(o, cli_printf(cli, "\"base\": %lld",
	    (long long)plan->version));
	for (i = 0; i < ACTIONS; i++)
		out_cstr(o, cli_printf(cli, ", \"%s\": %zu", action_names[i],
		    plan->count[i]));
	out_cstr(o, ", \"changes\": [");
	for (i = 0; i < plan->n; i++) {
		out_cstr(o, i == 0 ? "\n " : ",\n ");
		json_change(cli, &plan->at[i]);
	}
	out_cstr(o, "]");
}

void
route_plan_write(struct cli *cli, const struct plan *plan)
{
	struct out	*o = &cli->out;
	size_t		 i;

	if (cli->json) {
		write_json(cli, plan);
		return;
	}
	for (i = 0; i < plan->n; i++)
		show_change(cli, &plan->at[i]);
	if (plan->n == 0)
		out_cstr(o, "Nothing to do: the routes are these already");
	else
		out_cstr(o, cli_printf(cli, "%zu to add, %zu to change, "
		    "%zu to move, %zu to remove", plan->count[ACTION_ADD],
		    plan->count[ACTION_CHANGE], plan->count[ACTION_MOVE],
		    plan->count[ACTION_REMOVE]));
	out_cstr(o, cli_printf(cli, " (routes' version %lld).\n",
	    (long long)plan->version));
}
