/*
 * The reply to a Conversations webhook that asks beforehand. Source:
 * Twilio, docs/conversations/conversations-webhooks: 200 and {} publish,
 * 200 and fields change what is published, 4xx and 5xx reject; without an
 * answer in 5 seconds it is published.
 */
#ifndef OFFHOOK_PRE_ACTION_H
#define OFFHOOK_PRE_ACTION_H

#include "arena.h"
#include "out.h"

#define PRE_ACTION_TYPE "application/json"
#define PRE_ACTION_PUBLISH "{}"

/*
 * True when the text is a JSON object below 64 kB of the fields body,
 * author, attributes and friendly_name, all of them strings, and the one in
 * attributes holds JSON. Otherwise *why says what is wrong. SQL has the
 * same rules (sql/functions/route_json_fault.sql).
 */
bool	pre_action_check(struct arena *, struct str text, struct out *why);

#endif
