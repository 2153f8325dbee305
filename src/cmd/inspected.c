/* One request that came to the inspector. See inspected.h. */
#include "../core/utf8.h"
#include "../edge/clock.h"
#include "inspected.h"
#include "rejected.h"

#define BINARY_BYTES 512	/* shown of a body that is no text */

static bool
is_ours(struct str name)
{
	return str_starts(name, STR("Offhook-")) ||
	    str_eq(name, STR("Content-Length"));
}

/* Text: valid UTF-8 without control bytes other than those of lines. */
static bool
is_text(struct str s)
{
	size_t	i, n;

	for (i = 0; i < s.n; i += n) {
		n = utf8_sequence(str_sub(s, i, s.n));
		/* A body that was cut may end within a sequence. */
		if (n == 0)
			return i > 0 && s.n - i < 4 &&
			    utf8_prefix(s, s.n - 1).n <= i;
		if (n == 1 && (unsigned char)s.p[i] < ' ' &&
		    s.p[i] != '\n' && s.p[i] != '\r' && s.p[i] != '\t')
			return false;
	}
	return true;
}

static bool
is_cut(const struct inspected *x)
{
	return x->m.body.n < x->body_bytes;
}

/* The first things that are wrong, as `offhook signature explain` says. */
static void
find_why(struct cli *cli, struct inspected *x)
{
	struct explain_fault	 f = { .detail = { NULL, 0 } };
	struct explain		*e;
	struct explain_input	 in;
	struct sig		 sig;

	if (explain_reason(x->verdict, &f.what, &f.mend)) {
		x->why[x->nwhy++] = f;
		return;
	}
	if (str_eq(x->verdict, STR("accepted")) ||
	    str_eq(x->verdict, STR("head")) || is_cut(x) || !sig_open(&sig))
		return;
	e = cli_alloc(cli, 1, sizeof(*e));
	rejected_explain_input(cli, &cli->config, &x->m, &in);
	if (explain(&cli->arena, &sig, &in, e) == EXPLAIN_FOUND)
		for (; x->nwhy < e->nfaults; x->nwhy++) {
			x->why[x->nwhy] = e->fault[x->nwhy];
			x->why[x->nwhy].detail = cli_masked(cli,
			    e->fault[x->nwhy].detail);
		}
	else
		x->why[x->nwhy++] = (struct explain_fault){
		    .what = "Nothing that was tried makes the signature fit.",
		    .mend = e->nsuspects > 0 ? e->suspect[0] :
			"Compare AuthToken and URL with Twilio's." };
	sig_close(&sig);
}

static void
find_form(struct cli *cli, struct inspected *x)
{
	struct str	type = message_header(&x->m, "Content-Type"), head;
	struct str	raw = url_query(x->m.target);

	if (str_cut(&type, ';', &head) && str_ieq(str_trim(head),
	    STR("application/x-www-form-urlencoded")))
		raw = x->m.body;
	else if (x->m.body.n > 0)
		return;
	x->has_form = raw.p != NULL &&
	    form_decode(&cli->arena, raw, &x->form) == FORM_OK;
}

bool
inspected_read(struct cli *cli, const struct ring_entry *e,
    struct inspected *out)
{
	*out = (struct inspected){ .number = e->seq, .time_ms = e->time_ms };
	if (message_parse(e->payload, &out->m) != MESSAGE_OK ||
	    !str_to_uint(message_header(&out->m, "Offhook-Body-Bytes"),
	    INT64_MAX, &out->body_bytes))
		return false;
	out->verdict = message_header(&out->m, "Offhook-Verdict");
	out->account = message_header(&out->m, "Offhook-Account");
	find_form(cli, out);
	find_why(cli, out);
	return true;
}

/* As out_printable, but a backslash stays: here nothing reads it back. */
static void
printable(struct cli *cli, struct str s)
{
	struct str	piece;
	bool		first = true;

	while (str_cut(&s, '\\', &piece)) {
		if (!first)
			out_char(&cli->out, '\\');
		first = false;
		out_printable(&cli->out, piece);
	}
}

static void
line(struct cli *cli, const char *before, struct str text)
{
	out_cstr(&cli->out, before);
	printable(cli, text);
	out_char(&cli->out, '\n');
}

static void
text_verdict(struct cli *cli, const struct inspected *x)
{
	struct out	*o = &cli->out;
	size_t		 i;

	out_cstr(o, "  verdict: ");
	if (str_eq(x->verdict, STR("head")))
		out_cstr(o, "HEAD is answered 200, without effect");
	else if (str_eq(x->verdict, STR("accepted")))
		out_cstr(o, "would be accepted");
	else {
		out_cstr(o, "would be refused: ");
		printable(cli, x->verdict);
	}
	if (x->account.n > 0) {
		out_cstr(o, "; the signature is valid, account ");
		printable(cli, x->account);
	}
	out_char(o, '\n');
	for (i = 0; i < x->nwhy; i++) {
		cli_wrapped(cli, "    * ", x->why[i].what);
		if (x->why[i].detail.n > 0)
			line(cli, "      here: ", x->why[i].detail);
		cli_wrapped(cli, "      mend: ", x->why[i].mend);
	}
}

static void
text_headers(struct cli *cli, const struct message *m)
{
	struct str	length = message_header(m, "Offhook-Content-Length");
	struct str	left_out = message_header(m, "Offhook-Left-Out");
	size_t		i;

	for (i = 0; i < m->nheaders; i++) {
		if (is_ours(m->header[i].name))
			continue;
		out_cstr(&cli->out, "    ");
		printable(cli, m->header[i].name);
		line(cli, ": ", m->header[i].value);
	}
	if (length.n > 0)
		line(cli, "    Content-Length: ", length);
	if (left_out.n > 0)
		line(cli, "    (headers without room here: ", left_out);
}

