/* Search for the fault behind a refused signature. See explain.h. */
#include "explain_state.h"

#define MAX_STEPS 1024		/* faults that apply, each way counted */
#define MAX_WORK 4000000000	/* about bytes hashed: some seconds */

/* One way of one fault. */
struct step {
	const struct fault	*fault;
	size_t			 way;
};

struct search {
	struct world		 w;
	struct sig		*sig;
	struct explain		*out;
	struct state		 start;
	struct step		*step;
	size_t			 nsteps;
	uint64_t		 work;
	bool			 failed;
};

static const struct fault *const fault_lists[] = {
	explain_header_faults, explain_url_faults, explain_path_faults,
	explain_query_faults, explain_form_faults, explain_order_faults,
	explain_key_faults
};

#define FAULT_LISTS (sizeof(fault_lists) / sizeof(fault_lists[0]))

struct out
explain_text(struct world *w, size_t cap)
{
	char	*p = arena_alloc(w->arena, cap, 1);

	return out_init(p, p == NULL ? 0 : cap);
}

bool
explain_set(struct str *to, struct str s)
{
	if (s.p == NULL || str_eq(*to, s))
		return false;
	*to = s;
	return true;
}

/* Whether the state's signature fits; what fitted goes into *out. */
static bool
fits(struct search *s, const struct state *st)
{
	struct candidates	c = { .n = 0 };
	struct sig_match	match;
	struct str		params = st->params;

	if (s->work > MAX_WORK)
		return false;
	url_candidates(s->w.arena, &st->base, st->target, &c);
	if (params.p == NULL)
		params = sig_params(s->w.arena, &st->form);
	s->out->tried += c.n * st->ntokens;
	s->work += (uint64_t)(params.n + 300) * (c.n * st->ntokens + 2);
	switch (sig_check(s->sig, st->signature, &c, params, st->token,
	    st->ntokens, &match)) {
	case SIG_VALID:
		s->out->url = c.url[match.candidate];
		s->out->account = st->account;
		return true;
	case SIG_UNAVAILABLE:
		s->failed = true;
		return false;
	case SIG_MISSING:
	case SIG_MALFORMED:
	case SIG_MISMATCH:
	case SIG_BODY_UNSIGNED:
	case SIG_BODY_CHANGED:
		break;
	}
	return false;
}

static bool
apply(struct search *s, const struct step *step, struct state *st,
    struct explain_fault *found)
{
	found->what = step->fault->what;
	found->mend = step->fault->mend;
	found->detail = (struct str){ NULL, 0 };
	return step->fault->apply(&s->w, st, step->way, &found->detail);
}

/* All ways that change something here. */
static void
collect_steps(struct search *s)
{
	const struct fault	*f;
	struct explain_fault	 ignored;
	struct state		 st;
	struct step		 step;
	size_t			 i, mark = s->w.arena->used;

	s->nsteps = 0;
	for (i = 0; i < FAULT_LISTS; i++)
		for (f = fault_lists[i]; f->what != NULL; f++)
			for (step = (struct step){ f, 0 };
			    step.way < f->ways && s->nsteps < MAX_STEPS;
			    step.way++) {
				st = s->start;
				if (apply(s, &step, &st, &ignored))
					s->step[s->nsteps++] = step;
				s->w.arena->used = mark;
			}
}

static bool
try_single(struct search *s)
{
	struct state	st;
	size_t		i, mark = s->w.arena->used;

	for (i = 0; i < s->nsteps && !s->failed; i++) {
		st = s->start;
		if (apply(s, &s->step[i], &st, &s->out->fault[0]) &&
		    fits(s, &st)) {
			s->out->nfaults = 1;
			return true;
		}
		s->w.arena->used = mark;
	}
	return false;
}

static bool
pairs_with_others(const struct step *step)
{
	return step->fault->pair_ways == 0 ||
	    step->way < step->fault->pair_ways;
}

static bool
try_second(struct search *s, const struct state *first, size_t i)
{
	struct state	st;
	size_t		j, mark = s->w.arena->used;

	/* From i itself: two parameters can be one too many. */
	for (j = i; j < s->nsteps && !s->failed; j++) {
		if (!pairs_with_others(&s->step[j]))
			continue;
		st = *first;
		if (apply(s, &s->step[j], &st, &s->out->fault[1]) &&
		    fits(s, &st)) {
			s->out->nfaults = 2;
			return true;
		}
		s->w.arena->used = mark;
	}
	return false;
}

