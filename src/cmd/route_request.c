/* The request that a route is tested with. See route_request.h. */
#include <string.h>

#include "../core/date.h"
#include "../core/json.h"
#include "../core/message.h"
#include "../core/sig.h"
#include "../edge/clock.h"
#include "../edge/store.h"
#include "query.h"
#include "route_request.h"

#define REQUEST_BYTES ((size_t)1 << 20)
#define DIGITS "00000000000000000000000000000001"

/* The account that is served by default; of an offline test a made-up one. */
static const char *
account_of(struct asked *q)
{
	const char		*account = option_get(&q->cli->args,
				    "account");
	const struct config	*c;

	if (account != NULL)
		return account;
	c = q->offline ? NULL : cli_config(q->cli);
	if (c == NULL || c->naccounts == 0)
		return SENDING_TEST_ACCOUNT;
	return arena_cstr(&q->cli->arena,
	    c->accounts[c->default_account].sid);
}

/* The words of `offhook send`, too; NULL after a message. */
static const struct sample *
find_sample(const struct cli *cli)
{
	static const char *const words[][2] = { { "sms", "message.inbound" },
	    { "call", "call.inbound" }, { "gather", "call.gather" } };
	const char		*kind = cli->args.operand[0];
	size_t			 i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(kind, words[i][0]) == 0)
			kind = words[i][1];
	return sending_sample(cli, kind);
}

static int
read_sample(struct asked *q)
{
	struct cli		*cli = q->cli;
	const struct sample	*s = find_sample(cli);
	const char		*sid = option_get(&cli->args, "sid");
	struct sample_values	 v = {
		.sid = sid,
		.account = account_of(q),
		.other = "CA" DIGITS,
		.from = option_get(&cli->args, "from"),
		.to = option_get(&cli->args, "to"),
		.body = option_get(&cli->args, "body"),
		.digits = option_get(&cli->args, "digits"),
		.time_ms = clock_now_ms(),
	};

	if (s == NULL)
		return EXIT_USAGE;
	if (sample_is_json(s))
		return cli_usage(cli, "%s is a notice: it takes no route",
		    s->kind);
	if (sid == NULL)
		v.sid = cli_printf(cli, "%s" DIGITS, s->prefix);
	q->form.n = sample_form(&cli->arena, s, &v, q->param);
	q->subject.account = str_from(v.account);
	return 0;
}

static bool
add(struct asked *q, struct str name, struct str value)
{
	if (q->form.n == SENDING_MAX_PARAMS) {
		cli_error("it has more than %d parameters",
		    SENDING_MAX_PARAMS);
		return false;
	}
	q->form.at[q->form.n++] = (struct param){ name, value };
	return true;
}

/* Parameters as the view has them: a text, or a list of texts. */
static bool
add_stored(struct asked *q, const struct json_item *item)
{
	struct arena		*a = &q->cli->arena;
	struct str		 name = json_text(a, item->name);
	struct json_walk	 walk;
	struct json_item	 one;

	if (!json_open(item->value, &walk))
		return add(q, name, json_text(a, item->value));
	while (json_next(&walk, &one))
		if (!add(q, name, json_text(a, one.value)))
			return false;
	return true;
}

/* Path and query of a URL. */
static struct str
target_of(struct str url)
{
	struct str	target = url.n > 0 && url.p[0] == '/' ? url :
			    str_sub(url, url_origin(url).n, url.n);

	return target.n == 0 ? STR("/") : target;
}

static bool
read_stored(struct asked *q, const PGresult *res)
{
	struct arena		*a = &q->cli->arena;
	struct str		 params = arena_copy(a, query_field(res, 0,
				    11));
	struct json_walk	 walk;
	struct json_item	 item;

	if (params.p == NULL || !json_open(params, &walk)) {
		cli_error("what event %s carried is not kept any more; see: "
		    "offhook house show", query_field(res, 0, 0).p);
		return false;
	}
	while (json_next(&walk, &item))
		if (!add_stored(q, &item))
			return false;
	q->subject.account = arena_copy(a, query_field(res, 0, 6));
	q->target = target_of(arena_copy(a, query_field(res, 0, 9)));
	q->token = arena_copy(a, query_field(res, 0, 10));
	(void)date_parse(query_field(res, 0, 1), &q->subject.now_ms);
	return true;
}

static int
read_event(struct asked *q, struct str id)
{
	PGresult	*res;
	bool		 good;

	if (!query_is_event(id))
		return cli_usage(q->cli, "%s is not an event's id; see: "
		    "offhook event list", id.p);
	res = query_event(q->cli, id);
	if (res == NULL)
		return EXIT_FAILURE;
	good = read_stored(q, res);
	PQclear(res);
	return good ? 0 : EXIT_FAILURE;
}

static int
read_message(struct asked *q, const char *path)
{
	struct cli		*cli = q->cli;
	struct str		 text = cli_file(cli, path, REQUEST_BYTES);
	struct message		 m;
	struct form		 f = { NULL, 0 };
	enum message_result	 r;
	size_t			 i;

	if (text.p == NULL)
		return EXIT_FAILURE;
	r = message_parse(text, &m);
	if (r != MESSAGE_OK) {
		cli_error("%s: %s", path, message_strerror(r));
		return EXIT_FAILURE;
	}
	if (form_decode(&cli->arena, str_eq(m.method, STR("GET")) ?
	    url_query(m.target) : m.body, &f) != FORM_OK)
		f.n = 0;
	for (i = 0; i < f.n; i++)
		if (!add(q, f.at[i].name, f.at[i].value))
			return EXIT_FAILURE;
	q->target = target_of(m.target);
	q->token = message_header(&m, "I-Twilio-Idempotency-Token");
	q->subject.account = form_get(&q->form, "AccountSid");
	if (q->subject.account.p == NULL)
		q->subject.account = str_from(account_of(q));
	return 0;
}

