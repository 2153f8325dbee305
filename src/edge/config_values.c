/* Check the values of the settings. See config_values.h. */
#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>

#include "../core/kind.h"
#include "../core/sid.h"
#include "config_values.h"

#define MAX_BODY_BYTES 2097152	/* its decoded copies fit the request's arena */
#define DEFAULT_BODY_BYTES 262144
#define MAX_PROCESSES 1024
#define DEFAULT_PROCESSES 8
#define DEFAULT_SPOOL_BYTES 1073741824
#define DEFAULT_SPOOL_FILES 100000

void
config_fault(struct out *e, const char *source, const char *name)
{
	out_cstr(e, source);
	out_cstr(e, ": ");
	if (name != NULL) {
		out_cstr(e, name);
		out_cstr(e, ": ");
	}
}

static void
fault(struct config *c, enum setting s, struct out *e, const char *text)
{
	config_fault(e, c->source[s], config_setting_name(s));
	out_cstr(e, text);
	out_char(e, '\n');
}

/* The next word of a list separated by blanks; false at its end. */
static bool
next_word(struct str *rest, struct str *word)
{
	while (str_cut(rest, ' ', word))
		if (word->n > 0)
			return true;
	return false;
}

static struct account *
find_account(struct config *c, struct str sid)
{
	size_t	i;

	for (i = 0; i < c->naccounts; i++)
		if (str_eq(c->accounts[i].sid, sid))
			return &c->accounts[i];
	return NULL;
}

static bool
token_is_taken(const struct config *c, struct str token)
{
	size_t	i, j;

	for (i = 0; i < c->naccounts; i++)
		for (j = 0; j < c->accounts[i].ntokens; j++)
			if (str_eq(c->accounts[i].token[j], token))
				return true;
	return false;
}

static void
token_fault(struct out *e, const struct token_setting *t, const char *text)
{
	config_fault(e, t->source, NULL);
	out_cstr(e, "the token of ");
	out_printable(e, t->sid);
	out_cstr(e, text);
	out_char(e, '\n');
}

/* Tokens are letters and digits; a stray word must not become a key. */
static bool
is_token(struct str s)
{
	size_t	i;

	for (i = 0; i < s.n; i++)
		if (!((s.p[i] >= 'A' && s.p[i] <= 'Z') ||
		    (s.p[i] >= 'a' && s.p[i] <= 'z') ||
		    (s.p[i] >= '0' && s.p[i] <= '9') ||
		    s.p[i] == '-' || s.p[i] == '_'))
			return false;
	return s.n > 0;
}

static void
add_tokens(struct config *c, const struct token_setting *t, struct out *e)
{
	struct account	*a = find_account(c, t->sid);
	struct str	 rest = t->value, word;

	if (a != NULL) {
		token_fault(e, t, " is set twice (also by another name); "
		    "keep one of them");
		return;
	}
	if (c->naccounts == CONFIG_MAX_ACCOUNTS) {
		token_fault(e, t, " is one too many; at most 64 accounts");
		return;
	}
	a = &c->accounts[c->naccounts++];
	a->sid = t->sid;
	while (next_word(&rest, &word)) {
		if (!is_token(word))
			token_fault(e, t, " holds something that no token "
			    "does; give the token alone, two of them "
			    "separated by a blank");
		else if (token_is_taken(c, word))
			token_fault(e, t, " is another account's token as "
			    "well; each account has its own");
		else if (a->ntokens == CONFIG_MAX_TOKENS)
			token_fault(e, t, " has more than 4 values; keep the "
			    "current and the next one");
		else
			a->token[a->ntokens++] = word;
	}
	if (str_trim(t->value).n == 0)
		token_fault(e, t, " is only blanks; set it, or remove it");
	if (a->ntokens > c->max_tokens)
		c->max_tokens = a->ntokens;
}

static void
check_accounts(struct config *c, const struct token_setting *t, size_t n,
    struct out *e)
{
	struct str		 sid = c->value[SETTING_ACCOUNT_SID];
	struct str		 token = c->value[SETTING_AUTH_TOKEN];
	struct token_setting	 main_token = { sid, token,
				    c->source[SETTING_AUTH_TOKEN] };
	size_t			 i;

