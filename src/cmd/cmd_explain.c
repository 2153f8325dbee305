/* offhook signature explain: why a request was refused, what to change. */
#include "rejected.h"
#include "table.h"

#define MAX_CAPTURE ((size_t)8 << 20)

const struct option options_explain[] = {
	{ "file", "FILE", "a captured HTTP request (- standard input), not "
	    "one of the ring", false },
	{ NULL, NULL, NULL, false }
};

/* What explain says, beside what the ring noted. */
struct verdict {
	struct str		 time;
	struct str		 from;
	struct str		 id;		/* "r12", or the file */
	struct str		 reason;	/* as noted; may be absent */
	const char		*reason_what;	/* NULL: the signature */
	const char		*reason_mend;
	enum explain_result	 result;
	enum sig_verdict	 body;		/* of a body that is no form */
	struct explain		 e;
};

static bool
read_file(struct cli *cli, const char *path, struct message *m)
{
	struct str		text = cli_file(cli, path, MAX_CAPTURE);
	enum message_result	r;

	if (text.p == NULL)
		return false;
	r = message_parse(text, m);
	if (r == MESSAGE_OK)
		return true;
	cli_error("%s: %s", path, message_strerror(r));
	cli_note("It must be as it came over the wire: POST /twilio "
	    "HTTP/1.1, headers, a blank line, the body.");
	return false;
}

static bool
read_ring(struct cli *cli, struct str word, struct message *m,
    struct str *id)
{
	struct rejected		r;
	struct ring_entry	e;
	uint64_t		seq;
	bool			found;

	if (!rejected_open(cli, &r))
		return false;
	seq = rejected_number(&r, word);
	found = rejected_get(cli, &r, seq, &e, m);
	rejected_close(&r);
	if (found) {
		*id = str_from(cli_printf(cli, "r%llu",
		    (unsigned long long)seq));
		return true;
	}
	if (!r.there || r.last == 0)
		cli_error("no rejected request is kept: none came, or "
		    "OFFHOOK_STATE cannot be written (see offhook doctor)");
	else
		cli_error("there is no rejected request %s; see: offhook "
		    "request list --rejected", word.p);
	return false;
}

static void
line(struct cli *cli, const char *before, struct str text)
{
	out_cstr(&cli->out, before);
	out_printable(&cli->out, text);
	out_char(&cli->out, '\n');
}

static void
print_candidates(struct cli *cli, const struct explain *e)
{
	size_t	i;

	out_cstr(&cli->out, "offhook would have accepted a signature of:\n");
	for (i = 0; i < e->candidates.n; i++)
		line(cli, "    ", cli_masked(cli, e->candidates.url[i]));
	if (e->candidates.n == 0)
		out_cstr(&cli->out, "    (no URL: set OFFHOOK_PUBLIC_URL)\n");
}

static void
print_found(struct cli *cli, const struct explain *e)
{
	size_t	i;

	out_cstr(&cli->out, e->nfaults == 1 ?
	    "One thing is wrong:\n" : "Two things are wrong:\n");
	for (i = 0; i < e->nfaults; i++) {
		cli_wrapped(cli, "  * ", e->fault[i].what);
		if (e->fault[i].detail.n > 0)
			line(cli, "    here: ", cli_masked(cli,
			    e->fault[i].detail));
		cli_wrapped(cli, "    mend: ", e->fault[i].mend);
	}
	line(cli, "Signed was: ", cli_masked(cli, e->url));
	if (e->account.n > 0)
		line(cli, "with the token of: ", e->account);
}

static void
print_unknown(struct cli *cli, const struct explain *e)
{
	size_t	i;

	out_cstr(&cli->out, cli_printf(cli, "Nothing fits (%zu signatures "
	    "tried). Most likely:\n", e->tried));
	for (i = 0; i < e->nsuspects; i++)
		cli_wrapped(cli, "  * ", e->suspect[i]);
}

static void
print_text(struct cli *cli, const struct verdict *v)
{
	line(cli, "request: ", v->id);
	if (v->time.p != NULL)
		line(cli, "arrived: ", v->time);
	if (v->from.p != NULL)
		line(cli, "from:    ", v->from);
	if (v->reason.p != NULL)
		line(cli, "refused: ", v->reason);
	if (v->reason_what != NULL) {
		cli_wrapped(cli, "  * ", v->reason_what);
		cli_wrapped(cli, "    mend: ", v->reason_mend);
	}
	print_candidates(cli, &v->e);
	switch (v->result) {
	case EXPLAIN_VALID:
		out_cstr(&cli->out, "The signature is valid under the "
		    "present settings.\n");
		break;
	case EXPLAIN_FOUND:
		print_found(cli, &v->e);
		break;
	case EXPLAIN_UNKNOWN:
		print_unknown(cli, &v->e);
		break;
	case EXPLAIN_UNSIGNED:
		out_cstr(&cli->out, "The request carries no signature: "
		    "nothing to compare.\n");
		break;
	case EXPLAIN_FAILED:
		out_cstr(&cli->out, "It cannot be checked: the form cannot "
		    "be read, or memory is short.\n");
		break;
	}
}

