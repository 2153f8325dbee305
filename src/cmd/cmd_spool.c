/*
 * offhook spool: what the responder has kept while Postgres was away. Runs as
 * the responder's user, or as root: nobody else may read the folder.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "../app/drain.h"
#include "../edge/clock.h"
#include "cmd.h"
#include "table.h"

#define MOST_MS 86400000	/* of --for */
#define STEP_FILES 500
#define PAUSE_MS 500		/* before Postgres is asked again */

const struct option options_spool_drain[] = {
	{ "for", "TIME", "how long at most: 90s, 30m (without it: until the "
	    "spool is empty)", false },
	{ NULL, NULL, NULL, false }
};

static const char *
folder_trouble(void)
{
	return errno == EPERM ? "it is another user's, or others can write "
	    "to it; call this as its owner" : strerror(errno);
}

/* The open folder; -1 after a message, or when there is no file in it yet. */
static int
open_folder(struct cli *cli, bool *bad)
{
	const struct config	*c = cli_config(cli);
	struct spool		 s;
	int			 fd;

	*bad = true;
	if (c == NULL)
		return -1;
	if (c->spool == NULL) {
		cli_error("there is no spool: OFFHOOK_SPOOL is set to "
		    "nothing, or there is no OFFHOOK_STATE");
		return -1;
	}
	s = (struct spool){ .folder = c->spool };
	fd = spool_folder(&s, false);
	*bad = fd == -1 && errno != ENOENT;
	if (*bad)
		cli_error("%s: %s", c->spool, folder_trouble());
	return fd;
}

static void
put_time(struct table *t, struct arena *a, int64_t ms)
{
	char	text[25];

	clock_format(ms, text);
	table_text(t, arena_copy(a, str_from(text)));
}

static void
list_row(struct cli *cli, int folder, struct table *t,
    const struct spool_entry *e)
{
	struct arena		*a = &cli->arena;
	struct spool_hold	 hold;
	struct spooled		 s;
	const char		*why = "somebody else has it just now";
	bool			 good;

	good = spool_take(folder, e->name, a, &hold, &s, &why) ==
	    SPOOL_TAKEN;
	spool_let(&hold);
	table_cstr(t, e->name);
	put_time(t, a, good ? s.received_ms : e->at_ms);
	table_int(t, e->bytes);
	table_text(t, good ? s.kind : (struct str){ NULL, 0 });
	table_text(t, good ? s.sid : (struct str){ NULL, 0 });
	if (good)
		table_int(t, s.http);
	else
		table_cstr(t, NULL);
	table_text(t, good ? s.why : str_from(why));
}

int
cmd_spool_list(struct cli *cli)
{
	static const char *const columns[] = { "file", "received_at", "bytes",
	    "kind", "sid", "answered", "why", NULL };
	struct spool_list	list = { .n = 0 };
	struct table		t;
	bool			bad;
	size_t			i, used;
	int			folder = open_folder(cli, &bad);

	if (bad)
		return EXIT_FAILURE;
	table_init(&t, &cli->arena, columns);
	if (folder != -1 && !spool_list(folder, &list)) {
		cli_error("%s: %s", cli->config.spool, strerror(errno));
		bad = true;
	}
	used = cli->arena.used;
	for (i = 0; i < list.n; i++) {
		/* A list of a great many large ones does not fit. */
		if (cli->arena.used - used > CLI_MEMORY / 2) {
			cli_note("%zu more", list.n - i);
			break;
		}
		list_row(cli, folder, &t, &list.at[i]);
	}
	cli_table(cli, &t, "Nothing waits: the spool is empty.");
	if (list.bad > 0)
		cli_note("%zu files that could not be drained are in %s/bad, "
		    "each with its .why", list.bad, cli->config.spool);
	spool_list_free(&list);
	if (folder != -1)
		(void)close(folder);
	return bad ? EXIT_FAILURE : EXIT_SUCCESS;
}

