/* What a channel is told of issues. See notice.h. */
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "../core/json.h"
#include "../core/standard.h"
#include "../core/version.h"
#include "../edge/clock.h"
#include "notice.h"
#include "outgoing.h"

#define TIMEOUT_MS 30000	/* shorter than notice_take()'s lease */
#define MAX_OUTPUT 1024
#define MAX_TARGETS 32		/* as functions/channel_fault.sql */
#define SUBJECT_BYTES 120	/* of the text, before it is encoded */
#define WORD_BYTES 39		/* of one encoded word: 75 columns at most */
#define LINE_BYTES 500		/* of a detail; RFC 5322 allows 998 */

/* One issue, as notice_items() has it. */
struct item {
	struct str	id, type, subject, why, count, since;
	struct str	opened_at, last_seen, comment, detail;
};

static struct item
read_item(struct arena *a, struct str json)
{
	return (struct item){
		.id = json_text(a, json_get(json, "id")),
		.type = json_text(a, json_get(json, "type")),
		.subject = json_text(a, json_get(json, "subject")),
		.why = json_text(a, json_get(json, "why")),
		.count = json_text(a, json_get(json, "count")),
		.since = json_text(a, json_get(json, "since")),
		.opened_at = json_text(a, json_get(json, "opened_at")),
		.last_seen = json_text(a, json_get(json, "last_seen")),
		.comment = json_text(a, json_get(json, "comment")),
		.detail = json_get(json, "detail"),
	};
}

static bool
next_item(struct json_walk *w, struct str *value)
{
	struct json_item	i;

	if (!json_next(w, &i))
		return false;
	*value = i.value;
	return true;
}

/* One line of text: no control character can begin another one. */
static void
out_line(struct out *o, struct str s, size_t most)
{
	size_t	i;

	/* Not within a character of UTF-8. */
	if (s.n > most)
		for (s.n = most; s.n > 0 &&
		    ((unsigned char)s.p[s.n] & 0xc0) == 0x80; s.n--)
			;
	for (i = 0; i < s.n; i++)
		out_char(o, (unsigned char)s.p[i] < ' ' || s.p[i] == 0x7f ?
		    ' ' : s.p[i]);
}

static bool
is_ascii(struct str s)
{
	size_t	i;

	for (i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] > 0x7e)
			return false;
	return true;
}

/* A header's text: RFC 2047 where it is not ASCII. */
static void
out_encoded(struct out *o, struct str s)
{
	size_t	n;

	if (is_ascii(s)) {
		out_bytes(o, s);
		return;
	}
	for (; s.n > 0; s = str_sub(s, n, s.n)) {
		n = s.n < WORD_BYTES ? s.n : WORD_BYTES;
		while (n < s.n && n > 1 &&
		    ((unsigned char)s.p[n] & 0xc0) == 0x80)
			n--;
		out_cstr(o, "=?UTF-8?B?");
		out_base64(o, (const unsigned char *)s.p, n);
		out_cstr(o, n < s.n ? "?=\n " : "?=");
	}
}

/* "Sun, 22 Nov 2026 15:00:00 +0000" (RFC 5322 section 3.3). */
static void
out_date(struct out *o, int64_t ms)
{
	static const char	 days[] = "SunMonTueWedThuFriSat";
	static const char	 months[] =
				    "JanFebMarAprMayJunJulAugSepOctNovDec";
	time_t			 t = (time_t)(ms / 1000);
	struct tm		 tm;
	char			 text[64];

	if (gmtime_r(&t, &tm) == NULL)
		return;
	(void)snprintf(text, sizeof(text),
	    "%.3s, %02d %.3s %d %02d:%02d:%02d +0000", days + 3 * tm.tm_wday,
	    tm.tm_mday, months + 3 * tm.tm_mon, tm.tm_year + 1900,
	    tm.tm_hour, tm.tm_min, tm.tm_sec);
	out_cstr(o, text);
}

static void
write_subject(struct arena *a, struct out *o, struct str items)
{
	char			 text[SUBJECT_BYTES + 1];
	struct out		 line = out_init(text, SUBJECT_BYTES);
	struct json_walk	 w;
	struct str		 value;
	struct item		 i = { .id = { NULL, 0 } };
	size_t			 n = 0;
	char			 more[32];

	if (json_open(items, &w))
		while (next_item(&w, &value))
			if (n++ == 0)
				i = read_item(a, value);
	out_cstr(&line, "offhook: ");
	out_line(&line, i.type, 40);
	if (i.subject.n > 0)
		out_char(&line, ' ');
	out_line(&line, i.subject, 40);
	if (n > 1) {
		(void)snprintf(more, sizeof(more), " and %zu more", n - 1);
		out_cstr(&line, more);
	} else if (!str_eq(i.why, STR("opened"))) {
		out_cstr(&line, ", ");
		out_line(&line, i.why, 20);
	}
	out_cstr(o, "Subject: ");
	out_encoded(o, out_str(&line));
	out_char(o, '\n');
}

