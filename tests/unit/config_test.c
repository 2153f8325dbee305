/* Settings: file and environment, and every fault with its place and mend. */
#include <stdlib.h>
#include <string.h>

#include "../../src/edge/config.h"
#include "tap.h"
#include "tempdir.h"

#define A "AC00000000000000000000000000000001"
#define B "AC00000000000000000000000000000002"
#define BASIC "TWILIO_ACCOUNT_SID=" A "\nTWILIO_AUTH_TOKEN=test-token-a\n"

static char	errors[16384];
static char	file[512];

/* The settings of this file; what is wrong is in errors. */
static bool
opened(struct config *c, struct str text)
{
	struct out	o = out_init(errors, sizeof(errors) - 1);
	bool		good;

	tempfile("offhook.conf", text, 0600);
	good = config_open(c, file, &o);
	errors[o.n] = '\0';
	return good;
}

static void
test_defaults(void)
{
	struct config	c;
	char		state[600];

	ok(opened(&c, STR(BASIC)), "the least: %s", errors);
	is_int(c.naccounts, 1, "one account");
	is_str(c.accounts[0].sid, STR(A), "its SID");
	is_int(c.accounts[0].ntokens, 1, "one token");
	is_str(c.accounts[0].token[0], STR("test-token-a"), "is it");
	is_int(c.max_tokens, 1, "most tokens");
	is_int(c.nbases, 0, "no public URL");
	is_int(c.nproxies, 0, "no trusted proxy");
	is_int(c.nallowed, 0, "no private network is allowed");
	is_int(c.processes, 8, "processes");
	is_int(c.spool_bytes, 1 << 30, "the spool's bytes");
	is_int(c.spool_files, 100000, "the spool's files");
	ok(c.exec == NULL, "no program may be run");
	is_str(str_from(c.sendmail), STR("/usr/sbin/sendmail"), "sendmail");
	is_int(c.max_body, 262144, "largest body");
	ok(!c.log_json, "text log");
	ok(c.basic_auth.n == 0 && c.url_token.n == 0, "nothing on top");
	is_str(str_from(c.database_url), STR(""), "libpq's defaults");
	is_int(c.redact.n, 0, "nothing is left out of storage");
	(void)snprintf(state, sizeof(state), "%s/state", tempdir());
	is_str(str_from(c.state), str_from(state), "state beside the file");
	(void)snprintf(state, sizeof(state), "%s/state/spool", tempdir());
	is_str(str_from(c.spool), str_from(state), "spool in state");
	is_str(str_from(c.file), str_from(file), "the file");
	is_str(str_from(c.source[SETTING_MAX_BODY]), STR("default"),
	    "where a default comes from");
	(void)snprintf(state, sizeof(state), "%s:2", file);
	is_str(str_from(c.source[SETTING_AUTH_TOKEN]), str_from(state),
	    "where a value comes from");
	config_close(&c);
	config_close(&c);
	ok(c.memory == NULL, "closed twice");
}