static bool
try_double(struct search *s)
{
	struct state	st;
	size_t		i, mark = s->w.arena->used;

	for (i = 0; i < s->nsteps && !s->failed && s->work <= MAX_WORK; i++) {
		if (!pairs_with_others(&s->step[i]))
			continue;
		st = s->start;
		if (apply(s, &s->step[i], &st, &s->out->fault[0]) &&
		    try_second(s, &st, i))
			return true;
		s->w.arena->used = mark;
	}
	return false;
}

static const struct explain_account *
find_account(const struct explain_input *in, struct str sid)
{
	size_t	i;

	for (i = 0; i < in->naccounts; i++)
		if (str_eq(in->accounts[i].sid, sid))
			return &in->accounts[i];
	return NULL;
}

/* The tokens that offhook tries: of the account named, or all of them. */
static void
choose_tokens(struct search *s, const struct form *named_in)
{
	const struct explain_input	*in = s->w.in;
	const struct explain_account	*a;
	struct str			*all;
	size_t				 i, j;

	s->start.account = form_get(named_in, "AccountSid");
	if (s->start.account.n > 0) {
		a = find_account(in, s->start.account);
		s->start.token = a == NULL ? NULL : a->token;
		s->start.ntokens = a == NULL ? 0 : a->ntokens;
		return;
	}
	all = arena_alloc(s->w.arena, STATE_MAX_TOKENS, sizeof(*all));
	s->start.token = all;
	for (i = 0; all != NULL && i < in->naccounts; i++)
		for (j = 0; j < in->accounts[i].ntokens &&
		    s->start.ntokens < STATE_MAX_TOKENS; j++)
			all[s->start.ntokens++] = in->accounts[i].token[j];
}

static bool
media_type_is_form(struct str type)
{
	struct str	head;

	if (type.n == 0)
		return true;	/* offhook takes nothing for an empty form */
	return str_cut(&type, ';', &head) && str_ieq(str_trim(head),
	    STR("application/x-www-form-urlencoded"));
}

/* The server's own URL, where no public one is set. */
static bool
server_base(struct search *s, struct base *b)
{
	const struct message	*m = s->w.in->request;
	struct str		 scheme = message_header(m, "Offhook-Scheme");
	struct str		 https = message_header(m, "Offhook-Https");
	struct str		 host = message_header(m, "Host"), parts[3];

	if (str_ieq(https, STR("on")) || str_eq(https, STR("1")))
		scheme = STR("https");
	if (host.n == 0)
		host = message_header(m, "Offhook-Server-Name");
	if (s->w.in->trusted) {
		if (message_header(m, "X-Forwarded-Proto").n > 0)
			scheme = message_header(m, "X-Forwarded-Proto");
		if (message_header(m, "X-Forwarded-Host").n > 0)
			host = message_header(m, "X-Forwarded-Host");
	}
	parts[0] = scheme.n > 0 ? scheme : STR("http");
	parts[1] = STR("://");
	parts[2] = host;
	return url_parse_base(arena_join(s->w.arena, parts, 3), b) == URL_OK;
}

static bool
same_host(struct search *s, const struct base *b)
{
	struct base	named = { .port = 0 };

	return explain_host(&s->w, message_header(s->w.in->request, "Host"),
	    &named) && str_ieq(named.host, b->host);
}

/* What offhook rebuilds from this request, without any fault. */
static enum form_result
set_start(struct search *s)
{
	const struct message	*m = s->w.in->request;
	struct form		 query = { NULL, 0 };
	enum form_result	 r = FORM_OK;
	bool			 get = str_eq(m->method, STR("GET"));

	s->start = (struct state){ .target = m->target };
	s->start.signature = message_header(m, "X-Twilio-Signature");
	s->w.is_form = !get &&
	    media_type_is_form(message_header(m, "Content-Type"));
	s->start.raw = s->w.is_form ? m->body : STR("");
	if (s->w.is_form)
		r = form_decode(s->w.arena, m->body, &s->start.form);
	if (r == FORM_OK && get)
		r = form_decode(s->w.arena, url_query(m->target), &query);
	choose_tokens(s, s->w.is_form ? &s->start.form : &query);
	return r;
}

