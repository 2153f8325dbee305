/* The doctor's look at where deliveries go. See doctor.h. */
#include "../core/destination.h"
#include "../edge/clock.h"
#include "destination_reach.h"
#include "doctor.h"

#define LOOK_MS 10000		/* DNS may be slow, destinations many */

static void
note_reach(struct doctor *d, const struct destination *to)
{
	static const struct {
		enum finding	 finding;
		const char	*check;
		const char	*mend;
	} notes[] = {
		[REACH_UNKNOWN] = { FINDING_WARN, "destination", "mend its "
		    "DNS record, or its URL: offhook destination set" },
		[REACH_PRIVATE] = { FINDING_BAD, "destination", "nothing is "
		    "sent there; if it may be asked, set OFFHOOK_ALLOW_PRIVATE "
		    "to it, for the worker" },
		[REACH_PROGRAM] = { FINDING_BAD, "exec", "it is not run: set "
		    "OFFHOOK_EXEC to the folder of such programs, for the "
		    "worker" },
	};
	char		why[512];
	enum reach	r = destination_reach(d->cli, to, true, why);

	if (r != REACH_GOOD)
		doctor_note(d, notes[r].finding, notes[r].check, cli_printf(
		    d->cli, "%.*s: %s", (int)to->name.n, to->name.p, why),
		    notes[r].mend);
}

static void
check_one(struct doctor *d, const struct destination *to)
{
	if (to->broken.p != NULL)
		doctor_note(d, FINDING_BAD, "destination", cli_printf(d->cli,
		    "%.*s cannot be read, and waits: %.*s", (int)to->name.n,
		    to->name.p, (int)to->broken.n, to->broken.p),
		    "install one version of offhook everywhere");
	else
		note_reach(d, to);
}

void
doctor_destinations(struct doctor *d, struct db *admin)
{
	struct str		 any = STR("-1"), text;
	struct destinations	*all = cli_alloc(d->cli, 1, sizeof(*all));
	int64_t			 end = clock_monotonic_ms() + LOOK_MS;
	struct db_answer	 answer;
	PGresult		*res;
	size_t			 i;

	res = query_try(d->cli, admin, QUERY_DESTINATIONS_KNOWN, &any, 1,
	    &answer);
	if (res == NULL)
		return;		/* its rights were told */
	text = arena_copy(&d->cli->arena, query_field(res, 0, 0));
	PQclear(res);
	if (text.p == NULL || !destinations_load(&d->cli->arena, text, all))
		return;
	for (i = 0; i < all->n && clock_monotonic_ms() < end; i++)
		check_one(d, &all->at[i]);
	if (i < all->n)
		doctor_note(d, FINDING_WARN, "destination", cli_printf(d->cli,
		    "%zu of %zu were not looked at: names are found slowly",
		    all->n - i, all->n), "look at this machine's DNS");
}