static const char *
result_name(enum explain_result r)
{
	switch (r) {
	case EXPLAIN_VALID:
		return "valid";
	case EXPLAIN_FOUND:
		return "found";
	case EXPLAIN_UNKNOWN:
		return "unknown";
	case EXPLAIN_UNSIGNED:
		return "unsigned";
	case EXPLAIN_FAILED:
		return "failed";
	}
	return "";
}

static void
json_faults(struct cli *cli, const struct explain *e)
{
	struct out	*o = &cli->out;
	size_t		 i;

	out_cstr(o, ", \"faults\": [");
	for (i = 0; i < e->nfaults; i++) {
		out_cstr(o, i == 0 ? "{\"what\": " : ", {\"what\": ");
		out_json(o, str_from(e->fault[i].what));
		cli_json_pair(o, "detail", cli_masked(cli, e->fault[i].detail));
		cli_json_pair(o, "mend", str_from(e->fault[i].mend));
		out_char(o, '}');
	}
	out_cstr(o, "], \"suspects\": [");
	for (i = 0; i < e->nsuspects; i++) {
		out_cstr(o, i == 0 ? "" : ", ");
		out_json(o, str_from(e->suspect[i]));
	}
	out_cstr(o, "], \"candidates\": [");
	for (i = 0; i < e->candidates.n; i++) {
		out_cstr(o, i == 0 ? "" : ", ");
		out_json(o, cli_masked(cli, e->candidates.url[i]));
	}
	out_char(o, ']');
}

static void
print_json(struct cli *cli, const struct verdict *v)
{
	struct out	*o = &cli->out;
	struct str	 url = v->result == EXPLAIN_FOUND ||
			    v->result == EXPLAIN_VALID ?
			    cli_masked(cli, v->e.url) : (struct str){ NULL, 0 };

	out_cstr(o, "{\"request\": ");
	out_json(o, v->id);
	cli_json_pair(o, "arrived", v->time);
	cli_json_pair(o, "from", v->from);
	cli_json_pair(o, "reason", v->reason);
	cli_json_pair(o, "meaning", str_from(v->reason_what));
	cli_json_pair(o, "mend", str_from(v->reason_mend));
	cli_json_pair(o, "result", str_from(result_name(v->result)));
	cli_json_pair(o, "signed_url", url);
	cli_json_pair(o, "account", url.p == NULL ? url : v->e.account);
	json_faults(cli, &v->e);
	out_cstr(o, cli_printf(cli, ", \"tried\": %zu}\n", v->e.tried));
}

/* Is the form of the body signed by its hash, and is that right? */
static void
check_body(const struct message *m, struct verdict *v)
{
	struct str	type = message_header(m, "Content-Type"), head;
	struct str	name;

	if (v->reason_what != NULL || v->result != EXPLAIN_VALID ||
	    !str_cut(&type, ';', &head) ||
	    !str_ieq(str_trim(head), STR("application/json")))
		return;
	v->body = sig_body(url_query(m->target), m->body);
	if (v->body == SIG_VALID)
		return;
	name = str_from(sig_verdict_name(v->body));
	(void)explain_reason(name, &v->reason_what, &v->reason_mend);
}

int
cmd_signature_explain(struct cli *cli)
{
	const char		*file = option_get(&cli->args, "file");
	struct str		 word = cli->args.noperands > 0 ?
				    str_from(cli->args.operand[0]) :
				    STR("last");
	struct verdict		*v = cli_alloc(cli, 1, sizeof(*v));
	struct message		*m = cli_alloc(cli, 1, sizeof(*m));
	struct explain_input	 in;
	const struct config	*c;
	struct sig		 sig;

	if (file != NULL && cli->args.noperands > 0)
		return cli_usage(cli, "give a number or --file, not both");
	c = cli_config(cli);
	if (c == NULL)
		return EXIT_FAILURE;
	v->id = str_from(file);
	if (file != NULL ? !read_file(cli, file, m) :
	    !read_ring(cli, word, m, &v->id))
		return EXIT_FAILURE;
	if (!sig_open(&sig)) {
		cli_error("libcrypto cannot make HMAC-SHA1");
		return EXIT_FAILURE;
	}
	v->time = message_header(m, "Offhook-Time");
	v->from = message_header(m, "Offhook-Remote-Addr");
	v->reason = message_header(m, "Offhook-Reason");
	(void)explain_reason(v->reason, &v->reason_what, &v->reason_mend);
	rejected_explain_input(cli, c, m, &in);
	v->result = explain(&cli->arena, &sig, &in, &v->e);
	sig_close(&sig);
	check_body(m, v);
	if (cli->json)
		print_json(cli, v);
	else
		print_text(cli, v);
	return v->result == EXPLAIN_UNKNOWN || v->result == EXPLAIN_FAILED ?
	    EXIT_FAILURE : 0;
}