/* The request as it stands; then what other options say. */
static int
read_base(struct asked *q)
{
	const struct args	*args = &q->cli->args;
	const char		*event = option_get(args, "event");
	const char		*file = option_get(args, "request");

	if ((event != NULL) + (file != NULL) + (args->noperands > 0) != 1)
		return cli_usage(q->cli, "it needs one of KIND, --event and "
		    "--request");
	if (event != NULL)
		return read_event(q, str_from(event));
	return file != NULL ? read_message(q, file) : read_sample(q);
}

/* What lies below the mount: a base's path, or the configurations' own. */
static struct str
rest_of(struct asked *q, struct str path)
{
	const struct config	*c = q->offline ? NULL : cli_config(q->cli);
	struct str		 mount = STR("/twilio");
	size_t			 i;

	for (i = 0; c != NULL && i < c->nbases; i++)
		if (c->bases[i].prefix.n > 0 &&
		    str_starts(path, c->bases[i].prefix))
			mount = c->bases[i].prefix;
	if (str_starts(path, mount) &&
	    (path.n == mount.n || path.p[mount.n] == '/'))
		return path.n == mount.n ? STR("/") :
		    str_sub(path, mount.n, path.n);
	return path;
}

/* --path and --at. */
static int
read_place(struct asked *q)
{
	struct cli	*cli = q->cli;
	struct str	 path = cli_option(cli, "path");
	struct str	 at = cli_option(cli, "at");

	if (path.p != NULL && (path.n == 0 || path.p[0] != '/'))
		return cli_usage(cli, "--path begins with /");
	if (at.p != NULL && !date_parse(at, &q->subject.now_ms))
		return cli_usage(cli, "--at is a time such as "
		    "2026-01-31T09:30:00Z or 2026-01-31T09:30:00+01:00");
	if (path.p != NULL)
		q->target = path;
	q->subject.path = url_path(q->target);
	q->subject.rest = path.p != NULL ? q->subject.path :
	    rest_of(q, q->subject.path);
	return 0;
}

static bool
classify(struct asked *q)
{
	struct event_source	source = { .form = &q->form,
				    .account = q->subject.account,
				    .target = q->target, .body = STR(""),
				    .token = q->token };
	struct sig		sig;
	bool			good = sig_open(&sig);

	source.sha256 = sig.sha256;
	good = good && event_classify(&q->cli->arena, &source, &q->event);
	sig_close(&sig);
	if (!good)
		cli_error("it cannot be classified: the memory is used up, "
		    "or libcrypto has no SHA-256");
	return good;
}

int
route_request(struct asked *q)
{
	int	status;

	q->form.at = q->param;
	q->target = STR("/");
	q->subject.now_ms = clock_now_ms();
	q->subject.event = &q->event;
	q->subject.form = &q->form;
	status = read_base(q);
	if (status != 0)
		return status;
	sending_params(q->cli, &q->form);
	status = read_place(q);
	if (status != 0)
		return status;
	return classify(q) ? 0 : EXIT_FAILURE;
}

/* --session NAME=VALUE as the JSON that the database has. */
static int
session_of(struct cli *cli, struct str *json)
{
	const char	*word;
	size_t		 at = 0, n = 0, size = 3;
	struct str	 value, name;
	struct out	 o;

	while ((word = option_next(&cli->args, "session", &at)) != NULL)
		size += 6 * strlen(word) + 8;
	o = out_init(cli_alloc(cli, size, 1), size);
	out_char(&o, '{');
	for (at = 0; (word = option_next(&cli->args, "session", &at)) != NULL;
	    n++) {
		value = str_from(word);
		if (!str_cut(&value, '=', &name) || value.p == NULL)
			return cli_usage(cli, "--session is NAME=VALUE, not "
			    "%s", word);
		out_cstr(&o, n == 0 ? "" : ", ");
		out_json(&o, name);
		out_cstr(&o, ": ");
		out_json(&o, value);
	}
	out_char(&o, '}');
	*json = out_str(&o);
	return 0;
}

static bool
ask_state(struct asked *q)
{
	struct cli		*cli = q->cli;
	const struct config	*c = cli_config(cli);
	struct arena		*a = &cli->arena;
	struct str		 json = { NULL, 0 };
	char			 error[256];

	if (c == NULL)
		return false;
	cli->db.url = c->admin_database_url;
	if (!store_state(&cli->db, a, &q->event, q->subject.account,
	    q->subject.thread,
	    clock_monotonic_ms() + CLI_DEADLINE_MS, &json, error)) {
		cli_error("the database: %s", error);
		return false;
	}
	return choose_read_state(json, &q->subject.state);
}

int
route_request_state(struct asked *q)
{
	const struct args	*args = &q->cli->args;
	struct state		*s = &q->subject.state;

	*s = (struct state){ .there = true, .session = STR("{}"),
	    .resource = STR("{}") };
	q->subject.thread = choose_thread(&q->cli->arena, &q->event,
	    q->subject.account);
	if (!q->offline && !ask_state(q))
		return EXIT_FAILURE;
	if (option_get(args, "known") != NULL)
		s->known = true;
	if (option_get(args, "opted-out") != NULL)
		s->opted_out = true;
	if (option_get(args, "session") == NULL)
		return 0;
	return session_of(q->cli, &s->session);
}