static void
write_detail(struct arena *a, struct out *o, struct str detail)
{
	struct json_walk	w;
	struct json_item	i;
	struct str		text;

	if (json_type(detail) != JSON_OBJECT || !json_open(detail, &w))
		return;
	while (json_next(&w, &i)) {
		text = json_text(a, i.value);
		if (text.p == NULL)
			text = i.value;	/* a list, say, as it stands */
		out_cstr(o, "    ");
		out_line(o, json_text(a, i.name), 60);
		out_cstr(o, ": ");
		out_line(o, text, LINE_BYTES);
		out_char(o, '\n');
	}
}

static void
write_item(struct arena *a, struct out *o, const struct item *i)
{
	out_line(o, i->type, LINE_BYTES);
	if (i->subject.n > 0)
		out_cstr(o, ": ");
	out_line(o, i->subject, LINE_BYTES);
	out_cstr(o, "\n    ");
	out_line(o, i->why, 20);
	out_cstr(o, str_eq(i->why, STR("goes on")) ? " since " : " at ");
	out_line(o, i->opened_at, 40);
	out_cstr(o, "\n    cases: ");
	out_line(o, i->count, 20);
	if (!str_eq(i->count, i->since)) {
		out_cstr(o, ", of them new: ");
		out_line(o, i->since, 20);
	}
	out_cstr(o, "; the last at ");
	out_line(o, i->last_seen, 40);
	out_char(o, '\n');
	write_detail(a, o, i->detail);
	if (i->comment.n > 0) {
		out_cstr(o, "    comment: ");
		out_line(o, i->comment, LINE_BYTES);
		out_char(o, '\n');
	}
	out_cstr(o, "    see: offhook issue show ");
	out_line(o, i->id, 20);
	out_cstr(o, "\n\n");
}

/* The lines of a mail end with LF: sendmail's interface is local. */
static void
write_mail(struct arena *a, struct out *o, const struct notice *n,
    const char *const *to, int64_t now_ms)
{
	char			 host[256] = "";
	struct json_walk	 w;
	struct str		 value;
	struct item		 i;

	(void)gethostname(host, sizeof(host) - 1);
	out_cstr(o, "Date: ");
	out_date(o, now_ms);
	for (out_cstr(o, "\nTo: "); *to != NULL; to++) {
		out_line(o, str_from(*to), 320);
		out_cstr(o, to[1] != NULL ? ",\n " : "\n");
	}
	write_subject(a, o, n->items);
	out_cstr(o, "MIME-Version: 1.0\n"
	    "Content-Type: text/plain; charset=utf-8\n"
	    "Content-Transfer-Encoding: 8bit\n"
	    "Auto-Submitted: auto-generated\n\n");
	if (json_open(n->items, &w))
		while (next_item(&w, &value)) {
			i = read_item(a, value);
			write_item(a, o, &i);
		}
	out_cstr(o, "Told by offhook " OFFHOOK_VERSION " on ");
	out_line(o, str_from(host), sizeof(host));
	out_cstr(o, ", channel ");
	out_line(o, n->channel, 64);
	out_cstr(o, ".\nWhen somebody is at it: offhook issue acknowledge "
	    "ID. When it is over:\noffhook issue resolve ID.\n");
}

static void
write_json(struct out *o, const struct notice *n, int64_t now_ms)
{
	char	time[25];

	clock_format(now_ms, time);
	out_cstr(o, "{\"type\": \"issues\", \"timestamp\": \"");
	out_cstr(o, time);
	out_cstr(o, "\", \"data\": {\"channel\": ");
	out_json(o, n->channel);
	out_cstr(o, ", \"issues\": ");
	out_bytes(o, n->items);
	out_cstr(o, "}}\n");
}

static void
say(char why[256], const char *what, const char *of)
{
	(void)snprintf(why, 256, "%s%s", what, of);
}

