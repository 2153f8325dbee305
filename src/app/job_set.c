/* The destinations of one version. See job_set.h. */
#include <stdlib.h>

#include "job_set.h"

#define LEAST_BYTES ((size_t)64 << 10)
#define FACTOR 24		/* of memory to the destinations' text, */
#define FACTOR_MOST 1536	/* at most */

struct job_set *
job_set_keep(struct job_set *set)
{
	set->users++;
	return set;
}

void
job_set_drop(struct job_set *set)
{
	if (set == NULL || --set->users > 0)
		return;
	free(set->arena.base);
	free(set);
}

/* NULL: it does not fit (*full), or cannot be read. */
static struct job_set *
read_into(struct str text, size_t cap, bool *full)
{
	struct job_set	*set = calloc(1, sizeof(*set));
	struct str	 copy;

	*full = false;
	if (set == NULL)
		return NULL;
	set->users = 1;
	set->arena.cap = cap;
	set->arena.base = malloc(cap);
	if (set->arena.base != NULL) {
		copy = arena_copy(&set->arena, text);
		if (copy.p != NULL && destinations_load(&set->arena, copy,
		    &set->to))
			return set;
		*full = set->arena.full;
	}
	job_set_drop(set);
	return NULL;
}

static void
say_broken(const struct log *log, const struct destinations *to)
{
	size_t	i;

	for (i = 0; i < to->n; i++)
		if (to->at[i].broken.p != NULL)
			log_write(log, LOG_ERROR, "destination is broken: "
			    "its deliveries wait", (struct log_field[]){
			    { "destination", to->at[i].name },
			    { "why", to->at[i].broken },
			    { NULL, { NULL, 0 } } });
}

struct job_set *
job_set_read(const struct log *log, struct str text)
{
	struct job_set	*set = NULL;
	size_t		 factor;
	bool		 full = true;

	/* Of a template of nothing but tags much has to be kept. */
	for (factor = FACTOR; full && factor <= FACTOR_MOST; factor *= 4)
		set = read_into(text, LEAST_BYTES + text.n * factor, &full);
	if (set != NULL)
		say_broken(log, &set->to);
	return set;
}