static void
show(struct cli *cli, const struct spooled *s)
{
	static const char *const columns[] = { "id", "received_at", "account",
	    "kind", "sid", "status", "from", "to", "method", "url", "body",
	    "answered", "type", "reply", "route", "reason", "session", "why",
	    NULL };
	const struct str *const	texts[] = { &s->account, &s->kind, &s->sid,
				    &s->status, &s->from, &s->to, &s->method,
				    &s->url, &s->raw };
	const struct str *const	more[] = { &s->type, &s->reply, &s->route,
				    &s->reason, &s->session, &s->why };
	struct table		t;
	char			id[37];
	size_t			i;

	table_init(&t, &cli->arena, columns);
	clock_uuid_format(s->id, id);
	table_text(&t, arena_copy(&cli->arena, str_from(id)));
	put_time(&t, &cli->arena, s->received_ms);
	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		table_text(&t, *texts[i]);
	table_int(&t, s->http);
	for (i = 0; i < sizeof(more) / sizeof(more[0]); i++)
		table_text(&t, *more[i]);
	table_write_record(&cli->out, &t, cli->json);
}

/* "oldest" is the first of the list; other names are as they are. */
static const char *
which(struct cli *cli, int folder, const char *name)
{
	struct spool_list	list = { .n = 0 };

	if (strcmp(name, "oldest") == 0 && folder != -1 &&
	    spool_list(folder, &list) && list.n > 0)
		name = cli_printf(cli, "%s", list.at[0].name);
	spool_list_free(&list);
	return name;
}

int
cmd_spool_show(struct cli *cli)
{
	const char		*name;
	struct spool_hold	 hold = { .fd = -1 };
	struct spooled		 s;
	const char		*why = "there is no such file (any more); "
				    "see: offhook spool list";
	bool			 bad, good;
	int			 folder = open_folder(cli, &bad);

	if (bad)
		return EXIT_FAILURE;
	name = which(cli, folder, cli->args.operand[0]);
	good = folder != -1 && strchr(name, '/') == NULL &&
	    faccessat(folder, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0 &&
	    spool_take(folder, name, &cli->arena, &hold,
	    &s, &why) == SPOOL_TAKEN;
	spool_let(&hold);
	if (folder != -1)
		(void)close(folder);
	if (!good) {
		cli_error("%s: %s", name, why);
		return EXIT_FAILURE;
	}
	show(cli, &s);
	return EXIT_SUCCESS;
}

/* Steps until it is empty or the time is up; false: files are left. */
static bool
drain_all(struct drain *d, int64_t end, struct drained *all)
{
	struct drained	r;
	bool		told = false;

	*all = (struct drained){ .stored = 0 };
	do {
		drain_step(d, STEP_FILES, end, &r);
		all->stored += r.stored;
		all->bad += r.bad;
		all->left = r.left;
		memcpy(all->error, r.error, sizeof(r.error));
		if (r.away && !told)
			cli_note("Waiting for Postgres: %s", r.error);
		told = told || r.away;
		if (r.away || r.busy || r.left > 0)
			clock_sleep_ms(r.stored > 0 ? 0 : PAUSE_MS);
		else if (r.stored + r.bad == 0)
			return r.error[0] == '\0';
	} while (clock_monotonic_ms() < end);
	return false;
}

int
cmd_spool_drain(struct cli *cli)
{
	struct str	 text = cli_option(cli, "for");
	int64_t		 ms = MOST_MS;
	struct drained	 all;
	struct drain	 d;
	bool		 bad, done;
	int		 folder;

	if (text.p != NULL && !cli_time(text, MOST_MS, &ms))
		return cli_usage(cli, "--for is a time of at most a day, "
		    "such as 90s or 30m");
	folder = open_folder(cli, &bad);
	if (bad)
		return EXIT_FAILURE;
	if (folder != -1)
		(void)close(folder);
	drain_open(&d, &cli->config);
	done = drain_all(&d, clock_monotonic_ms() + ms, &all);
	drain_close(&d);
	cli_note("%zu stored, %zu set aside, %zu left", all.stored, all.bad,
	    all.left);
	if (!done && all.error[0] != '\0')
		cli_error("%s", all.error);
	return done && all.bad == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
