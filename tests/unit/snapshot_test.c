/* The routes' snapshot: written, read, and never believed when damaged. */
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../src/edge/snapshot.h"
#include "tap.h"
#include "tempdir.h"

static const char	none[] = "[]";
static const char	two[] = "[{\"name\": \"a\", \"to\": [\"+15550101001\","
    " \"\\u002b1555*\"], \"twiml\": \"<Response/>\"},\n"
    "{\"name\": \"b\", \"sql\": \"a.b\", \"end\": \"yes\"}]\n";
static const char	odd[] = "[{\"name\":\"a\",\"nmae\":1},{},5,"
    "{\"name\":\"b\",\"twiml\":\"<Response/>\"}]";

static bool
written(const struct snapshot *s, int64_t version, const char *specs)
{
	return snapshot_write(s, version, str_from(specs));
}

/* Whether they are the two, all of them. */
static bool
same(const struct routes *r, int64_t version)
{
	return r->version == version && r->n == 2 &&
	    str_eq(r->at[0].name, STR("a")) && r->at[0].to.n == 2 &&
	    str_eq(r->at[0].to.at[1], STR("+1555*")) &&
	    str_eq(r->at[0].reply, STR("<Response/>")) &&
	    str_eq(r->at[1].reply, STR("a.b")) && r->at[1].end;
}

static void
test_round_trip(void)
{
	struct snapshot	s, other;
	struct stat	st;

	snapshot_open(&s, tempdir());
	is_int(s.routes.version, -1, "nothing is known at first");
	ok(!snapshot_refresh(&s), "no file");
	ok(written(&s, 7, two), "written");
	ok(snapshot_refresh(&s) && same(&s.routes, 7), "read again");
	ok(snapshot_refresh(&s) && same(&s.routes, 7), "unchanged");
	ok(stat(temppath("routes"), &st) == 0 && (st.st_mode & 0077) == 0,
	    "nobody else reads it");
	snapshot_open(&other, tempdir());
	ok(snapshot_refresh(&other) && same(&other.routes, 7),
	    "another process reads it");
	ok(written(&other, 8, none), "and writes a new one");
	ok(same(&s.routes, 7), "the old one stays valid while mapped");
	ok(snapshot_refresh(&s) && s.routes.version == 8 && s.routes.n == 0,
	    "until it is taken: no routes at all");
	ok(written(&s, INT64_MAX, two) && snapshot_refresh(&s) &&
	    same(&s.routes, INT64_MAX), "the largest version");
	ok(written(&s, 9, odd) && snapshot_refresh(&s) && s.routes.n == 4 &&
	    s.routes.at[0].broken.n > 0 && s.routes.at[0].unreadable &&
	    s.routes.at[1].broken.n > 0 && s.routes.at[2].broken.n > 0 &&
	    s.routes.at[3].broken.p == NULL,
	    "broken ones take no other away");
	ok(written(&s, 10, "{}") && !snapshot_refresh(&s) &&
	    s.routes.version == 9, "what is no list is not taken");
	ok(written(&s, 0, two) && snapshot_refresh(&s) && same(&s.routes, 0),
	    "version 0");
	(void)unlink(temppath("routes"));
	ok(!snapshot_refresh(&s) && same(&s.routes, 0),
	    "a file that is gone takes no routes away");
	snapshot_close(&s);
	is_int(s.routes.version, -1, "closed");
	snapshot_close(&s);
	snapshot_close(&other);
}

static void
test_no_folder(void)
{
	struct snapshot	s;

	snapshot_open(&s, NULL);
	ok(!snapshot_refresh(&s) && !written(&s, 1, two) && errno != 0,
	    "no folder is set");
	snapshot_open(&s, temppath("missing"));
	ok(!snapshot_refresh(&s) && !written(&s, 1, two), "it is not there");
	snapshot_open(&s, tempdir());
	(void)mkdir(temppath("routes"), 0700);
	ok(!snapshot_refresh(&s), "a folder in the file's place");
	ok(!written(&s, 1, two), "is not written over");
	(void)rmdir(temppath("routes"));
	is_int(access(temppath("routes"), F_OK), -1, "nothing is left");
}

/* Each byte changed, each length cut: the routes known stay. */
static void
test_damage(void)
{
	static char	whole[4096], bad[4096];
	struct snapshot	s;
	ssize_t		size;
	size_t		i, n;
	int		fd;

	snapshot_open(&s, tempdir());
	(void)written(&s, 7, two);
	fd = open(temppath("routes"), O_RDONLY);
	size = read(fd, whole, sizeof(whole));
	(void)close(fd);
	ok(size > 100 && (size_t)size < sizeof(whole), "%d bytes", (int)size);
	n = (size_t)size;
	(void)snapshot_refresh(&s);
	for (i = 0; i < n; i++) {
		memcpy(bad, whole, n);
		bad[i] = (char)(bad[i] ^ 1 << i % 8);
		tempfile("routes", (struct str){ bad, n }, 0600);
		quiet(!snapshot_refresh(&s) ||
		    /* The version is the header's, not of the hash. */
		    (s.routes.version != 7 && i < 30), "byte %zu", i);
		tempfile("routes", (struct str){ whole, i }, 0600);
		quiet(!snapshot_refresh(&s), "%zu bytes", i);
		tempfile("routes", (struct str){ whole, n }, 0600);
		quiet(snapshot_refresh(&s) && same(&s.routes, 7),
		    "the good one again");
	}
	memcpy(bad, whole, n);
	bad[n] = '\n';
	tempfile("routes", (struct str){ bad, n + 1 }, 0600);
	quiet(!snapshot_refresh(&s) && same(&s.routes, 7), "a byte more");
	tap_loop("damaged files");
	snapshot_close(&s);
}

