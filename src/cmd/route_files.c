/* Read and check files of routes. See route_files.h. */
#include <dirent.h>
#include <string.h>
#include <sys/stat.h>

#include "../app/choose.h"
#include "route_files.h"
#include "route_yaml.h"

#define FOLDER "routes"
#define FILE_BYTES ((size_t)4 << 20)
#define TEXT_BYTES ((size_t)65536)	/* of a file that a text names */
#define MAX_ROUTES 10000

struct gathering {
	struct cli		 *cli;
	struct routes		  routes;
	const struct node	**node;		/* of each route */
	size_t			  faults;
};

/* One fault, at a place. */
static void
fault(struct gathering *g, const char *file, size_t line, size_t column,
    const char *what)
{
	g->faults++;
	cli_error("%s:%zu:%zu: %s", file, line, column, what);
}

static void
fault_at(struct gathering *g, const struct node *n, const char *what)
{
	fault(g, n->file, n->line, n->column, what);
}

/* A number and what follows it. */
static bool
cut_number(struct str *rest, char end, size_t *n)
{
	struct str	digits;
	uint64_t	v;

	if (!str_cut(rest, end, &digits) || rest->p == NULL ||
	    !str_to_uint(digits, UINT32_MAX, &v))
		return false;
	*n = (size_t)v;
	return true;
}

/* "line 3:7: what" of a text, as the place in the file that has it. */
static bool
fault_in_text(struct gathering *g, const struct node *n, struct str why)
{
	struct str	rest = why;
	size_t		line, column;

	if (n->text_line == 0 || !str_starts(why, STR("line ")))
		return false;
	rest = str_sub(why, 5, why.n);
	if (!cut_number(&rest, ':', &line) || line == 0 ||
	    !cut_number(&rest, ':', &column))
		return false;
	fault(g, n->file, n->text_line + line - 1, n->indent + column,
	    cli_printf(g->cli, "%.*s: %s", (int)n->key.n, n->key.p,
	    arena_cstr(&g->cli->arena, str_trim(rest))));
	return true;
}

/* The key that 'there is no key "KEY" ...' is about, or NULL. */
static const struct node *
unknown_key(const struct node *route, struct str why)
{
	const struct str	before = STR("there is no key \"");
	struct str		rest = str_sub(why, before.n, why.n), key;

	return str_starts(why, before) && str_cut(&rest, '"', &key) ?
	    node_get(route, key) : NULL;
}

/* "KEY: what", with the place of that key's value. */
static void
fault_of_route(struct gathering *g, const struct node *route, struct str why)
{
	struct str		 key, rest = why;
	const struct node	*n = unknown_key(route, why);

	if (n != NULL) {
		fault(g, n->file, n->key_line, n->key_column,
		    arena_cstr(&g->cli->arena, why));
		return;
	}
	if (str_cut(&rest, ':', &key) && rest.p != NULL)
		n = node_get(route, key);
	if (n != NULL && n->type == NODE_TEXT &&
	    fault_in_text(g, n, str_trim(rest)))
		return;
	fault_at(g, n != NULL ? n : route, arena_cstr(&g->cli->arena, why));
}

/* A text "@NAME" of these keys is that of a file beside. */
static bool
names_file(const struct node *n)
{
	static const char *const keys[] = { "twiml", "template", "fallback",
	    "json" };
	size_t	i;

	if (n->type == NODE_TEXT && n->text.n > 0 && n->text.p[0] == '@')
		for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
			if (str_eq(n->key, str_from(keys[i])))
				return true;
	return false;
}

static void
read_beside(struct gathering *g, struct node *n)
{
	const char	*slash = strrchr(n->file, '/');
	const char	*name = n->text.p + 1, *path = name;
	size_t		 before = slash == NULL ? 0 :
			    (size_t)(slash - n->file) + 1;

	if (name[0] != '/')
		path = cli_printf(g->cli, "%.*s%s", (int)before, n->file,
		    name);
	n->text = cli_file(g->cli, path, TEXT_BYTES);
	if (n->text.p == NULL) {	/* which was told */
		fault_at(g, n, cli_printf(g->cli, "%s is read for %s", path,
		    n->key.p));
		n->text = STR("");
		return;
	}
	n->file = path;
	n->text_line = 1;
	n->indent = 0;
}

/* What the JSON of a value takes at most. */
static size_t
json_size(const struct node *n)
{
	const struct node	*m;
	size_t			 size = 8 + 6 * (n->key.n + n->text.n);

	for (m = n->first; m != NULL; m = m->next)
		size += json_size(m);
	return size;
}

static void
write_json(struct out *o, const struct node *n)
{
	const struct node	*m;

	if (n->type == NODE_TEXT) {
		out_json(o, n->text);
		return;
	}
	out_char(o, n->type == NODE_MAP ? '{' : '[');
	for (m = n->first; m != NULL; m = m->next) {
		if (m != n->first)
			out_cstr(o, ", ");
		if (n->type == NODE_MAP) {
			out_json(o, m->key);
			out_cstr(o, ": ");
		}
		write_json(o, m);
	}
	out_char(o, n->type == NODE_MAP ? '}' : ']');
}

static struct str
spec_of(struct cli *cli, const struct node *n)
{
	size_t		size = json_size(n);
	struct out	o = out_init(cli_alloc(cli, size, 1), size);

	write_json(&o, n);
	return out_str(&o);
}

