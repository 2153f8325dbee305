/*
 * What every command shares: the table's row, the run's state, messages.
 * A command reads cli->args, writes to cli->out and returns the exit
 * status: 0, EXIT_FAILURE, or EXIT_USAGE by way of cli_usage().
 */
#ifndef OFFHOOK_CMD_H
#define OFFHOOK_CMD_H

#include <stdlib.h>

#include "../core/out.h"
#include "../edge/config.h"
#include "../edge/db.h"
#include "option.h"

#define EXIT_USAGE 2
#define CLI_MEMORY ((size_t)96 << 20)	/* bytes; touched only when used */
#define CLI_OUTPUT ((size_t)48 << 20)	/* likewise */
#define CLI_DEADLINE_MS 10000		/* of one statement */

/* Of a list: in its own table of options, in place of the global --output. */
#define OPTION_CSV \
	{ "output", "table|json|csv", "how data is printed (table)", false }

struct cli;
struct table;

/* What has to be there for a command to succeed; for its help. */
enum need {
	NEED_NOTHING,
	NEED_SETTINGS,
	NEED_DATABASE
};

struct command {
	const char		*noun;		/* NULL: the verb alone */
	const char		*verb;
	const char		*operands;	/* "URL", "" */
	size_t			 min, max;	/* of the operands */
	const char		*purpose;	/* a sentence without a stop */
	const char		*detail;	/* further help, or NULL */
	const char		*example;	/* lines that can be run */
	const struct option	*options;	/* NULL: none */
	int			(*run)(struct cli *);
	enum need		 need;
};

struct cli {
	struct arena		 arena;		/* lives as long as the run */
	struct out		 out;		/* for stdout, at the end */
	const struct command	*command;
	struct args		 args;
	bool			 json;		/* --output json */
	bool			 csv;		/* --output csv */
	const char		*config_path;	/* --config; NULL: the usual */
	struct config		 config;
	bool			 config_read;
	struct db		 db;
	const char		*after;		/* of cli_after; or NULL */
};

