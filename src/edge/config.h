/*
 * Settings: built-in default < file < environment. All errors are found at
 * once, each with its place and its mend. All getenv is here.
 */
#ifndef OFFHOOK_CONFIG_H
#define OFFHOOK_CONFIG_H

#include <stdint.h>
#include <sys/types.h>
#include <time.h>

#include "../core/out.h"
#include "../core/redact.h"
#include "../core/url.h"
#include "network.h"

#define CONFIG_MAX_ACCOUNTS 64
#define CONFIG_MAX_TOKENS 4	/* of one account, while rotating */
#define CONFIG_MAX_BASES 8
#define CONFIG_MAX_NETWORKS 32	/* in one setting */

struct account {
	struct str	sid;
	struct str	token[CONFIG_MAX_TOKENS];
	size_t		ntokens;
};

/* Every setting by its name in the table; see config_setting. */
enum setting {
	SETTING_ACCOUNT_SID,
	SETTING_AUTH_TOKEN,
	SETTING_DATABASE_URL,
	SETTING_ADMIN_DATABASE_URL,
	SETTING_PUBLIC_URL,
	SETTING_TRUSTED_PROXIES,
	SETTING_BASIC_AUTH,
	SETTING_URL_TOKEN,
	SETTING_MAX_BODY,
	SETTING_STATE,
	SETTING_SPOOL,
	SETTING_SPOOL_BYTES,
	SETTING_SPOOL_FILES,
	SETTING_EXEC,
	SETTING_SENDMAIL,
	SETTING_LOG,
	SETTING_REDACT,
	SETTING_ALLOW_PRIVATE,
	SETTING_PROCESSES
};

#define SETTINGS (SETTING_PROCESSES + 1)

struct config {
	struct account	accounts[CONFIG_MAX_ACCOUNTS];
	size_t		naccounts;
	size_t		max_tokens;	/* of the account that has the most */
	size_t		default_account; /* TWILIO_ACCOUNT_SID's index */
	struct base	bases[CONFIG_MAX_BASES];
	size_t		nbases;
	struct network	proxies[CONFIG_MAX_NETWORKS];
	size_t		nproxies;
	struct network	allowed[CONFIG_MAX_NETWORKS];	/* private ones that */
	size_t		nallowed;	/* applications may be in */
	size_t		processes;	/* of the responder, that the web
					   server runs */
	const char	*database_url;	/* "" : libpq's PG* and defaults */
	const char	*admin_database_url;
	struct str	basic_auth;	/* absent: not asked */
	struct str	url_token;	/* absent: not asked */
	size_t		max_body;	/* bytes */
	const char	*state;		/* folder; NULL: there is none */
	const char	*spool;		/* folder; NULL: there is none */
	int64_t		 spool_bytes;	/* at most, and */
	int64_t		 spool_files;	/* at most */
	const char	*exec;		/* folders whose programs deliveries
					   may run, separated by blanks; or
					   NULL: none */
	const char	*sendmail;	/* the program that takes a mail */
	bool		log_json;
	struct redact	redact;		/* what is left out of storage */
	const char	*file;		/* the file read, NULL: none */
	struct timespec	file_time;	/* its mtime when it was read */
	off_t		file_size;
	bool		unread;		/* it could not be: told already */
	struct str	value[SETTINGS];	/* as set; absent: default */
	const char	*source[SETTINGS];	/* "file:line", "environment",
						   "default" */
	unsigned	libpq_set;	/* bit i: PG* name i is the file's */
	char		*memory;	/* owns the texts */
};

/*
 * Read the settings. path is OFFHOOK_CONFIG of a request parameter, or
 * NULL to look where product.md says ($OFFHOOK_CONFIG, offhook.conf in the
 * parent folder of the program's own, /etc/offhook/offhook.conf).
 * False when anything is wrong: errors then holds a line for each fault
 * ("place: what; how to mend it\n"). config_close frees in either case.
 */
bool	config_open(struct config *, const char *path, struct out *errors);
void	config_close(struct config *);
/* Whether the file has been changed, or has gone, since it was read. */
bool	config_is_old(const struct config *);
/*
 * Whether there are settings to read at all: a file named or found, or an
 * account in the environment. Without, a request may still name the file.
 */
bool	config_is_given(void);
/* "TWILIO_ACCOUNT_SID" and so on. */
const char	*config_setting_name(enum setting);
/* Its value holds a secret and is masked when shown. */
bool	config_setting_is_secret(enum setting);
/* The account of that SID, or NULL. */
const struct account	*config_account(const struct config *, struct str sid);
/* Whether this REMOTE_ADDR is a trusted proxy. */
bool	config_trusts(const struct config *, struct str address);

#endif
