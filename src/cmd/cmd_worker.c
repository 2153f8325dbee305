/* offhook worker: the command line's door to app/worker. */
#include "../app/worker.h"
#include "cmd.h"

#define MOST_SECONDS 86400

const struct option options_worker[] = {
	{ "once", NULL, "end when nothing is due any more (for cron)", false },
	{ "max-seconds", "N", "begin nothing after so long; then end", false },
	{ "concurrency", "N", "deliveries at once (128)", false },
	{ NULL, NULL, NULL, false }
};

int
cmd_worker(struct cli *cli)
{
	struct worker_settings	 s = { .most = WORKER_MOST };
	const struct config	*c;
	uint64_t		 seconds = 0, most = WORKER_MOST;

	if (!cli_number(cli, "max-seconds", MOST_SECONDS, &seconds) ||
	    !cli_count(cli, "concurrency", WORKER_MAX_MOST, &most))
		return EXIT_USAGE;
	c = cli_config(cli);
	if (c == NULL)
		return EXIT_FAILURE;
	s.once = cli_option(cli, "once").p != NULL;
	s.max_ms = (int64_t)seconds * 1000;
	s.most = (size_t)most;
	return worker_run(c, &s);
}