/* The bases to start from: those of the request's host, or all. */
static size_t
choose_bases(struct search *s, struct base *bases, size_t max)
{
	const struct explain_input	*in = s->w.in;
	size_t				 i, n = 0;
	bool				 any = false;

	if (in->nbases == 0)
		return server_base(s, &bases[0]) ? 1 : 0;
	for (i = 0; i < in->nbases; i++)
		any = any || same_host(s, &in->bases[i]);
	for (i = 0; i < in->nbases && n < max; i++)
		if (!any || same_host(s, &in->bases[i]))
			bases[n++] = in->bases[i];
	return n;
}

static void
suspect(struct explain *out, const char *text)
{
	if (out->nsuspects < EXPLAIN_MAX_SUSPECTS)
		out->suspect[out->nsuspects++] = text;
}

/* Nothing fits: what is left, the likeliest first. */
static void
list_suspects(struct search *s)
{
	struct explain	*out = s->out;
	bool		 proxy = str_starts(message_header(s->w.in->request,
			    "User-Agent"), STR("TwilioProxy"));

	if (s->work > MAX_WORK)
		suspect(out, "Not everything was tried, since the request is "
		    "very large.");
	if (!proxy)
		suspect(out, "The request is not from Twilio (its User-Agent "
		    "is not TwilioProxy): then all is well.");
	if (s->start.account.n > 0 &&
	    find_account(s->w.in, s->start.account) == NULL)
		suspect(out, "The request names an account that is not in the "
		    "settings: add its token as TWILIO_AUTH_TOKEN_AC… (a "
		    "subaccount signs with its own).");
	else
		suspect(out, "The AuthToken was rotated, or is that of another "
		    "account or region: compare TWILIO_AUTH_TOKEN with the "
		    "Console's (Account, API keys & tokens); while rotating, "
		    "set both, separated by a blank.");
	if (s->w.in->nbases == 0)
		suspect(out, "Twilio was given a URL that the server cannot "
		    "know (a proxy in front): set OFFHOOK_PUBLIC_URL to it.");
	else
		suspect(out, "The URL in Twilio's console differs from the "
		    "ones tried above in a way that is not known here: paste "
		    "it into: offhook signature verify URL --data-file BODY "
		    "--signature S");
	suspect(out, "A proxy takes a prefix off the path, which nothing here "
	    "tells: let it pass the path as it is, or add the prefix to "
	    "OFFHOOK_PUBLIC_URL: https://host/prefix (offhook doctor finds "
	    "which).");
	suspect(out, "Something between Twilio and offhook changed the body: "
	    "compare it with the request in Twilio's Debugger (Monitor, "
	    "Logs, Errors).");
	if (proxy)
		suspect(out, "The request is not from Twilio: then all is "
		    "well.");
}

/* Singles of every base before doubles of any. */
static bool
search_bases(struct search *s, const struct base *bases, size_t n)
{
	size_t	i;

	for (i = 0; i < n && !s->failed; i++) {
		s->start.base = bases[i];
		if (fits(s, &s->start))
			return true;
	}
	for (i = 0; i < n && !s->failed; i++) {
		s->start.base = bases[i];
		collect_steps(s);
		if (try_single(s))
			return true;
	}
	for (i = 0; i < n && !s->failed; i++) {
		s->start.base = bases[i];
		collect_steps(s);
		if (try_double(s))
			return true;
	}
	return false;
}

enum explain_result
explain(struct arena *a, struct sig *sig, const struct explain_input *in,
    struct explain *out)
{
	struct search	s = { .w = { .in = in, .arena = a }, .sig = sig,
			    .out = out };
	struct base	bases[8];
	size_t		i, n;

	*out = (struct explain){ .nfaults = 0 };
	s.step = arena_alloc(a, MAX_STEPS, sizeof(*s.step));
	if (s.step == NULL || set_start(&s) != FORM_OK)
		return EXPLAIN_FAILED;
	n = choose_bases(&s, bases, sizeof(bases) / sizeof(bases[0]));
	for (i = 0; i < n; i++)
		url_candidates(a, &bases[i], in->request->target,
		    &out->candidates);
	if (s.start.signature.n == 0)
		return EXPLAIN_UNSIGNED;
	if (search_bases(&s, bases, n))
		return out->nfaults == 0 ? EXPLAIN_VALID : EXPLAIN_FOUND;
	out->nfaults = 0;
	if (s.failed || a->full)
		return EXPLAIN_FAILED;
	list_suspects(&s);
	return EXPLAIN_UNKNOWN;
}