	if (sid.n > 0 && !sid_valid(sid, "AC"))
		fault(c, SETTING_ACCOUNT_SID, e, "it is not an account SID "
		    "(AC and 32 hexadecimal digits); copy it from the "
		    "Twilio Console");
	else if (sid.n > 0 && token.n > 0)
		add_tokens(c, &main_token, e);
	if (sid.n == 0 && token.n > 0)
		fault(c, SETTING_AUTH_TOKEN, e, "whose token is it? set "
		    "TWILIO_ACCOUNT_SID=AC… too");
	for (i = 0; i < n; i++)
		add_tokens(c, &t[i], e);
	if (sid.n > 0 && sid_valid(sid, "AC") && find_account(c, sid) == NULL)
		fault(c, SETTING_ACCOUNT_SID, e, "it has no token; set "
		    "TWILIO_AUTH_TOKEN=… (Twilio Console, Account Info)");
	if (sid.n == 0 && token.n == 0 && n == 0 && !c->unread)
		fault(c, SETTING_AUTH_TOKEN, e, c->file != NULL ?
		    "no account is set; set TWILIO_ACCOUNT_SID=AC… and "
		    "TWILIO_AUTH_TOKEN=…" :
		    "no account is set, and no file was found: name it in "
		    "OFFHOOK_CONFIG, or put offhook.conf into the parent of "
		    "the program's folder, or into /etc/offhook");
	for (i = 0; i < c->naccounts; i++)
		if (str_eq(c->accounts[i].sid, sid))
			c->default_account = i;
}

static bool
host_has_at(const PQconninfoOption *o)
{
	for (; o->keyword != NULL; o++)
		if (strcmp(o->keyword, "host") == 0 && o->val != NULL &&
		    o->val[0] != '@')	/* an abstract Unix socket */
			return strchr(o->val, '@') != NULL;
	return false;
}

static void
check_conninfo(struct config *c, enum setting s, struct out *e)
{
	PQconninfoOption	*options;
	char			*ignored = NULL;

	/* libpq's own text could quote the password: it is not shown. */
	if (c->value[s].n == 0)
		return;
	options = PQconninfoParse(c->value[s].p, &ignored);
	/* An @ of the password that was not escaped moves into the host. */
	if (options == NULL || host_has_at(options))
		fault(c, s, e, "libpq cannot read it; write "
		    "postgresql://user:password@host:5432/database with odd "
		    "characters of the password as %XX, or host=… user=… "
		    "dbname=…");
	PQconninfoFree(options);
	PQfreemem(ignored);
}

static void
check_bases(struct config *c, struct out *e)
{
	struct str	rest = c->value[SETTING_PUBLIC_URL], word;
	enum url_result	r;
	size_t		at;

	while (next_word(&rest, &word)) {
		if (c->nbases == CONFIG_MAX_BASES) {
			fault(c, SETTING_PUBLIC_URL, e,
			    "more than 8 URLs; run a responder for the rest");
			return;
		}
		r = url_parse_base(word, &c->bases[c->nbases]);
		if (r == URL_OK) {
			c->nbases++;
			continue;
		}
		config_fault(e, c->source[SETTING_PUBLIC_URL],
		    config_setting_name(SETTING_PUBLIC_URL));
		out_cstr(e, url_strerror(r));
		out_cstr(e, " in \"");
		while ((at = str_find(word, '@', 0)) < word.n)
			word = str_sub(word, at + 1, word.n);
		out_printable(e, word);
		out_cstr(e, "\"; write it as Twilio is told, such as "
		    "https://hooks.example.com\n");
	}
}

/* The networks of a setting; how many of them there are. */
static size_t
check_networks(struct config *c, enum setting s, struct network *net,
    struct out *e)
{
	struct str	rest = c->value[s], word;
	size_t		n = 0;

	while (next_word(&rest, &word)) {
		if (n < CONFIG_MAX_NETWORKS && network_parse(word, &net[n])) {
			n++;
			continue;
		}
		config_fault(e, c->source[s], config_setting_name(s));
		out_char(e, '"');
		out_printable(e, word);
		out_cstr(e, "\" is no address or network, or more than 32; "
		    "write 10.0.0.7, 10.0.0.0/8 or fd00::/8\n");
	}
	return n;
}

bool
config_trusts(const struct config *c, struct str address)
{
	unsigned char	a[16];

	return network_address(address, a) &&
	    network_has(c->proxies, c->nproxies, a);
}