static bool
make_child(struct arena *a, const struct config *c, const struct notice *n,
    const char **target, int64_t now_ms, struct notice_order *order,
    char why[256])
{
	static const char *const	 env[] = {
		"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8", NULL
	};
	bool				 mail = str_eq(n->type, STR("mail"));
	const char			**argv = arena_alloc(a, 4,
					    sizeof(*argv));
	struct out			 o;
	size_t				 room;
	char				*p;

	if (argv == NULL || (!mail && !child_allowed(target[0],
	    str_from(c->exec), why)))
		return false;
	if (mail) {
		argv[0] = c->sendmail;
		argv[1] = "-t";
		argv[2] = "-oi";
	}
	/* What is read of the items lies on the arena as well. */
	room = NOTICE_MEMORY / 2;
	p = arena_alloc(a, room, 1);
	o = out_init(p, p == NULL ? 0 : room);
	if (mail)
		write_mail(a, &o, n, target, now_ms);
	else
		write_json(&o, n, now_ms);
	order->run = true;
	order->child = (struct child_request){
		.argv = mail ? argv : target,
		.env = env,
		.input = out_str(&o),
		.timeout_ms = TIMEOUT_MS,
		.max_output = MAX_OUTPUT,
	};
	return !o.overflow;
}

static bool
make_http(struct arena *a, const struct config *c, const struct notice *n,
    const char *url, int64_t now_ms, struct notice_order *order,
    char why[256])
{
	size_t		 room = n->items.n + 1024;
	char		*body = arena_alloc(a, room, 1);
	char		*sign = arena_alloc(a, STANDARD_MAX, 1);
	struct out	 o = out_init(body, body == NULL ? 0 : room);
	struct out	 signature = out_init(sign,
			    sign == NULL ? 0 : STANDARD_MAX);
	struct outgoing	 g = { .arena = a };
	char		 seconds[24];
	struct str	 id = arena_join(a, (struct str[]){ STR("notice_"),
			    n->id }, 2);

	write_json(&o, n, now_ms);
	(void)snprintf(seconds, sizeof(seconds), "%lld",
	    (long long)(now_ms / 1000));
	if (o.overflow || !outgoing_url(&g, str_from(url)) ||
	    !standard_sign(&signature, &n->secret, 1, id, now_ms / 1000,
	    out_str(&o))) {
		say(why, "the URL or the secret is not good: ", url);
		return false;
	}
	order->egress = (struct egress){ c->allowed, c->nallowed };
	g.http.method = "POST";
	g.http.url = arena_cstr(a, g.url);
	g.http.body = out_str(&o);
	g.http.timeout_ms = TIMEOUT_MS;
	g.http.max_body = MAX_OUTPUT;
	g.http.cut = true;
	g.http.egress = &order->egress;
	outgoing_header(&g, "Content-Type", STR("application/json"));
	outgoing_header(&g, "User-Agent", STR("offhook/" OFFHOOK_VERSION));
	outgoing_header(&g, "webhook-id", id);
	outgoing_header(&g, "webhook-timestamp",
	    arena_copy(a, str_from(seconds)));
	outgoing_header(&g, "webhook-signature", out_str(&signature));
	order->http = g.http;
	return g.http.url != NULL;
}

bool
notice_make(struct arena *a, const struct config *c, const struct notice *n,
    int64_t now_ms, struct notice_order *order, char why[256])
{
	const char		**target = arena_alloc(a, MAX_TARGETS + 1,
				    sizeof(*target));
	struct json_walk	  w;
	struct str		  value;
	size_t			  i = 0;
	bool			  good;

	memset(order, 0, sizeof(*order));
	say(why, "no memory", "");
	if (target == NULL || !json_valid(n->target) ||
	    !json_valid(n->items) || !json_open(n->target, &w))
		return false;
	while (i < MAX_TARGETS && next_item(&w, &value))
		target[i++] = arena_cstr(a, json_text(a, value));
	if (i == 0 || target[0] == NULL)
		return false;
	good = str_eq(n->type, STR("webhook")) ?
	    make_http(a, c, n, target[0], now_ms, order, why) :
	    make_child(a, c, n, target, now_ms, order, why);
	return good && !a->full;
}

bool
notice_replied(const struct http_reply *r, char why[256])
{
	if (r->status >= 200 && r->status < 300)
		return true;
	if (r->status != 0)
		(void)snprintf(why, 256, "status %ld", r->status);
	else
		say(why, r->error, "");
	return false;
}

bool
notice_ended(const struct child_result *r, char why[256])
{
	struct out	o = out_init(why, 255);

	if (r->end == CHILD_EXITED && r->status == 0)
		return true;
	if (r->end != CHILD_EXITED)
		out_cstr(&o, r->error);
	else {
		out_cstr(&o, "exit status ");
		out_int(&o, r->status);
	}
	if (r->output.n > 0)
		out_cstr(&o, ": ");
	out_line(&o, r->output, 255 - o.n);
	why[o.n] = '\0';
	return false;
}