static void
test_whole(void)
{
	struct config	c;

	ok(opened(&c, STR("\xef\xbb\xbf# comment\r\n\r\n"
	    "  TWILIO_ACCOUNT_SID = " A " \r\n"
	    "export TWILIO_AUTH_TOKEN='one two'\n"
	    "TWILIO_AUTH_TOKEN_" B "=\"three\"\n"
	    "DATABASE_URL=postgresql://u:p%20w@127.0.0.1:5433/d\n"
	    "OFFHOOK_ADMIN_DATABASE_URL=host=/run dbname=d\n"
	    "OFFHOOK_PUBLIC_URL=https://u:p@h/tw/#rc=2  http://h:8080\n"
	    "OFFHOOK_TRUSTED_PROXIES=10.0.0.0/8 192.0.2.7 2001:db8::/32 ::1\n"
	    "OFFHOOK_BASIC_AUTH=user:pass:word\nOFFHOOK_URL_TOKEN=s-._~9\n"
	    "OFFHOOK_MAX_BODY=1024\nOFFHOOK_STATE=/var/lib/offhook\n"
	    "OFFHOOK_REDACT=message.*:body  *:numbers\n"
	    "OFFHOOK_ALLOW_PRIVATE=127.0.0.1 fd00::/8\n"
	    "OFFHOOK_PROCESSES=1024\nOFFHOOK_SPOOL_BYTES=5000\n"
	    "OFFHOOK_SPOOL_FILES=7\nOFFHOOK_EXEC=/opt/a /opt/b\n"
	    "OFFHOOK_SENDMAIL=/bin/mail\n"
	    "OFFHOOK_LOG=json\nPGSSLMODE=require")), "all of them: %s",
	    errors);
	is_int(c.naccounts, 2, "two accounts");
	is_int(c.max_tokens, 2, "most tokens");
	ok(config_account(&c, STR(B)) != NULL &&
	    str_eq(config_account(&c, STR(B))->token[0], STR("three")),
	    "the second account, quotes are taken off");
	ok(config_account(&c, STR("AC1")) == NULL, "an unknown account");
	is_str(c.accounts[c.default_account].sid, STR(A), "the default one");
	is_str(c.accounts[c.default_account].token[1], STR("two"),
	    "its second token");
	is_int(c.nbases, 2, "two bases");
	is_str(c.bases[0].host, STR("h"), "userinfo and fragment are dropped");
	is_str(c.bases[0].prefix, STR("/tw"), "prefix");
	is_int(c.bases[1].port, 8080, "port");
	is_str(c.basic_auth, STR("user:pass:word"), "a password with a colon");
	is_str(c.url_token, STR("s-._~9"), "URL token");
	is_int(c.max_body, 1024, "largest body");
	ok(c.log_json, "JSON log");
	is_int(c.nallowed, 2, "two networks are allowed");
	is_int(c.allowed[1].bits, 8, "and which");
	is_int(c.processes, 1024, "processes");
	is_int(c.spool_bytes, 5000, "the spool's bytes");
	is_int(c.spool_files, 7, "the spool's files");
	is_str(str_from(c.exec), STR("/opt/a /opt/b"), "programs' folders");
	is_str(str_from(c.sendmail), STR("/bin/mail"), "another sendmail");
	is_int(c.redact.n, 2, "two rules of what is left out");
	is_int(redact_rules(&c.redact, STR("message.status")),
	    REDACT_BODY | REDACT_NUMBERS, "and what they say");
	is_str(str_from(c.state), STR("/var/lib/offhook"), "state");
	is_str(str_from(c.spool), STR("/var/lib/offhook/spool"), "spool");
	is_str(str_from(getenv("PGSSLMODE")), STR("require"),
	    "libpq's own names go into the environment");
	(void)unsetenv("PGSSLMODE");
	config_close(&c);
}

/* An empty value is none, but for the spool's: it switches it off. */
static void
test_spool_off(void)
{
	struct config	c;

	ok(opened(&c, STR(BASIC "OFFHOOK_SPOOL=\nOFFHOOK_STATE=\n")),
	    "empty ones: %s", errors);
	ok(c.spool == NULL, "no spool");
	ok(c.state != NULL, "but a state");
	config_close(&c);
	(void)setenv("OFFHOOK_SPOOL", "", 1);
	ok(opened(&c, STR(BASIC "OFFHOOK_SPOOL=/s\n")), "by the environment");
	ok(c.spool == NULL, "no spool either");
	config_close(&c);
	(void)unsetenv("OFFHOOK_SPOOL");
}

/* One process may serve two files in turn. */
static void
test_two_files(void)
{
	struct config	c;

	(void)setenv("PGPORT", "1", 1);
	ok(opened(&c, STR(BASIC "PGHOST=/one\nPGPORT=2\n")), "one: %s",
	    errors);
	is_str(str_from(getenv("PGHOST")), STR("/one"), "libpq's names");
	is_str(str_from(getenv("PGPORT")), STR("1"), "the environment wins");
	config_close(&c);
	ok(getenv("PGHOST") == NULL, "go with their file");
	ok(getenv("PGPORT") != NULL, "what was there before stays");
	(void)unsetenv("PGPORT");
}

static void
test_environment(void)
{
	struct config	c;

	(void)setenv("OFFHOOK_LOG", "json", 1);
	(void)setenv("TWILIO_AUTH_TOKEN", "from-environment", 1);
	(void)setenv("TWILIO_AUTH_TOKEN_" B, "b2", 1);
	(void)setenv("OFFHOOK_PUBLIC_URL", "", 1);
	ok(opened(&c, STR(BASIC "OFFHOOK_LOG=text\nOFFHOOK_PUBLIC_URL="
	    "https://h\nTWILIO_AUTH_TOKEN_" B "=b1\n")), "both: %s", errors);
	ok(c.log_json, "the environment wins");
	is_str(c.accounts[c.default_account].token[0],
	    STR("from-environment"), "for tokens too");
	is_str(config_account(&c, STR(B))->token[0], STR("b2"),
	    "and for those of other accounts");
	is_int(c.nbases, 1, "an empty variable is none");
	is_str(str_from(c.source[SETTING_LOG]), STR("environment"),
	    "the source is said");
	config_close(&c);
	(void)setenv("OFFHOOK_LGO", "x", 1);
	ok(!opened(&c, STR(BASIC)) && strstr(errors, "OFFHOOK_LOG?") != NULL,
	    "a misspelt variable gets a suggestion");
	config_close(&c);
	(void)clearenv();
	ok(!config_is_given(), "nothing is given");
	(void)setenv("OFFHOOK_CONFIG", file, 1);
	ok(config_is_given(), "a file is given");
	(void)clearenv();
	(void)setenv("TWILIO_ACCOUNT_SID", A, 1);
	ok(config_is_given(), "an account is given");
	(void)clearenv();
}

