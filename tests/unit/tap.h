/*
 * Results of a test program in the Test Anything Protocol. A failure does
 * not stop the program; done_testing() gives main's result. Loops of
 * thousands use quiet(), which tells failures only, and end in tap_loop().
 */
#ifndef OFFHOOK_TAP_H
#define OFFHOOK_TAP_H

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "../../src/core/str.h"

static int tap_count, tap_failed, tap_quiet_failed, tap_quiet_count;

__attribute__((format(printf, 2, 3)))
static inline bool
ok(bool good, const char *fmt, ...)
{
	va_list	ap;

	printf("%sok %d - ", good ? "" : "not ", ++tap_count);
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	putchar('\n');
	fflush(stdout);
	tap_failed += !good;
	return good;
}

#define is_int(got, want, name) tap_int((int64_t)(got), (int64_t)(want), name)
static inline bool
tap_int(int64_t got, int64_t want, const char *name)
{
	if (!ok(got == want, "%s", name))
		printf("# got %" PRId64 ", want %" PRId64 "\n", got, want);
	return got == want;
}

/* Absent values equal absent values only. */
static inline bool
is_str(struct str got, struct str want, const char *name)
{
	bool	good = str_eq(got, want) && (got.p == NULL) == (want.p == NULL);

	if (!ok(good, "%s", name))
		printf("# got %s\"%.*s\" (%zu), want %s\"%.*s\" (%zu)\n",
		    got.p == NULL ? "absent " : "", (int)got.n, got.p, got.n,
		    want.p == NULL ? "absent " : "", (int)want.n, want.p,
		    want.n);
	return good;
}

/* One check of a loop; tell a failure only. */
#define quiet(good, ...) do {						\
	tap_quiet_count++;						\
	if (!(good) && ++tap_quiet_failed <= 20)			\
		(void)(printf("# %s:%d: ", __FILE__, __LINE__),		\
		    printf(__VA_ARGS__), printf("\n"));			\
} while (0)

/* The end of a loop: not one of its quiet checks failed, and one was made. */
static inline void
tap_loop(const char *name)
{
	ok(tap_quiet_failed == 0 && tap_quiet_count > 0, "%s (%d checks)",
	    name, tap_quiet_count);
	tap_quiet_failed = tap_quiet_count = 0;
}

static inline int
done_testing(void)
{
	printf("1..%d\n", tap_count);
	return tap_failed != 0 || tap_count == 0;
}

#endif
