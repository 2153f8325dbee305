/* What offhook listen prints of an event. See listen.h. */
#include <stdio.h>

#include "../edge/clock.h"
#include "listen.h"

/* Write now what is usually written at the end. */
static void
flush(struct listen *l)
{
	struct cli	*cli = l->cli;

	if (fwrite(cli->out.p, 1, cli->out.n, stdout) != cli->out.n ||
	    fflush(stdout) != 0)
		l->unwritten = true;
	cli->out.n = 0;
	cli->out.overflow = false;
}

/* The text's lines, indented, with nothing that steers a terminal. */
static void
show_lines(struct out *o, struct str text)
{
	struct str	line;

	text = str_trim(text);
	while (text.n > 0 && str_cut(&text, '\n', &line)) {
		out_cstr(o, "    ");
		out_printable(o, str_trim(line));
		out_char(o, '\n');
	}
}

static void
show_text(struct listen *l, const struct shot *s, const char *time)
{
	struct out		*o = &l->cli->out;
	const struct task	*t = &s->task;
	const char		*error = s->verdict.error;

	out_cstr(o, cli_printf(l->cli, "%s  %-22.*s  %-34.*s  ", time,
	    (int)t->kind.n, t->kind.n == 0 ? "" : t->kind.p,
	    (int)t->sid.n, t->sid.n == 0 ? "" : t->sid.p));
	if (s->verdict.status > 0)
		out_int(o, s->verdict.status);
	else
		out_cstr(o, error == NULL ? "?" : error);
	out_cstr(o, "  ");
	out_int(o, s->verdict.ms);
	out_cstr(o, " ms\n");
	if (!l->verbose && s->verdict.status > 0)
		return;
	if (l->verbose) {
		show_lines(o, s->order.http.body);
		out_cstr(o, "  --\n");
	}
	show_lines(o, s->verdict.head);
}

static void
show_json(struct listen *l, const struct shot *s, const char *time)
{
	struct out	*o = &l->cli->out;
	char		 id[37];

	clock_uuid_format(s->task.event_id, id);
	out_cstr(o, "{\"received_at\": ");
	out_json(o, str_from(time));
	cli_json_pair(o, "event", str_from(id));
	cli_json_pair(o, "kind", s->task.kind);
	cli_json_pair(o, "sid", s->task.sid);
	out_cstr(o, ", \"status\": ");
	if (s->verdict.status > 0)
		out_int(o, s->verdict.status);
	else
		out_cstr(o, "null");
	cli_json_pair(o, "error", str_from(s->verdict.error));
	out_cstr(o, ", \"ms\": ");
	out_int(o, s->verdict.ms);
	cli_json_pair(o, "request", s->order.http.body);
	cli_json_pair(o, "answer", s->verdict.head);
	out_cstr(o, "}\n");
}

void
listen_show(struct listen *l, const struct shot *s)
{
	char	time[25];

	clock_format(s->task.event_at, time);
	if (l->cli->json)
		show_json(l, s, time);
	else
		show_text(l, s, time);
	l->shown++;
	l->failed += s->verdict.status < 200 || s->verdict.status > 299;
	l->last_ms = clock_now_ms();
	l->heart_ms = clock_monotonic_ms() + LISTEN_HEART_MS;
	flush(l);
}