/* Each of these is refused, with this in the text. */
static const struct {
	const char	*text;
	const char	*says;
} faults[] = {
	{ "", "TWILIO_ACCOUNT_SID=AC" },
	{ "TWILIO_ACCOUNT_SID=AC1\nTWILIO_AUTH_TOKEN=x\n",
	    ":1: TWILIO_ACCOUNT_SID:" },
	{ "TWILIO_ACCOUNT_SID=" A "\n", "no token" },
	{ "TWILIO_AUTH_TOKEN=x\n", "whose token" },
	{ "TWILIO_ACCOUNT_SID=" A "\nTWILIO_AUTH_TOKEN=\" \"\n", "token" },
	{ BASIC "TWILIO_AUTH_TOKEN_" A "=y\n", "twice" },
	{ BASIC "TWILIO_AUTH_TOKEN_" B "=test-token-a\n", "another account" },
	{ BASIC "TWILIO_AUTH_TOKEN_AC1=y\n", ":3: " },
	{ BASIC "TWILIO_AUTH_TOKEN_" B "= ' ' \n", "blanks" },
	{ BASIC "TWILIO_AUTH_TOKEN=z\n", "twice" },
	{ "TWILIO_ACCOUNT_SID=" A "\nTWILIO_AUTH_TOKEN=abc # main\n",
	    "comment" },
	{ "TWILIO_ACCOUNT_SID=" A "\nTWILIO_AUTH_TOKEN=\"abc # main\"\n",
	    "no token" },
	{ "TWILIO_ACCOUNT_SID=" A "\nTWILIO_AUTH_TOKEN=\xe2\x80\xa6\n",
	    "no token" },
	{ BASIC "OFFHOOK_STATE=\"/x\n", "quotes" },
	{ BASIC "OFFHOOK_STATE=/x # y\n", "comment" },
	{ BASIC "DATABASE_URL=postgresql://x:a@b@127.0.0.1/app\n", "%XX" },
	{ "TWILIO_ACCOUNT_SID=" A "\nTWILIO_AUTH_TOKEN=1 2 3 4 5\n",
	    "more than 4" },
	{ BASIC "DATABASE_URL=nonsense\n", "DATABASE_URL:" },
	{ BASIC "DATABASE_URL=postgresql://u:p%zz@h/d\n", "DATABASE_URL:" },
	{ BASIC "OFFHOOK_PUBLIC_URL=hooks.example.com\n", "https://" },
	{ BASIC "OFFHOOK_PUBLIC_URL=https://h:0\n", "port" },
	{ BASIC "OFFHOOK_PUBLIC_URL=https://a https://b https://c https://d "
	    "https://e https://f https://g https://h https://i\n", "8" },
	{ BASIC "OFFHOOK_TRUSTED_PROXIES=localhost\n", "localhost" },
	{ BASIC "OFFHOOK_TRUSTED_PROXIES=10.0.0.0/33\n", "10.0.0.0/33" },
	{ BASIC "OFFHOOK_TRUSTED_PROXIES=10.0.0.0/\n", "10.0.0.0/" },
	{ BASIC "OFFHOOK_TRUSTED_PROXIES=::/129\n", "::/129" },
	{ BASIC "OFFHOOK_ALLOW_PRIVATE=10.0.0.0/8,127.0.0.1\n",
	    "OFFHOOK_ALLOW_PRIVATE: \"10.0.0.0/8,127.0.0.1\"" },
	{ BASIC "OFFHOOK_ALLOW_PRIVATE=yes\n", "10.0.0.0/8" },
	{ BASIC "OFFHOOK_PROCESSES=0\n", "1 to 1024" },
	{ BASIC "OFFHOOK_PROCESSES=1025\n", "1 to 1024" },
	{ BASIC "OFFHOOK_PROCESSES=many\n", "1 to 1024" },
	{ BASIC "OFFHOOK_BASIC_AUTH=user\n", "user:password" },
	{ BASIC "OFFHOOK_BASIC_AUTH=:x\n", "user:password" },
	{ BASIC "OFFHOOK_BASIC_AUTH=x:\n", "user:password" },
	{ BASIC "OFFHOOK_URL_TOKEN=a&b\n", "letters" },
	{ BASIC "OFFHOOK_URL_TOKEN=a b\n", "letters" },
	{ BASIC "OFFHOOK_MAX_BODY=0\n", "2097152" },
	{ BASIC "OFFHOOK_MAX_BODY=2097153\n", "2097152" },
	{ BASIC "OFFHOOK_MAX_BODY=1k\n", "2097152" },
	{ BASIC "OFFHOOK_STATE=state\n", "absolute" },
	{ BASIC "OFFHOOK_SPOOL=./spool\n", "absolute" },
	{ BASIC "OFFHOOK_SPOOL_BYTES=0\n", "at least 1" },
	{ BASIC "OFFHOOK_SPOOL_FILES=many\n", "at least 1" },
	{ BASIC "OFFHOOK_EXEC=/opt bin\n", "absolute" },
	{ BASIC "OFFHOOK_SENDMAIL=mail\n", "absolute" },
	{ BASIC "OFFHOOK_LOG=xml\n", "json" },
	{ BASIC "OFFHOOK_LOGG=text\n", "OFFHOOK_LOG?" },
	{ BASIC "OFFHOOK_REDACT=body\n", "KIND:WHAT" },
	{ BASIC "OFFHOOK_REDACT=*:bodies\n", "body, numbers or all" },
	{ BASIC "OFFHOOK_REDACT=mesage.status:all\n", "message.status?" },
	{ BASIC "OFFHOOK_REDACT=nonsense.at.all:all\n", "message.*:body" },
	{ BASIC "TWILIO_ACOUNT_SID=x\n", "TWILIO_ACCOUNT_SID?" },
	{ BASIC "SOMETHING_ELSE_ENTIRELY=x\n", ":3: " },
	{ BASIC "nonsense\n", "NAME=value" },
	{ BASIC "=x\n", "NAME=value" },
	{ BASIC "\x1b[2J=x\n", "\\x1b" },
};