/* Whether no route before has this one's name. */
static bool
is_only_one(struct gathering *g, const struct node *n, struct str name)
{
	const struct node	*other;
	size_t			 i;

	for (i = 0; i < g->routes.n; i++) {
		if (!str_eq(g->routes.at[i].name, name))
			continue;
		other = g->node[i];
		fault_at(g, n, cli_printf(g->cli, "a route %.*s is in "
		    "%s:%zu:%zu already; names are unique", (int)name.n,
		    name.p, other->file, other->line, other->column));
		return false;
	}
	return true;
}

/* Who writes {{From}} means a template; TwiML may have it all the same. */
static void
note_braces(const struct node *route)
{
	const struct node	*n = node_get(route, STR("twiml"));

	if (n != NULL && n->type == NODE_TEXT &&
	    strstr(n->text.p, "{{") != NULL)
		cli_note("%s:%zu:%zu: twiml: {{ is sent as it stands; the key "
		    "template puts values in", n->file, n->line, n->column);
}

static void
add_route(struct gathering *g, struct node *n)
{
	struct route	*r = &g->routes.at[g->routes.n];
	struct node	*m;
	char		 buf[1024];
	struct out	 why = out_init(buf, sizeof(buf));

	if (n->type != NODE_MAP) {
		fault_at(g, n, "a route is a mapping: name: ..., then what it "
		    "takes and what it answers");
		return;
	}
	for (m = n->first; m != NULL; m = m->next)
		if (names_file(m))
			read_beside(g, m);
	note_braces(n);
	if (!route_parse(&g->cli->arena, spec_of(g->cli, n), r, &why) ||
	    !route_check(&g->cli->arena, r, &why) || !choose_check(r, &why)) {
		fault_of_route(g, n, out_str(&why));
		return;
	}
	if (g->routes.n == MAX_ROUTES)
		fault_at(g, n, "there are more than 10000 routes");
	else if (is_only_one(g, n, r->name))
		g->node[g->routes.n++] = n;
}

/* A list of routes, or a mapping with the one key "routes". */
static void
read_file(struct gathering *g, const char *path)
{
	const char	*name = strcmp(path, "-") == 0 ? "standard input" :
			    path;
	struct str	 text = cli_file(g->cli, path, FILE_BYTES);
	struct node	*top = text.p == NULL ? NULL :
			    route_yaml_read(g->cli, name, text), *n, *after;

	if (top == NULL) {
		g->faults++;
		return;
	}
	if (top->type == NODE_MAP && top->first != NULL &&
	    top->first->next == NULL &&
	    str_eq(top->first->key, STR("routes")))
		top = top->first;
	if (top->type != NODE_LIST) {
		fault_at(g, top, "a file of routes is a list: each begins "
		    "with \"- name: ...\"; or it has the one key routes with "
		    "that list");
		return;
	}
	for (n = top->first; n != NULL; n = after) {
		after = n->next;
		add_route(g, n);
	}
}

static int
is_yaml(const struct dirent *e)
{
	struct str	name = str_from(e->d_name);

	return name.p[0] != '.' && (str_ends(name, STR(".yaml")) ||
	    str_ends(name, STR(".yml")));
}

/* The files of a folder, in the order of their names. */
static void
read_folder(struct gathering *g, const char *path)
{
	struct dirent	**entry = NULL;
	int		  i, n = scandir(path, &entry, is_yaml, alphasort);

	if (n <= 0) {
		g->faults++;
		cli_error("%s: there is no file *.yaml in it; docs/routes.md "
		    "tells what to write", path);
	}
	for (i = 0; i < n; i++) {
		read_file(g, cli_printf(g->cli, "%s%s%s", path,
		    str_ends(str_from(path), STR("/")) ? "" : "/",
		    entry[i]->d_name));
		free(entry[i]);
	}
	free(entry);
}

bool
route_files_read(struct cli *cli, const char *const *paths, size_t npaths,
    struct routes *routes)
{
	static const char *const usual[] = { FOLDER };
	struct gathering	 g = { .cli = cli };
	struct stat		 st;
	size_t			 i;

	if (npaths == 0) {
		paths = usual;
		npaths = 1;
	}
	g.routes.at = cli_alloc(cli, MAX_ROUTES + 1, sizeof(*g.routes.at));
	g.node = cli_alloc(cli, MAX_ROUTES, sizeof(void *));
	for (i = 0; i < npaths; i++) {
		if (strcmp(paths[i], "-") != 0 && stat(paths[i], &st) == 0 &&
		    S_ISDIR(st.st_mode))
			read_folder(&g, paths[i]);
		else
			read_file(&g, paths[i]);
	}
	*routes = g.routes;
	if (g.faults > 1)
		cli_error("%zu faults; nothing was changed", g.faults);
	return g.faults == 0;
}

struct str
route_specs(struct cli *cli, const struct routes *routes)
{
	struct out	o;
	size_t		i, size = 3;

	for (i = 0; i < routes->n; i++)
		size += routes->at[i].spec.n + 2;
	o = out_init(cli_alloc(cli, size, 1), size);
	out_char(&o, '[');
	for (i = 0; i < routes->n; i++) {
		out_cstr(&o, i == 0 ? "" : ",\n");
		out_bytes(&o, routes->at[i].spec);
	}
	out_char(&o, ']');
	return out_str(&o);
}
