/*
 * Read JSON (RFC 8259) where it lies: values are views of the text, which
 * is checked once and then walked. Strict: UTF-8 without a BOM, nothing
 * behind the value, containers nested JSON_MAX_DEPTH deep at most.
 */
#ifndef OFFHOOK_JSON_H
#define OFFHOOK_JSON_H

#include "arena.h"

#define JSON_MAX_DEPTH 32

enum json_type {
	JSON_NULL,
	JSON_BOOL,
	JSON_NUMBER,
	JSON_STRING,
	JSON_OBJECT,
	JSON_ARRAY
};

/* A member of an object, or an element of an array. */
struct json_item {
	struct str	name;	/* a string with its quotes; absent: element */
	struct str	value;	/* as it stands, without blanks around it */
};

/* Where a walk through a container is. */
struct json_walk {
	struct str	rest;
	bool		object;
};

/*
 * Whether the text is one JSON value and nothing else. What follows is for
 * values of such a text; of others it reads no byte too many, and ends.
 */
bool		json_valid(struct str text);
/* By its first byte; an absent value is JSON_NULL. */
enum json_type	json_type(struct str value);
/* Begin a walk; false when the value is neither object nor array. */
bool		json_open(struct str value, struct json_walk *);
/* The next item in the order of the text; false at the end. */
bool		json_next(struct json_walk *, struct json_item *);
/*
 * An object's member, or the absent value. Of several members of one name,
 * which RFC 8259 section 4 leaves open, the first one counts.
 */
struct str	json_get(struct str object, const char *name);
/*
 * A scalar as text: a string decoded, a number, true or false as it stands;
 * the absent value for null and containers, and when the arena is full.
 * U+0000 and surrogates without a partner become U+FFFD. Never terminated:
 * a string without escapes is a view.
 */
struct str	json_text(struct arena *, struct str value);

#endif