/* Files of earlier versions, and first lines that are not ours. */
static void
test_first_line(void)
{
	static const char *const t[] = {
	    "offhook-routes 2 7 0 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b"
	    "934ca495991b7852b855\n",
	    /* The digest is right, the rest is not. */
	    "offhook-routes 3 -1 2 4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e1"
	    "1ba873c2f11161202b945\n[]",
	    "offhook-routes 3 7 3 4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e1"
	    "1ba873c2f11161202b945\n[]",
	    "offhook-routes 3 7 1 4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e1"
	    "1ba873c2f11161202b945\n[]",
	    "offhook-routes 3 7 4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e1"
	    "1ba873c2f11161202b945\n[]",
	    "offhook-routes 3 7 2 4F53CDA18C2BAA0C0354BB5F9A3ECBE5ED12AB4D8E1"
	    "1BA873C2F11161202B945\n[]", "", "\n", "offhook-routes 3" };
	static const char	good[] = "offhook-routes 3 7 2 4f53cda18c2baa"
	    "0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945\n[]";
	struct snapshot	s;
	size_t		i;

	snapshot_open(&s, tempdir());
	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		tempfile("routes", str_from(t[i]), 0600);
		quiet(!snapshot_refresh(&s), "%s", t[i]);
	}
	tempfile("routes", str_from(good), 0600);
	quiet(snapshot_refresh(&s) && s.routes.version == 7, "the good one");
	tap_loop("first lines");
	snapshot_close(&s);
}

/* A spec with a TwiML text of so many bytes, and what is found out of it. */
static void
test_memo(void)
{
	static const char	specs[] = "["
	    "{\"name\":\"a\",\"twiml\":\"<Response/>\"},"
	    "{\"name\":\"b\",\"template\":\"<Response><Say>{{From}}</Say>"
	    "</Response>\"},"
	    "{\"name\":\"c\",\"twiml\":\"<Response>\"},"
	    "{\"name\":\"d\",\"template\":\"<Response>{{>x}}</Response>\"},"
	    "{\"name\":\"e\",\"app\":\"x\"}]";
	const struct route_memo	*m;
	struct snapshot		 s;

	snapshot_open(&s, tempdir());
	ok(written(&s, 7, specs) && snapshot_refresh(&s) &&
	    s.routes.n == 5, "five routes");
	m = snapshot_memo(&s, &s.routes.at[0]);
	ok(m->checked && m->good && m->compiled == NULL && m->why.p == NULL,
	    "a fixed text");
	m = snapshot_memo(&s, &s.routes.at[1]);
	ok(m->good && m->compiled != NULL, "a template");
	ok(snapshot_memo(&s, &s.routes.at[1]) == m, "is made once");
	m = snapshot_memo(&s, &s.routes.at[2]);
	ok(!m->good && str_starts(m->why, STR("twiml: ")), "a broken text");
	m = snapshot_memo(&s, &s.routes.at[3]);
	ok(!m->good && m->compiled == NULL &&
	    str_starts(m->why, STR("template: ")), "a broken template");
	m = snapshot_memo(&s, &s.routes.at[4]);
	ok(!m->good && str_starts(m->why, STR("app: ")), "a broken spec");
	snapshot_close(&s);
}

/* The largest reply there is, as a text and as a template. */
static void
test_large(void)
{
	static char		specs[1 << 18], name[2][16] = { "twiml",
				    "template" };
	const struct route_memo	*m;
	struct out		o = out_init(specs, sizeof(specs));
	struct snapshot		s;
	int			i, k;

	out_char(&o, '[');
	for (i = 0; i < 2; i++) {
		out_cstr(&o, i == 0 ? "{\"name\":\"" : ",{\"name\":\"");
		out_cstr(&o, name[i]);
		out_cstr(&o, "\",\"");
		out_cstr(&o, name[i]);
		out_cstr(&o, "\":\"<Response>");
		for (k = 0; k < 3000; k++)
			out_cstr(&o, i == 0 ? "<Say>a</Say>" :
			    "<Say>{{a}}</Say>");
		out_cstr(&o, "</Response>\"}");
	}
	out_char(&o, ']');
	snapshot_open(&s, tempdir());
	ok(snapshot_write(&s, 7, out_str(&o)) && snapshot_refresh(&s) &&
	    s.routes.n == 2, "%zu bytes", o.n);
	m = snapshot_memo(&s, &s.routes.at[0]);
	ok(m->good, "a text: %.*s", (int)m->why.n, m->why.n == 0 ? "" :
	    m->why.p);
	m = snapshot_memo(&s, &s.routes.at[1]);
	ok(m->good && m->compiled != NULL, "a template: %.*s", (int)m->why.n,
	    m->why.n == 0 ? "" : m->why.p);
	snapshot_close(&s);
}

int
main(void)
{
	test_round_trip();
	test_no_folder();
	test_damage();
	test_first_line();
	test_memo();
	test_large();
	return done_testing();
}
