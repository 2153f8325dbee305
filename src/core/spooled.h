/*
 * A request that Postgres could not take, as a file of the spool has it: all
 * that offhook.ingest() is told, and the reply that was really sent.
 *
 * First line:  offhook-spooled 1 BYTES SHA256\n
 * Then so many bytes, which SHA256 is of: for each field that there is a
 * line "NAME LENGTH\n", its bytes and '\n', in the order of a table.
 */
#ifndef OFFHOOK_SPOOLED_H
#define OFFHOOK_SPOOLED_H

#include "arena.h"
#include "out.h"

/* A body of 2 MB, a reply, and room. */
#define SPOOLED_MAX_BYTES ((size_t)6 << 20)
#define SPOOLED_FIRST_LINE 112	/* bytes, at most */

/* An absent text is {NULL, 0}; -1 is "none" where it says so. */
struct spooled {
	unsigned char	id[16];		/* UUIDv7 of the event */
	unsigned char	key[16];	/* what makes it the same again */
	int64_t		bucket;
	int64_t		received_ms;	/* when it arrived, since 1970 */
	int64_t		window;		/* s that the key is good for; -1: for
					   ever */
	struct str	account;
	struct str	kind;
	struct str	resource;
	struct str	sid;
	struct str	parent;
	struct str	status;
	int64_t		seq;		/* -1: none */
	int64_t		clock;		/* ms since 1970; -1: none */
	int64_t		error;		/* 0: none */
	struct str	from;
	struct str	to;
	struct str	facts;		/* JSON */
	struct str	method;
	struct str	url;		/* secrets masked */
	struct str	token;
	bool		json;		/* else a form */
	struct str	raw;
	int64_t		http;		/* the reply that was sent */
	struct str	type;		/* absent: a status alone */
	struct str	reply;
	struct str	route;
	struct str	reason;		/* why it is a fallback */
	struct str	issue;		/* the type of one to count */
	struct str	session;	/* a patch, JSON, without revision */
	int64_t		took_ms;	/* to be asked; -1: nobody was */
	int64_t		budget_ms;	/* that it had */
	struct str	why;		/* Postgres did not take it */
};

enum spooled_result {
	SPOOLED_OK,
	SPOOLED_FIRST,		/* no first line of this version */
	SPOOLED_LENGTH,		/* cut off, or something stands behind it */
	SPOOLED_CHECKSUM,
	SPOOLED_FIELD		/* one that is not known, missing or wrong */
};

const char	*spooled_strerror(enum spooled_result);
/* The file's bytes, of the arena; absent when it is full. */
struct str	 spooled_encode(struct arena *, const struct spooled *);
/* Read one; its texts are views of the bytes. */
enum spooled_result	spooled_decode(struct str bytes, struct spooled *);

#endif