/* Text by its lines, anything else as escaped bytes. */
static void
text_body(struct cli *cli, const struct inspected *x)
{
	struct str	rest = x->m.body, piece;
	bool		text = is_text(rest);

	if (x->body_bytes == 0)
		return;
	out_cstr(&cli->out, cli_printf(cli, "  body: %llu bytes",
	    (unsigned long long)x->body_bytes));
	if (is_cut(x))
		out_cstr(&cli->out, cli_printf(cli,
		    ", cut: the first %zu were kept", x->m.body.n));
	if (!text && rest.n > BINARY_BYTES)
		out_cstr(&cli->out, cli_printf(cli, "; no text: the first "
		    "%d are shown, --output json has them all",
		    BINARY_BYTES));
	out_char(&cli->out, '\n');
	if (x->has_form)
		return;
	if (!text) {
		line(cli, "    ", str_sub(rest, 0, BINARY_BYTES));
		return;
	}
	while (str_cut(&rest, '\n', &piece))
		if (piece.n > 0 || rest.p != NULL) {
			if (str_ends(piece, STR("\r")))
				piece.n--;
			line(cli, "    ", piece);
		}
}

void
inspected_text(struct cli *cli, const struct inspected *x)
{
	char	time[25];
	size_t	i;

	clock_format(x->time_ms, time);
	out_cstr(&cli->out, cli_printf(cli, "\n%llu  %s  ",
	    (unsigned long long)x->number, time));
	printable(cli, x->m.method);
	line(cli, " ", x->m.target);
	line(cli, "  from: ", message_header(&x->m, "Offhook-Remote-Addr"));
	text_verdict(cli, x);
	line(cli, "  kind: ", message_header(&x->m, "Offhook-Kind").n > 0 ?
	    message_header(&x->m, "Offhook-Kind") : STR("-"));
	out_cstr(&cli->out, "  headers:\n");
	text_headers(cli, &x->m);
	if (x->has_form && x->form.n > 0)
		out_cstr(&cli->out, "  parameters:\n");
	for (i = 0; x->has_form && i < x->form.n; i++) {
		out_cstr(&cli->out, "    ");
		printable(cli, x->form.at[i].name);
		line(cli, " = ", x->form.at[i].value);
	}
	text_body(cli, x);
}

static void
json_headers(struct out *o, const struct message *m)
{
	const char	*between = "{";
	size_t		 i;

	out_cstr(o, ", \"headers\": [");
	for (i = 0; i < m->nheaders; i++) {
		if (is_ours(m->header[i].name))
			continue;
		out_cstr(o, between);
		out_cstr(o, "\"name\": ");
		out_json(o, m->header[i].name);
		cli_json_pair(o, "value", m->header[i].value);
		out_char(o, '}');
		between = ", {";
	}
	out_char(o, ']');
}

static void
json_form(struct out *o, const struct inspected *x)
{
	size_t	i;

	if (!x->has_form) {
		out_cstr(o, ", \"params\": null");
		return;
	}
	out_cstr(o, ", \"params\": [");
	for (i = 0; i < x->form.n; i++) {
		out_cstr(o, i == 0 ? "{\"name\": " : ", {\"name\": ");
		out_json(o, x->form.at[i].name);
		cli_json_pair(o, "value", x->form.at[i].value);
		out_char(o, '}');
	}
	out_char(o, ']');
}

/* What is no text would lose bytes as a JSON string. */
static void
json_body(struct cli *cli, const struct inspected *x)
{
	struct out	*o = &cli->out;
	struct str	 body = x->m.body, none = { NULL, 0 };
	bool		 text = is_text(body);

	out_cstr(o, cli_printf(cli, ", \"body_bytes\": %llu, \"cut\": %s",
	    (unsigned long long)x->body_bytes, is_cut(x) ? "true" : "false"));
	cli_json_pair(o, "body", text ? body : none);
	out_cstr(o, ", \"body_base64\": ");
	if (text) {
		out_cstr(o, "null");
		return;
	}
	out_char(o, '"');
	out_base64(o, (const unsigned char *)body.p, body.n);
	out_char(o, '"');
}

static void
json_why(struct out *o, const struct inspected *x)
{
	size_t	i;

	out_cstr(o, ", \"why\": [");
	for (i = 0; i < x->nwhy; i++) {
		out_cstr(o, i == 0 ? "{\"what\": " : ", {\"what\": ");
		out_json(o, str_from(x->why[i].what));
		cli_json_pair(o, "detail", x->why[i].detail);
		cli_json_pair(o, "mend", str_from(x->why[i].mend));
		out_char(o, '}');
	}
	out_cstr(o, "]");
}

void
inspected_json(struct cli *cli, const struct inspected *x)
{
	struct out	*o = &cli->out;
	char		 time[25];

	clock_format(x->time_ms, time);
	out_cstr(o, cli_printf(cli, "{\"type\": \"request\", \"number\": "
	    "%llu, \"time\": \"%s\"", (unsigned long long)x->number, time));
	cli_json_pair(o, "method", x->m.method);
	cli_json_pair(o, "target", x->m.target);
	cli_json_pair(o, "from", message_header(&x->m, "Offhook-Remote-Addr"));
	cli_json_pair(o, "verdict", x->verdict);
	out_cstr(o, x->account.n > 0 ? ", \"signature_valid\": true" :
	    ", \"signature_valid\": false");
	cli_json_pair(o, "account", x->account);
	cli_json_pair(o, "kind", message_header(&x->m, "Offhook-Kind"));
	json_why(o, x);
	json_headers(o, &x->m);
	json_form(o, x);
	json_body(cli, x);
	out_cstr(o, "}\n");
}
