/* The table of commands; nothing else knows all of them. See help.h. */
#include "help.h"

const struct option global_options[] = {
	{ "output", "table|json", "how data is printed (table)", false },
	{ "config", "FILE", "the settings' file, in place of the usual one",
	    false },
	{ "help", NULL, "help with this command", false },
	{ NULL, NULL, NULL, false }
};

#define SEND_DETAIL \
    "The request is the one that Twilio would send, signed with the\n" \
    "AuthToken of the settings. Prints the status, the time and the reply;\n" \
    "fails when the status is not 2xx. Userinfo in URL answers a 401, as\n" \
    "Twilio's does."

#define SIGN_DETAIL \
    "URL is signed byte for byte, without userinfo and fragment, as Twilio\n" \
    "does. Without --data and the like it is a GET: nothing but the URL."

#define LIST_DETAIL \
    "Times are RFC 3339 (2026-01-31T23:59:59Z), dates, or so long ago: 15m,\n" \
    "24h, 7d. Without a number, ErrorCode, SID or kind, filters look back 3\n" \
    "days unless --since says how far. The next page is --after what\n" \
    "stands behind next:, in JSON and CSV in the last row's cursor. With\n" \
    "--follow a changed row is printed again, JSON has an object a line."

#define ISSUE_DETAIL \
    "ID is that of `offhook issue list`; TYPE and SUBJECT do as well."

#define ROUTE_FILES \
    "DIR holds files *.yaml, FILE is one, - standard input; without any it\n" \
    "is the folder routes."