/* "offhook: what\n" on standard error, control bytes escaped. */
void	cli_error(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* The same as advice, without "offhook: ". */
void	cli_note(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* The same, behind all that goes to standard output. */
void	cli_after(struct cli *, const char *fmt, ...)
	    __attribute__((format(printf, 2, 3)));
/* The same as an error in how the command was called; EXIT_USAGE. */
int	cli_usage(const struct cli *, const char *fmt, ...)
	    __attribute__((format(printf, 2, 3)));
/* The settings, read once; NULL after an error message. */
const struct config	*cli_config(struct cli *);
/* printf into the arena; exits when the memory is used up. */
const char	*cli_printf(struct cli *, const char *fmt, ...)
		    __attribute__((format(printf, 2, 3)));
/* Value of an option, or the absent value. */
struct str	cli_option(const struct cli *, const char *name);
/* A number from 0 to max; false after a message. Absent: *out stays. */
bool		cli_number(const struct cli *, const char *name, uint64_t max,
		    uint64_t *out);
/* The same from 1. */
bool		cli_count(const struct cli *, const char *name, uint64_t max,
		    uint64_t *out);
/* "90s", "10m", "1h", "7d" as milliseconds, from 1 s to max_ms. */
bool		cli_time(struct str, int64_t max_ms, int64_t *ms);
/* A whole file, "-" standard input; absent after a message. */
struct str	cli_file(struct cli *, const char *path, size_t max);
/* A sentence broken at blanks, indented as far as before is long. */
void		cli_wrapped(struct cli *, const char *before, const char *);
/* Whether people read it: neither JSON nor CSV. */
bool		cli_is_text(const struct cli *);
/* A list as --output says; none: for people, where there is no row; or NULL. */
void		cli_table(struct cli *, const struct table *, const char *none);
/* A text of lines, each printable, on standard output. */
void		cli_lines(struct cli *, struct str);
/* The text without the settings' secrets (URL token, Basic auth). */
struct str	cli_masked(struct cli *, struct str);
/* A further member of a JSON object; an absent value is null. */
void		cli_json_pair(struct out *, const char *name, struct str);
/* Memory, or exit. */
void		*cli_alloc(struct cli *, size_t count, size_t size);

/* The commands, one file each: cmd_NOUN.c. */
int	cmd_call_list(struct cli *);
int	cmd_channel_add(struct cli *);
int	cmd_channel_delete(struct cli *);
int	cmd_channel_list(struct cli *);
int	cmd_channel_test(struct cli *);
int	cmd_config_check(struct cli *);
int	cmd_config_show(struct cli *);
int	cmd_delivery_cancel(struct cli *);
int	cmd_delivery_list(struct cli *);
int	cmd_delivery_retry(struct cli *);
int	cmd_delivery_show(struct cli *);
int	cmd_destination_add(struct cli *);
int	cmd_destination_delete(struct cli *);
int	cmd_destination_list(struct cli *);
int	cmd_destination_pause(struct cli *);
int	cmd_destination_resume(struct cli *);
int	cmd_destination_rotate(struct cli *);
int	cmd_destination_set(struct cli *);
int	cmd_destination_show(struct cli *);
int	cmd_destination_test(struct cli *);
int	cmd_dlq_list(struct cli *);
int	cmd_dlq_purge(struct cli *);
int	cmd_dlq_retry(struct cli *);
int	cmd_filter_test(struct cli *);
int	cmd_replay_cancel(struct cli *);
int	cmd_replay_plan(struct cli *);
int	cmd_replay_run(struct cli *);
int	cmd_replay_status(struct cli *);
int	cmd_transform_test(struct cli *);
int	cmd_doctor(struct cli *);
int	cmd_house_keep(struct cli *);
int	cmd_house_plan(struct cli *);
int	cmd_house_set(struct cli *);
int	cmd_house_show(struct cli *);
int	cmd_event_list(struct cli *);
int	cmd_inspect(struct cli *);
int	cmd_issue_change(struct cli *);
int	cmd_issue_list(struct cli *);
int	cmd_issue_show(struct cli *);
int	cmd_kind_fields(struct cli *);
int	cmd_kind_list(struct cli *);
int	cmd_listen(struct cli *);
int	cmd_message_list(struct cli *);
int	cmd_request_list(struct cli *);
int	cmd_request_show(struct cli *);
int	cmd_resource_show(struct cli *);
int	cmd_route_apply(struct cli *);
int	cmd_route_delete(struct cli *);
int	cmd_route_export(struct cli *);
int	cmd_route_history(struct cli *);
int	cmd_route_list(struct cli *);
int	cmd_route_plan(struct cli *);
int	cmd_route_rollback(struct cli *);
int	cmd_route_set(struct cli *);
int	cmd_route_show(struct cli *);
int	cmd_route_test(struct cli *);
int	cmd_send(struct cli *);
int	cmd_signature_explain(struct cli *);
int	cmd_signature_sign(struct cli *);
int	cmd_signature_verify(struct cli *);
int	cmd_simulate(struct cli *);
int	cmd_spool_drain(struct cli *);
int	cmd_spool_list(struct cli *);
int	cmd_spool_show(struct cli *);
int	cmd_twiml_lint(struct cli *);
int	cmd_url(struct cli *);
int	cmd_version(struct cli *);
int	cmd_worker(struct cli *);

extern const struct option	options_csv[];	/* OPTION_CSV alone */
extern const struct option	options_call_list[];
extern const struct option	options_channel_add[];
extern const struct option	options_delivery_cancel[];
extern const struct option	options_delivery_list[];
extern const struct option	options_destination_add[];
extern const struct option	options_destination_delete[];
extern const struct option	options_destination_rotate[];
extern const struct option	options_destination_set[];
extern const struct option	options_destination_show[];
extern const struct option	options_destination_test[];
extern const struct option	options_dlq_list[];
extern const struct option	options_dlq_purge[];
extern const struct option	options_dlq_retry[];
extern const struct option	options_filter_test[];
extern const struct option	options_replay_plan[];
extern const struct option	options_replay_run[];
extern const struct option	options_transform_test[];
extern const struct option	options_doctor[];
extern const struct option	options_event_list[];
extern const struct option	options_explain[];
extern const struct option	options_house_keep[];
extern const struct option	options_inspect[];
extern const struct option	options_issue_change[];
extern const struct option	options_issue_list[];
extern const struct option	options_listen[];
extern const struct option	options_message_list[];
extern const struct option	options_request_list[];
extern const struct option	options_request_show[];
extern const struct option	options_route_apply[];
extern const struct option	options_route_history[];
extern const struct option	options_route_plan[];
extern const struct option	options_route_rollback[];
extern const struct option	options_route_set[];
extern const struct option	options_route_test[];
extern const struct option	options_send[];
extern const struct option	options_sign[];
extern const struct option	options_simulate[];
extern const struct option	options_spool_drain[];
extern const struct option	options_twiml_lint[];
extern const struct option	options_worker[];
extern const struct option	options_url[];
extern const struct option	options_verify[];

#endif