static void
check_secrets(struct config *c, struct out *e)
{
	static const char safe[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789-._~";
	struct str	basic = c->value[SETTING_BASIC_AUTH];
	struct str	token = c->value[SETTING_URL_TOKEN];
	size_t		i, colon = str_find(basic, ':', 0);

	if (basic.n > 0 && (colon == 0 || colon + 1 >= basic.n))
		fault(c, SETTING_BASIC_AUTH, e, "write user:password");
	else if (basic.n > 0)
		c->basic_auth = basic;
	for (i = 0; i < token.n; i++)
		if (strchr(safe, token.p[i]) == NULL) {
			fault(c, SETTING_URL_TOKEN, e, "use only letters, "
			    "digits and - . _ ~ (a URL carries it as it is)");
			return;
		}
	if (token.n > 0)
		c->url_token = token;
}

static void
check_folder(struct config *c, enum setting s, struct out *e)
{
	if (c->value[s].n > 0 && c->value[s].p[0] != '/')
		fault(c, s, e, "write an absolute path; the web server "
		    "chooses the working folder");
}

static void
check_folders(struct config *c, enum setting s, struct out *e)
{
	struct str	rest = c->value[s], word;

	while (next_word(&rest, &word))
		if (word.p[0] != '/')
			fault(c, s, e, "write absolute paths, separated by "
			    "blanks");
}

/* A number of at least 1; or the default. */
static int64_t
check_number(struct config *c, enum setting s, int64_t otherwise,
    struct out *e)
{
	struct str	text = c->value[s];
	uint64_t	n = (uint64_t)otherwise;

	if (text.n > 0 && (!str_to_uint(text, INT64_MAX, &n) || n == 0))
		fault(c, s, e, "write a number of at least 1 (to switch the "
		    "spool off, set OFFHOOK_SPOOL to nothing)");
	return (int64_t)n;
}

static void
check_spool(struct config *c, struct out *e)
{
	check_folder(c, SETTING_SPOOL, e);
	c->spool_bytes = check_number(c, SETTING_SPOOL_BYTES,
	    DEFAULT_SPOOL_BYTES, e);
	c->spool_files = check_number(c, SETTING_SPOOL_FILES,
	    DEFAULT_SPOOL_FILES, e);
}

static void
check_processes(struct config *c, struct out *e)
{
	struct str	text = c->value[SETTING_PROCESSES];
	uint64_t	n = DEFAULT_PROCESSES;

	if (text.n > 0 && (!str_to_uint(text, MAX_PROCESSES, &n) || n == 0))
		fault(c, SETTING_PROCESSES, e, "write how many processes of "
		    "offhook.fcgi the web server runs, from 1 to 1024");
	c->processes = (size_t)n;
}

static void
check_rest(struct config *c, struct out *e)
{
	struct str	body = c->value[SETTING_MAX_BODY];
	struct str	log = c->value[SETTING_LOG];
	uint64_t	n = DEFAULT_BODY_BYTES;

	if (body.n > 0 && (!str_to_uint(body, MAX_BODY_BYTES, &n) || n == 0))
		fault(c, SETTING_MAX_BODY, e,
		    "write a number of bytes from 1 to 2097152");
	c->max_body = (size_t)n;
	c->log_json = str_eq(log, STR("json"));
	if (log.n > 0 && !c->log_json && !str_eq(log, STR("text")))
		fault(c, SETTING_LOG, e, "write text or json");
}

/* The kind that a person may have meant, or NULL. */
static const char *
nearest_kind(struct str kind)
{
	const char	*name, *best = NULL;
	size_t		 i, d, least = 6;

	for (i = 0; i < EVENT_KINDS; i++) {
		name = event_kind_name((enum event_kind)i);
		d = str_distance(kind, str_from(name));
		if (d < least) {
			least = d;
			best = name;
		}
	}
	return best;
}

static void
redact_fault(struct config *c, struct str rule, enum redact_result r,
    struct out *e)
{
	struct str	kind;
	const char	*near = NULL;

	config_fault(e, c->source[SETTING_REDACT],
	    config_setting_name(SETTING_REDACT));
	out_cstr(e, redact_strerror(r));
	out_cstr(e, " in \"");
	out_printable(e, str_sub(rule, 0, 80));
	out_char(e, '"');
	if (r == REDACT_NO_KIND && str_cut(&rule, ':', &kind))
		near = nearest_kind(kind);
	if (near != NULL) {
		out_cstr(e, "; did you mean ");
		out_cstr(e, near);
		out_cstr(e, "?\n");
	} else
		out_cstr(e, "; write rules such as message.*:body "
		    "call.status:numbers *:all, separated by blanks\n");
}

static void
check_redact(struct config *c, struct out *e)
{
	struct str		rest = c->value[SETTING_REDACT], word;
	enum redact_result	r;

	while (next_word(&rest, &word)) {
		r = redact_add(&c->redact, word);
		if (r != REDACT_OK)
			redact_fault(c, word, r, e);
	}
}

void
config_check(struct config *c, const struct token_setting *t, size_t n,
    struct out *e)
{
	check_accounts(c, t, n, e);
	check_conninfo(c, SETTING_DATABASE_URL, e);
	check_conninfo(c, SETTING_ADMIN_DATABASE_URL, e);
	check_bases(c, e);
	c->nproxies = check_networks(c, SETTING_TRUSTED_PROXIES, c->proxies,
	    e);
	c->nallowed = check_networks(c, SETTING_ALLOW_PRIVATE, c->allowed, e);
	check_secrets(c, e);
	check_folder(c, SETTING_STATE, e);
	check_spool(c, e);
	check_folders(c, SETTING_EXEC, e);
	check_folder(c, SETTING_SENDMAIL, e);
	check_processes(c, e);
	check_rest(c, e);
	check_redact(c, e);
}