static void
test_faults(void)
{
	struct config	c;
	size_t		i, lines;
	const char	*p;

	for (i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
		quiet(!opened(&c, str_from(faults[i].text)), "row %zu", i);
		quiet(strstr(errors, faults[i].says) != NULL, "row %zu: %s",
		    i, errors);
		quiet(strchr(errors, '\x1b') == NULL, "row %zu", i);
		quiet(errors[0] != '\0' && errors[strlen(errors) - 1] == '\n',
		    "row %zu: a whole line", i);
		config_close(&c);
	}
	tap_loop("faults, each with its mend");
	ok(!opened(&c, (struct str){ BASIC "OFFHOOK_URL_TOKEN=a\0b\n",
	    sizeof(BASIC) - 1 + 22 }) && strstr(errors, "NUL") != NULL,
	    "a NUL byte");
	config_close(&c);
	ok(!opened(&c, STR("TWILIO_ACCOUNT_SID=x\nOFFHOOK_LOG=y\nZ\n"
	    "OFFHOOK_MAX_BODY=z\nOFFHOOK_TRUSTED_PROXIES=q\n")),
	    "several faults");
	for (lines = 0, p = errors; (p = strchr(p, '\n')) != NULL; p++)
		lines++;
	ok(lines >= 5, "are all told at once (%zu)", lines);
	config_close(&c);
}

/* No fault's text may quote a secret. */
static void
test_secrets(void)
{
	struct config	c;
	size_t		i;

	ok(!opened(&c, STR(BASIC "TWILIO_AUTH_TOKEN_" B "=test-token-a\n"
	    "DATABASE_URL=postgresql://u:s3cret@h:x/d\n"
	    "OFFHOOK_BASIC_AUTH=s3cret\nOFFHOOK_URL_TOKEN=s3cret%\n"
	    "TWILIO_AUTH_TOKEN_AC1=s3cret\n")) &&
	    strstr(errors, "s3cret") == NULL &&
	    strstr(errors, "test-token") == NULL, "faults tell no secret");
	config_close(&c);
	for (i = 0; i < SETTINGS; i++)
		quiet(config_setting_name((enum setting)i) != NULL &&
		    config_setting_is_secret((enum setting)i) ==
		    (i == SETTING_AUTH_TOKEN || i == SETTING_DATABASE_URL ||
		    i == SETTING_ADMIN_DATABASE_URL ||
		    i == SETTING_BASIC_AUTH || i == SETTING_URL_TOKEN),
		    "setting %zu", i);
	tap_loop("which settings are secret");
}

