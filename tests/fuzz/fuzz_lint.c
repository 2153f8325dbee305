/*
 * The lint: whatever the text, it ends, its findings lie inside, and what it
 * passes is well-formed XML without a DOCTYPE. The first byte chooses what
 * the reply answers, and whether it is a template's or a whole response.
 */
#include <expat.h>

#include "../../src/core/lint.h"
#include "../../src/core/utf8.h"
#include "fuzz.h"

static void
check_findings(const struct lint *l, struct str s)
{
	size_t	i, k, lines = 1;
	size_t	n;

	for (i = 0; i < s.n; i++)
		lines += s.p[i] == '\n';
	must(l->n <= LINT_MAX_FINDINGS);
	must((l->worst == LINT_CLEAN) == (l->n == 0 && l->more == 0));
	for (i = 0; i < l->n; i++) {
		must(l->at[i].line >= 1 && l->at[i].line <= lines);
		must(l->at[i].column >= 1 && l->at[i].column <= s.n + 1);
		must(l->at[i].level > LINT_CLEAN &&
		    l->at[i].level <= l->worst);
		must(l->at[i].message.n > 0);
		must(i == 0 || l->at[i].line >= l->at[i - 1].line);
		for (k = 0; k < l->at[i].message.n; k += n) {
			n = utf8_sequence(str_sub(l->at[i].message, k,
			    l->at[i].message.n));
			must(n > 0 && (unsigned char)l->at[i].message.p[k] >=
			    0x20);
		}
	}
}

static bool
well_formed(struct str s)
{
	XML_Parser	p = XML_ParserCreate("UTF-8");
	bool		good;

	must(p != NULL);
	good = XML_Parse(p, s.p, (int)s.n, XML_TRUE) == XML_STATUS_OK;
	XML_ParserFree(p);
	return good;
}

static void
check_small(struct str s, enum lint_document document, size_t bytes)
{
	struct arena	a = fuzz_arena();
	struct lint	l;

	a.cap = bytes;
	lint_twiml(&a, s, document, 0, &l);
	check_findings(&l, s);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena		a = fuzz_arena();
	enum lint_document	document = n > 0 ?
	    (enum lint_document)(data[0] & 3) : LINT_ANY;
	unsigned		flags = n > 0 && (data[0] & 4) != 0 ?
	    LINT_MARKED : 0;
	struct str		s = fuzz_copy(n > 0 ? data + 1 : data,
	    n > 0 ? n - 1 : 0);
	struct lint		l;
	char			buf[2048];
	struct out		why = out_init(buf, sizeof(buf));

	lint_twiml(&a, s, document, flags, &l);
	check_findings(&l, s);
	if (!l.lost)
		must(well_formed(s) && s.n <= LINT_MAX_BYTES &&
		    str_trim(s).p[0] == '<');	/* blanks are well-formed */
	if (flags == 0)
		must(lint_check(&a, s, document, &why) ==
		    (l.worst <= LINT_ADVICE));
	must((why.n == 0) == (flags != 0 || l.worst <= LINT_ADVICE));
	lint_response(&a, s, document, &l);
	check_findings(&l, s);
	check_small(s, document, n * 37 % 32768);
	fuzz_free();
	return 0;
}