const struct command commands[] = {
	{ "send", "sms", "URL", 1, 1, "send a signed inbound message",
	    SEND_DETAIL,
	    "offhook send sms http://127.0.0.1:8080/twilio --body Hello",
	    options_send, cmd_send, NEED_SETTINGS },
	{ "send", "call", "URL", 1, 1, "send a signed inbound call",
	    SEND_DETAIL,
	    "offhook send call http://127.0.0.1:8080/twilio "
	    "--from +15550101001",
	    options_send, cmd_send, NEED_SETTINGS },
	{ "send", "status", "URL", 1, 1,
	    "send a signed status callback of a message or a call",
	    SEND_DETAIL "\nOf a call when --sid begins with CA, or without "
	    "--sid when --status is one\nthat only calls have, or --seq is "
	    "given; else of a message.",
	    "offhook send status http://127.0.0.1:8080/twilio "
	    "--status delivered \\\n"
	    "    --sid SM00000000000000000000000000000001\n"
	    "offhook send status http://127.0.0.1:8080/twilio "
	    "--status completed --seq 3 \\\n"
	    "    --sid CA00000000000000000000000000000001",
	    options_send, cmd_send, NEED_SETTINGS },
	{ "send", "gather", "URL", 1, 1,
	    "send a signed answer to a <Gather> (keys pressed in a call)",
	    SEND_DETAIL,
	    "offhook send gather http://127.0.0.1:8080/twilio --digits 1",
	    options_send, cmd_send, NEED_SETTINGS },
	{ NULL, "send", "KIND URL", 0, 2,
	    "send a signed request of any kind",
	    SEND_DETAIL "\nKIND is one of `offhook send --list`, such as "
	    "call.dial or\nconversation.onMessageAdd.",
	    "offhook send call.dial http://127.0.0.1:8080/twilio "
	    "--variant sip --print",
	    options_send, cmd_send, NEED_SETTINGS },
	{ NULL, "simulate", "SCENARIO URL", 2, 2,
	    "play whole lives of messages and calls, and check what came",
	    "SCENARIO is inbound-sms, inbound-mms, outbound, failed, storm, "
	    "call,\nwrong-token or all. Checks the replies and, where the "
	    "settings name the\ndatabase of URL, the rows. Fails unless all "
	    "is as it must be.",
	    "offhook simulate all http://127.0.0.1:8080/twilio "
	    "--messages 20",
	    options_simulate, cmd_simulate, NEED_DATABASE },
	{ "signature", "sign", "URL", 1, 1,
	    "make the X-Twilio-Signature of a request", SIGN_DETAIL,
	    "offhook signature sign https://example.com/twilio "
	    "--data 'Body=Hi&From=%2B15550101001'",
	    options_sign, cmd_signature_sign, NEED_SETTINGS },
	{ "signature", "verify", "URL", 1, 1,
	    "check the X-Twilio-Signature of a request",
	    SIGN_DETAIL "\nThe spellings of URL that offhook accepts (with "
	    "the port and without) count.\nFails when the signature is not "
	    "valid.",
	    "offhook signature verify https://example.com/twilio --get "
	    "\\\n    --auth-token test-token-a "
	    "--signature 'eO8RON1rRtZk1r5VQhSP6IRhQQM='",
	    options_verify, cmd_signature_verify, NEED_SETTINGS },
	{ "signature", "explain", "[NUMBER|last]", 0, 1,
	    "find out why a request was refused, and what to change",
	    "NUMBER is one of `offhook request list --rejected`. Tries what "
	    "is known to go\nwrong, one fault and then two at once, and "
	    "tells which would make the\nsignature valid. With --file it "
	    "reads a request that you captured: its\nrequest line, headers, "
	    "a blank line and the body. Fails when nothing matches.",
	    "offhook signature explain last",
	    options_explain, cmd_signature_explain, NEED_SETTINGS },
	{ NULL, "url", "[BASE]", 0, 1,
	    "print the URLs to paste into Twilio's console",
	    "BASE (https://host[/path]) replaces OFFHOOK_PUBLIC_URL. A URL "
	    "without a path gets\n--path. What stands behind # tells Twilio "
	    "when to try again; it is not sent\nand not signed.",
	    "offhook url", options_url, cmd_url, NEED_SETTINGS },
	{ NULL, "inspect", "[BASE]", 0, 1,
	    "show what arrives at a temporary URL, signed or not",
	    "Makes a URL with a random path and shows each request that "
	    "comes there: its\nheaders, parameters or body, whether it would "
	    "be accepted, and why not. It is\nanswered 200 and stored nowhere "
	    "else. Ends by itself; run it as the user of the\nresponder. BASE "
	    "(https://host[/path]) replaces OFFHOOK_PUBLIC_URL.",
	    "offhook inspect --for 5s", options_inspect, cmd_inspect,
	    NEED_SETTINGS },
	{ "message", "list", "", 0, 0, "list messages, newest first",
	    LIST_DETAIL,
	    "offhook message list --since 24h --status undelivered",
	    options_message_list, cmd_message_list, NEED_DATABASE },
	{ "call", "list", "", 0, 0, "list calls, newest first", LIST_DETAIL,
	    "offhook call list --with +15550101001 --output csv",
	    options_call_list, cmd_call_list, NEED_DATABASE },
	{ "event", "list", "", 0, 0,
	    "list what was told of messages, calls ..., newest first",
	    LIST_DETAIL,
	    "offhook event list --kind 'conversation.*' --limit 5",
	    options_event_list, cmd_event_list, NEED_DATABASE },
	{ "request", "list", "", 0, 0,
	    "list requests, newest first: accepted and rejected",
	    "The rejected ones need no database.",
	    "offhook request list --rejected --limit 5",
	    options_request_list, cmd_request_list, NEED_DATABASE },
	{ "request", "show", "ID", 1, 1, "show one request in full",
	    "ID is that of `offhook request list`: r12 a rejected one, else "
	    "an event's id.",
	    "offhook request show r1",
	    options_request_show, cmd_request_show, NEED_DATABASE },
	{ "resource", "show", "SID", 1, 1,
	    "show where a message, call ... stands, and its history",
	    "With all that is known of it, what belongs to it (recordings, "
	    "calls that it\nmade, participants ...), and what each callback "
	    "did, in the order of arrival.",
	    "offhook resource show SM00000000000000000000000000000001",
	    NULL, cmd_resource_show, NEED_DATABASE },
	{ "route", "list", "", 0, 0,
	    "list the routes in their order: which reply an event gets",
	    "The first route that suits an event is taken.",
	    "offhook route list", options_csv, cmd_route_list, NEED_DATABASE },
	{ "route", "set", "KIND TO REPLY|@FILE|-", 3, 3,
	    "set the reply to an event",
	    "KIND is a kind of event that takes a reply (message.inbound, "
	    "call.inbound,\ncall.gather ...) or '*' (any); TO the number that "
	    "was texted or called, or '*'.\nThe most specific route wins; all "
	    "of them come behind the routes of files (route\napply). "
	    "call.redirect falls back on call.inbound. REPLY is TwiML, or with "
	    "--template\na template. It is checked; @FILE reads it from a "
	    "file, - from standard input.\nResponders take the new route with "
	    "their next request.\n\n"
	    "The Conversations webhooks that ask beforehand "
	    "(conversation.onMessageAdd ...)\nare answered with publish, "
	    "reject[:STATUS] (403) or the fields to change as\nJSON: body, "
	    "author, attributes (JSON in a string), friendly_name. Their TO "
	    "is a\nChatServiceSid or '*'. Routes of kind '*' never apply to "
	    "them; without a route\nthey publish.",
	    "offhook route set message.inbound '*' \\\n"
	    "    '<Response><Message>Thank you!</Message></Response>'\n"
	    "offhook route set conversation.onMessageAdd '*' "
	    "reject --in-trouble reject",
	    options_route_set, cmd_route_set, NEED_DATABASE },
	{ "route", "delete", "KIND TO|NAME", 1, 2, "delete a route",
	    "By what it was set with, or by its name in `offhook route "
	    "list`.",
	    "offhook route delete message.inbound '*'",
	    NULL, cmd_route_delete, NEED_DATABASE },
	{ "route", "plan", "[DIR|FILE...]", 0, ARGS_MAX_OPERANDS,
	    "show what route apply would change",
	    ROUTE_FILES "\nChanges nothing. Fails when a file has a fault; "
	    "with --exit-code the status is 3\nwhen there is something to "
	    "do.", "offhook route plan routes",
	    options_route_plan, cmd_route_plan, NEED_DATABASE },
	{ "route", "apply", "[DIR|FILE...]", 0, ARGS_MAX_OPERANDS,
	    "make the routes those of the files",
	    ROUTE_FILES "\nAll of them or none, in one transaction: what is "
	    "in no file is removed. Fails\nwhen somebody else changes the "
	    "routes meanwhile.",
	    "offhook route apply routes --comment 'opening hours'",
	    options_route_apply, cmd_route_apply, NEED_DATABASE },
	{ "route", "export", "", 0, 0,
	    "print the routes as a file for route apply",
	    "To apply what it prints changes nothing.",
	    "offhook route export", NULL, cmd_route_export, NEED_DATABASE },
	{ "route", "show", "NAME|VERSION", 1, 1,
	    "print a route, or all of an earlier version, as such a file",
	    NULL, "offhook route show 'ivr menu'", NULL,
	    cmd_route_show, NEED_DATABASE },
	{ "route", "history", "", 0, 0,
	    "list the changes of the routes: when, who, why", NULL,
	    "offhook route history --limit 5", options_route_history,
	    cmd_route_history, NEED_DATABASE },
	{ "route", "rollback", "VERSION|previous", 1, 1,
	    "make the routes what they were",
	    "VERSION is one of `offhook route history`. That is a change as "
	    "any other, and\ncan be rolled back as well.",
	    "offhook route rollback previous --comment 'it was better'",
	    options_route_rollback, cmd_route_rollback, NEED_DATABASE },
	{ "route", "test", "[KIND]", 0, 1,
	    "show which route a request takes, why, and its reply",
	    "KIND is one of `offhook send --list`; its sample is changed by "
	    "the options. State\n(session, senders) is the database's, unless "
	    "options tell it; with --files there\nis none. Nothing is stored, "
	    "no application is asked. Fails when the reply would\nnot be "
	    "sent as it stands.",
	    "offhook route test call.gather --digits 1 "
	    "--path /ivr/choice \\\n    --files routes",
	    options_route_test, cmd_route_test, NEED_DATABASE },
	{ "twiml", "lint", "FILE...|-", 1, ARGS_MAX_OPERANDS,
	    "check TwiML against the whole grammar, before Twilio does",
	    "Prints FILE:LINE:COLUMN: LEVEL CODE: what is wrong, in the words "
	    "and with the\ncode of Twilio's debugger. LEVEL is error, warning "
	    "or advice; fails (1) when\nanything is worse than advice. A FILE "
	    "that begins with a status line or\nheaders is read as a whole "
	    "response of an application: curl -i URL |\n"
	    "offhook twiml lint -. Needs neither settings nor database.",
	    "offhook twiml lint --kind voice reply.xml",
	    options_twiml_lint, cmd_twiml_lint, NEED_NOTHING },
	{ "kind", "list", "", 0, 0,
	    "list the kinds of events: how each is answered, told apart, "
	    "ordered", "Needs no database.",
	    "offhook kind list --output json", options_csv, cmd_kind_list,
	    NEED_NOTHING },
	{ "kind", "fields", "", 0, 0,
	    "list Twilio's parameters and where each goes",
	    "Needs no database.",
	    "offhook kind fields --output json", options_csv, cmd_kind_fields,
	    NEED_NOTHING },
	{ "destination", "add", "NAME URL|PROGRAM...", 2,
	    ARGS_MAX_OPERANDS,
	    "have events delivered to a URL, or to a program",
	    "PROGRAM is a whole path below OFFHOOK_EXEC, with its arguments, "
	    "behind --. Prints\nthe secret that deliveries are signed with. "
	    "What is routed from now on goes there;\noffhook replay sends what "
	    "came before. docs/deliveries.md tells all of it.",
	    "offhook destination add crm https://crm.example.com/hooks "
	    "\\\n    --kind 'message.*' --to +15550101002",
	    options_destination_add, cmd_destination_add, NEED_DATABASE },
	{ "destination", "list", "", 0, 0,
	    "list the destinations, and what waits for each", NULL,
	    "offhook destination list", options_csv, cmd_destination_list,
	    NEED_DATABASE },
	{ "destination", "show", "NAME", 1, 1,
	    "show a destination, how it stands and what it is set to",
	    "In the words of the options; (default) is what was not set.",
	    "offhook destination show crm", options_destination_show,
	    cmd_destination_show, NEED_DATABASE },
	{ "destination", "set", "NAME [URL|PROGRAM...]", 1,
	    ARGS_MAX_OPERANDS, "change a destination",
	    "An option that is given is changed, '' makes it what it was at "
	    "first (--rate '').\nWhat is pending is sent as it is set then, "
	    "too.",
	    "offhook destination set crm --rate 10/s --retry '5s 1m 1h'",
	    options_destination_set, cmd_destination_set, NEED_DATABASE },
	{ "destination", "test", "NAME", 1, 1,
	    "send one delivery now, and show what came back",
	    "From this machine; it is recorded nowhere. Without --event it "
	    "is a sample of\nmessage.inbound. Prints what was sent, the "
	    "answer, and what a worker would do\nthen. Fails unless it was "
	    "delivered.",
	    "offhook destination test crm", options_destination_test,
	    cmd_destination_test, NEED_DATABASE },
	{ "destination", "pause", "NAME", 1, 1,
	    "stop sending there; deliveries wait", NULL,
	    "offhook destination pause crm", NULL, cmd_destination_pause,
	    NEED_DATABASE },
	{ "destination", "resume", "NAME", 1, 1,
	    "go on, with what has waited", NULL,
	    "offhook destination resume crm", NULL, cmd_destination_resume,
	    NEED_DATABASE },
	{ "destination", "rotate", "NAME", 1, 1,
	    "make a new secret to sign with",
	    "Until the old one ends, by itself (--keep) or by --drop-old, "
	    "each delivery has\nboth signatures, so that none is refused "
	    "while the receiver changes over.",
	    "offhook destination rotate crm --keep 7d\n"
	    "offhook destination rotate crm --drop-old",
	    options_destination_rotate, cmd_destination_rotate,
	    NEED_DATABASE },
	{ "destination", "delete", "NAME", 1, 1, "delete a destination",
	    "What is pending there becomes cancelled, which needs --yes.",
	    "offhook destination add old https://old.example.com/hooks\n"
	    "offhook destination delete old", options_destination_delete,
	    cmd_destination_delete, NEED_DATABASE },
	{ "filter", "test", "FILTER|NAME [EVENT...]", 1,
	    ARGS_MAX_OPERANDS, "show which stored events a filter lets "
	    "through, and why not the others",
	    "FILTER is JSON, @FILE or -; NAME a destination, whose filter it "
	    "is.",
	    "offhook filter test '{\"kind\": \"message.*\"}' --last 5",
	    options_filter_test, cmd_filter_test, NEED_DATABASE },
	{ "transform", "test", "[EVENT...]", 0, ARGS_MAX_OPERANDS,
	    "show what would be sent of stored events",
	    "By a destination's transform, a template or a SQL function. "
	    "Sends nothing.",
	    "offhook transform test --template "
	    "'{\"text\": {{Body}}, \"of\": {{From}}}'",
	    options_transform_test,
	    cmd_transform_test, NEED_DATABASE },
	{ "delivery", "list", "", 0, 0,
	    "list deliveries, the latest routed first",
	    "The next page is --after what stands behind next:, in JSON and "
	    "CSV in the last\nrow's cursor.",
	    "offhook delivery list --undelivered --since 24h",
	    options_delivery_list, cmd_delivery_list, NEED_DATABASE },
	{ "delivery", "show", "ID|EVENT", 1, 1,
	    "show a delivery: its event, every attempt, what it waits for",
	    "ID is a number of `offhook delivery list`, or dlv_EVENT_NUMBER "
	    "as the receiver\ngot it. Of an event its deliveries are listed.",
	    "offhook delivery show 1", NULL, cmd_delivery_show,
	    NEED_DATABASE },
	{ "delivery", "retry", "ID...", 1, ARGS_MAX_OPERANDS,
	    "try deliveries again, now",
	    "Dead, expired and cancelled ones begin anew; one that waits for "
	    "its next attempt\nis tried at once. The id stays.",
	    "offhook delivery retry 1", NULL, cmd_delivery_retry,
	    NEED_DATABASE },
	{ "delivery", "cancel", "ID...", 1, ARGS_MAX_OPERANDS,
	    "end deliveries that are pending, unsent", NULL,
	    "offhook delivery cancel 1 --reason 'sent by hand'",
	    options_delivery_cancel, cmd_delivery_cancel, NEED_DATABASE },
	{ "dlq", "list", "", 0, 0,
	    "list dead letters by destination and reason",
	    "Deliveries that were given up, or that expired.",
	    "offhook dlq list", options_dlq_list, cmd_dlq_list,
	    NEED_DATABASE },
	{ "dlq", "retry", "", 0, 0, "try dead letters again",
	    "All that the options let through, as offhook delivery retry "
	    "does.", "offhook dlq retry --destination crm --reason "
	    "attempts", options_dlq_retry, cmd_dlq_retry, NEED_DATABASE },
	{ "dlq", "purge", "", 0, 0, "give dead letters up for good",
	    "They become cancelled. Without --yes it prints how many that "
	    "would be.", "offhook dlq purge --destination crm --until 30d",
	    options_dlq_purge, cmd_dlq_purge, NEED_DATABASE },
	{ "replay", "plan", "", 0, 0,
	    "say how many stored events would be sent again",
	    "Sends nothing. Without an outcome, what the destination's filter "
	    "wants; each new\ndelivery has an id of its own, and the event's "
	    "id.",
	    "offhook replay plan --destination crm --since 2d "
	    "--kind 'message.*'", options_replay_plan, cmd_replay_plan,
	    NEED_DATABASE },
	{ "replay", "run", "[ID]", 0, 1, "run a plan: workers send it",
	    "ID is that of replay plan; or --yes with the options of one.",
	    "offhook replay run --yes --destination crm --since 1h "
	    "--rate 50/s", options_replay_run, cmd_replay_run,
	    NEED_DATABASE },
	{ "replay", "status", "[ID]", 0, 1, "show how far replays are", NULL,
	    "offhook replay status", options_csv, cmd_replay_status,
	    NEED_DATABASE },
	{ "replay", "cancel", "ID", 1, 1,
	    "stop a replay, and what is pending of it", NULL,
	    "offhook replay cancel 1", NULL, cmd_replay_cancel,
	    NEED_DATABASE },
	{ NULL, "worker", "", 0, 0,
	    "make deliveries, drain the spool, tell of issues",
	    "A daemon, until SIGTERM; what is under way then is finished. Any "
	    "number may\nrun, on many machines. With --once it ends when "
	    "nothing is due any more: for\ncron, where no daemon may run "
	    "(* * * * * offhook worker --once --max-seconds 50).\nRun it as "
	    "the responder's user, whose spool it reads.",
	    "offhook worker --once --max-seconds 50", options_worker,
	    cmd_worker, NEED_DATABASE },
	{ "spool", "list", "", 0, 0,
	    "list the requests that wait for Postgres",
	    "They were answered while it was away. Run it as the responder's "
	    "user.", "offhook spool list", options_csv, cmd_spool_list,
	    NEED_SETTINGS },
	{ "spool", "show", "FILE|oldest", 1, 1, "print one of them",
	    "FILE is a name of `offhook spool list`.",
	    "offhook spool show oldest", NULL,
	    cmd_spool_show, NEED_SETTINGS },
	{ "spool", "drain", "", 0, 0, "bring them to Postgres",
	    "As `offhook worker` does by itself. Waits for Postgres, and ends "
	    "when the spool is\nempty. Run it as the responder's user. Fails "
	    "when files are left or were set aside.",
	    "offhook spool drain --for 10m", options_spool_drain,
	    cmd_spool_drain, NEED_DATABASE },
	{ NULL, "listen", "URL", 1, 1,
	    "forward events to an application under development, as they come",
	    "URL may be on this machine. Each event is sent as it came, "
	    "signed as Twilio\nwould for URL, or with --json as a destination "
	    "gets it; one line for each says\nwhat was answered. Nothing is "
	    "stored, and no delivery is made or marked. After\nan outage of "
	    "the database, or this machine's sleep, it goes on where it was.",
	    "offhook listen http://localhost:3000/sms --since 10m --once",
	    options_listen, cmd_listen, NEED_DATABASE },
	{ "issue", "list", "", 0, 0,
	    "list problems that were found, grouped and counted",
	    "The latest first.", "offhook issue list --type 'call.*'",
	    options_issue_list, cmd_issue_list, NEED_DATABASE },
	{ "issue", "show", "ID|TYPE SUBJECT", 1, 2, "show one of them",
	    ISSUE_DETAIL, "offhook issue show 1", NULL, cmd_issue_show,
	    NEED_DATABASE },
	{ "issue", "acknowledge", "ID|TYPE SUBJECT", 1, 2,
	    "say that somebody is at it",
	    ISSUE_DETAIL " Nobody is told of it again,\nuntil it was resolved "
	    "and has come back.",
	    "offhook issue acknowledge 1 --comment 'asked the carrier'",
	    options_issue_change, cmd_issue_change, NEED_DATABASE },
	{ "issue", "resolve", "ID|TYPE SUBJECT", 1, 2, "say that it is over",
	    ISSUE_DETAIL " The next case opens it\nagain.",
	    "offhook issue resolve 1", options_issue_change,
	    cmd_issue_change, NEED_DATABASE },
	{ "issue", "ignore", "ID|TYPE SUBJECT", 1, 2,
	    "say that it is no problem",
	    ISSUE_DETAIL " It is counted on,\nand nobody is told.",
	    "offhook issue ignore 1", options_issue_change, cmd_issue_change,
	    NEED_DATABASE },
	{ "issue", "reopen", "ID|TYPE SUBJECT", 1, 2, "open it again",
	    ISSUE_DETAIL, "offhook issue reopen 1", options_issue_change,
	    cmd_issue_change, NEED_DATABASE },
	{ "channel", "add", "NAME TYPE TARGET...", 3, ARGS_MAX_OPERANDS,
	    "have people told of issues, or change how",
	    "TYPE is mail (TARGET: addresses; OFFHOOK_SENDMAIL sends it), "
	    "webhook (a URL;\nsigned as Standard Webhooks has it) or exec (a "
	    "program below OFFHOOK_EXEC and\nits arguments; it gets JSON on "
	    "standard input). `offhook worker` tells: when an\nissue is "
	    "opened, opened again, and after the quiet time while it goes "
	    "on.",
	    "offhook channel add ops mail ops@example.com --quiet 2h",
	    options_channel_add, cmd_channel_add, NEED_DATABASE },
	{ "channel", "list", "", 0, 0, "list the channels", NULL,
	    "offhook channel list", options_csv, cmd_channel_list,
	    NEED_DATABASE },
	{ "channel", "test", "NAME", 1, 1, "tell a channel something now",
	    "Sent from here, with the settings of here. Fails when it does not "
	    "get through.", "offhook channel test ops", NULL,
	    cmd_channel_test, NEED_DATABASE },
	{ "channel", "delete", "NAME", 1, 1, "delete a channel", NULL,
	    "offhook channel delete ops", NULL, cmd_channel_delete,
	    NEED_DATABASE },
	{ "house", "keep", "", 0, 0,
	    "make partitions ahead, drop what is past its period",
	    "To be called daily, by cron. Prints what was done. Goes on "
	    "where the last run was\nstopped; a second one at the same time "
	    "ends at once. Fails when a step could not\nbe done, for another "
	    "one held a lock, say: the next run tries again.",
	    "offhook house keep", options_house_keep, cmd_house_keep,
	    NEED_DATABASE },
	{ "house", "plan", "", 0, 0, "print what house keep would do now",
	    "Changes nothing.", "offhook house plan", options_csv,
	    cmd_house_plan, NEED_DATABASE },
	{ "house", "show", "", 0, 0, "print how long what is kept", NULL,
	    "offhook house show", options_csv, cmd_house_show, NEED_DATABASE },
	{ "house", "set", "WHAT PERIOD", 2, 2, "set how long something is kept",
	    "WHAT is bodies, history, dedupe or deliveries; PERIOD such as "
	    "'90 days' or\n'2 years'. Whole months are kept, so up to a month "
	    "longer. bodies: what\nrequests carried; history: the requests "
	    "at all; dedupe: what tells a request\nthat comes again; "
	    "deliveries: those that have ended.",
	    "offhook house set bodies '90 days'", NULL, cmd_house_set,
	    NEED_DATABASE },
	{ "config", "show", "", 0, 0,
	    "print the settings and where each comes from",
	    "Secrets are masked. Needs no database.",
	    "offhook config show", NULL, cmd_config_show, NEED_NOTHING },
	{ "config", "check", "", 0, 0,
	    "check the settings; tells all errors at once",
	    "Needs no database.", "offhook config check", NULL,
	    cmd_config_check, NEED_NOTHING },
	{ NULL, "doctor", "[URL...]", 0, ARGS_MAX_OPERANDS,
	    "look for whatever is wrong, with the fix of each",
	    "Goes through the web server, too, with requests that have no "
	    "effect: to the\nURLs given (as pasted into Twilio, in quotes), "
	    "else to those of\nOFFHOOK_PUBLIC_URL. Fails when anything is "
	    "bad.", "offhook doctor --connect http://127.0.0.1:8080",
	    options_doctor, cmd_doctor, NEED_NOTHING },
	{ NULL, "version", "", 0, 0, "print the version", NULL,
	    "offhook version", NULL, cmd_version, NEED_NOTHING },
};

const size_t ncommands = sizeof(commands) / sizeof(commands[0]);