static void
test_files(void)
{
	static const struct {
		unsigned	mode;
		bool		good;
	} modes[] = {
		{ 0600, true }, { 0400, true }, { 0604, false },
		{ 0644, false }, { 0602, false },
	};
	static char	big[65600];
	struct out	o;
	struct config	c;
	size_t		i;

	for (i = 0; i < sizeof(modes) / sizeof(modes[0]); i++) {
		o = out_init(errors, sizeof(errors) - 1);
		tempfile("offhook.conf", STR(BASIC), modes[i].mode);
		quiet(config_open(&c, file, &o) == modes[i].good, "mode %o",
		    modes[i].mode);
		errors[o.n] = '\0';
		quiet(modes[i].good || strstr(errors, "chmod 600") != NULL,
		    "mode %o: %s", modes[i].mode, errors);
		config_close(&c);
	}
	tap_loop("a file that others can read is refused");
	o = out_init(errors, sizeof(errors) - 1);
	ok(!config_open(&c, temppath("missing"), &o) && o.n > 0, "no file");
	config_close(&c);
	o = out_init(errors, sizeof(errors) - 1);
	ok(!config_open(&c, tempdir(), &o) && o.n > 0, "a folder");
	config_close(&c);
	memset(big, '#', sizeof(big));
	ok(!opened(&c, (struct str){ big, sizeof(big) }), "too large a file");
	config_close(&c);
	for (i = 0; i < sizeof(big); i++)
		big[i] = "a=b\n"[i % 4];
	ok(!opened(&c, (struct str){ big, 65536 }), "many faults");
	config_close(&c);
	o = out_init(errors, 10);
	ok(!config_open(&c, file, &o), "no room for the faults");
	config_close(&c);
}

static void
test_proxies(void)
{
	static const struct {
		const char	*address;
		bool		 want;
	} t[] = {
		{ "10.0.0.1", true }, { "10.255.255.255", true },
		{ "11.0.0.1", false }, { "192.0.2.7", true },
		{ "192.0.2.6", false }, { "192.0.2.70", false },
		{ "::ffff:10.1.2.3", true }, { "::1", true }, { "::2", false },
		{ "2001:db8::1", true }, { "2001:db9::1", false },
		{ "172.16.0.1", true }, { "172.31.255.255", true },
		{ "172.32.0.0", false }, { "172.15.255.255", false },
		{ "", false }, { "localhost", false }, { "10.0.0.1 ", false },
		{ "10.0.0.1, 192.0.2.6", false }, { "10.1", false },
		{ "010.0.0.1", false }, { "[::1]", false },
		{ "0.0.0.0", false }, { "unix:", false },
	};
	struct config	c;
	size_t		i;

	ok(opened(&c, STR(BASIC "OFFHOOK_TRUSTED_PROXIES=10.0.0.0/8 "
	    "192.0.2.7 172.16.0.0/12 2001:db8::/32 ::1\n")), "networks: %s",
	    errors);
	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++)
		quiet(config_trusts(&c, str_from(t[i].address)) == t[i].want,
		    "%s", t[i].address);
	quiet(!config_trusts(&c, (struct str){ NULL, 0 }), "absent");
	config_close(&c);
	quiet(opened(&c, STR(BASIC)) && !config_trusts(&c, STR("127.0.0.1")),
	    "nobody is trusted unless told");
	config_close(&c);
	tap_loop("trusted proxies");
}

/* Every prefix of a file is read or refused, and always closed. */
static void
test_prefixes(void)
{
	struct str	s = STR(BASIC "TWILIO_AUTH_TOKEN_" B "=\"three\"\n"
	    "OFFHOOK_PUBLIC_URL=https://h/tw\n");
	struct config	c;
	size_t		n, good = 0;

	for (n = 0; n <= s.n; n++) {
		good += opened(&c, str_sub(s, 0, n));
		config_close(&c);
	}
	ok(good > 1 && good < s.n, "every prefix of a file (%zu good)", good);
}

int
main(void)
{
	(void)snprintf(file, sizeof(file), "%s", temppath("offhook.conf"));
	(void)clearenv();
	test_defaults();
	test_whole();
	test_spool_off();
	test_two_files();
	test_environment();
	test_faults();
	test_secrets();
	test_files();
	test_proxies();
	test_prefixes();
	return done_testing();
}
