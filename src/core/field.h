/*
 * Where each parameter that Twilio sends goes, in one table: into a column,
 * into a best-known value of its resource (a fact), or nowhere but the
 * event's own parameters. SQL has the same rows in offhook.field
 * (sql/catalogue.sql, tested equal); docs/events.md is made from it.
 */
#ifndef OFFHOOK_FIELD_H
#define OFFHOOK_FIELD_H

#include "str.h"

/* Resources whose parameters are described together. */
enum topic {
	TOPIC_MESSAGE,
	TOPIC_CALL,		/* media streams as well */
	TOPIC_RECORDING,
	TOPIC_TRANSCRIPTION,
	TOPIC_CONFERENCE,	/* participants as well */
	TOPIC_CONVERSATION,	/* all of Conversations */
	TOPIC_ALERT
};

#define TOPICS (TOPIC_ALERT + 1)

enum fact_class {
	FACT_NONE,
	FACT_CONSTANT,	/* never changes for its resource: order key 0 */
	FACT_LATEST	/* as late as the callback that says it */
};

/* What a fact's value must look like; else it stays in the parameters. */
enum fact_type {
	TYPE_TEXT,	/* at most EVENT_MAX_FACT bytes */
	TYPE_INTEGER,	/* 1 to 9 digits */
	TYPE_DECIMAL,	/* 12 digits before and 12 behind the point at most */
	TYPE_BOOLEAN	/* true, false */
};

struct field {
	const char	*param;		/* "MediaUrl*": any number behind it */
	const char	*place;		/* column, "fact", "params", "key" */
	const char	*fact;		/* NULL: it is none */
	enum fact_class	 class;
	enum fact_type	 type;
	const char	*meaning;
};

/* The rows of a topic. */
const struct field	*field_topic(enum topic, size_t *n);
const char		*field_topic_name(enum topic);
const char		*field_class_name(enum fact_class);	/* or NULL */
const char		*field_type_name(enum fact_type);
/* The topic of a resource ("participant": TOPIC_CONFERENCE). */
bool			 field_topic_of(const char *resource, enum topic *);
/* The row of a parameter, or NULL. */
const struct field	*field_find(enum topic, struct str param);
/* Whether a value is of the type. */
bool			 field_fits(enum fact_type, struct str);

#endif
