/* Leave texts and numbers of people out of what is stored. See redact.h. */
#include "form.h"
#include "json.h"
#include "kind.h"
#include "out.h"
#include "redact.h"

#define MASK "xxxx"
#define MASKED_DIGITS 4
#define ABSENT ((struct str){ NULL, 0 })

/* JSON or a URL within a string, and so on: what lies deeper is emptied. */
#define MAX_NESTED 4

/* What becomes of a value. */
enum deed {
	DEED_LOOK,	/* not of the table: only what it may hold inside */
	DEED_KEEP,
	DEED_EMPTY,
	DEED_MASK
};

/*
 * Parameters of people, by name; the first row that fits. Case, '_' and a
 * number at the end do not count: MediaUrl0, mediaUrl, media_url are
 * MediaUrl; '*' is any end. The form's "MessagingBinding.Address" is a
 * member of an object, as in JSON.
 *
 * body: docs/messaging/guides/webhook-request (Body, media, location,
 * buttons, referral), docs/voice/twiml/gather, record, pay, transcription,
 * docs/conversations/conversations-webhooks (Body, Attributes, names).
 * numbers: the same pages, and docs/voice/twiml for SIP and ForwardedFrom.
 * State and country stay, as a number's first digits do.
 */
static const struct {
	const char	*name;
	unsigned	 flag;
	enum deed	 deed;
	const char	*object;	/* whose member it is; NULL: any's */
} table[] = {
	{ "Name", REDACT_BODY, DEED_EMPTY, "MessagingBinding" },
	{ "Address", REDACT_NUMBERS, DEED_MASK, "MessagingBinding" },
	{ "Name", REDACT_BODY, DEED_EMPTY, "Email" },
	{ "Body", REDACT_BODY, DEED_EMPTY, NULL },
	{ "MessageBody", REDACT_BODY, DEED_EMPTY, NULL },
	{ "MessageSubject", REDACT_BODY, DEED_EMPTY, NULL },
	{ "Subject", REDACT_BODY, DEED_EMPTY, NULL },
	{ "Media", REDACT_BODY, DEED_EMPTY, NULL },
	{ "MediaUrl", REDACT_BODY, DEED_EMPTY, NULL },
	{ "Filename", REDACT_BODY, DEED_EMPTY, NULL },
	{ "ButtonText", REDACT_BODY, DEED_EMPTY, NULL },
	{ "ButtonPayload", REDACT_BODY, DEED_EMPTY, NULL },
	{ "ListId", REDACT_BODY, DEED_EMPTY, NULL },
	{ "ListTitle", REDACT_BODY, DEED_EMPTY, NULL },
	{ "ListDescription", REDACT_BODY, DEED_EMPTY, NULL },
	{ "InteractiveData", REDACT_BODY, DEED_EMPTY, NULL },
	{ "FlowData", REDACT_BODY, DEED_EMPTY, NULL },
	{ "ReferralBody", REDACT_BODY, DEED_EMPTY, NULL },
	{ "ReferralHeadline", REDACT_BODY, DEED_EMPTY, NULL },
	{ "ProfileName", REDACT_BODY, DEED_EMPTY, NULL },
	{ "CallerName", REDACT_BODY, DEED_EMPTY, NULL },
	{ "FriendlyName", REDACT_BODY, DEED_EMPTY, NULL },
	{ "UniqueName", REDACT_BODY, DEED_EMPTY, NULL },
	{ "AuthorFriendlyName", REDACT_BODY, DEED_EMPTY, NULL },
	{ "Attributes", REDACT_BODY, DEED_EMPTY, NULL },
	{ "Latitude", REDACT_BODY, DEED_EMPTY, NULL },
	{ "Longitude", REDACT_BODY, DEED_EMPTY, NULL },
	{ "Address", REDACT_BODY, DEED_EMPTY, NULL },
	{ "Label", REDACT_BODY, DEED_EMPTY, NULL },
	{ "ParticipantLabel*", REDACT_BODY, DEED_EMPTY, NULL },
	{ "StateReason", REDACT_BODY, DEED_EMPTY, NULL },
	{ "Reason", REDACT_BODY, DEED_EMPTY, NULL },
	{ "Msg", REDACT_BODY, DEED_EMPTY, NULL },
	{ "AddOns", REDACT_BODY, DEED_EMPTY, NULL },
	{ "ReferralSourceUrl", REDACT_BODY, DEED_EMPTY, NULL },
	{ "ReferralMediaUrl", REDACT_BODY, DEED_EMPTY, NULL },
	{ "Digits", REDACT_BODY, DEED_EMPTY, NULL },
	{ "SpeechResult", REDACT_BODY, DEED_EMPTY, NULL },
	{ "UnstableSpeechResult", REDACT_BODY, DEED_EMPTY, NULL },
	{ "StableSpeechResult", REDACT_BODY, DEED_EMPTY, NULL },
	{ "TranscriptionText", REDACT_BODY, DEED_EMPTY, NULL },
	{ "TranscriptionData", REDACT_BODY, DEED_EMPTY, NULL },
	{ "HandoffData", REDACT_BODY, DEED_EMPTY, NULL },
	{ "PaymentCardNumber", REDACT_BODY, DEED_EMPTY, NULL },
	{ "PaymentCardPostalCode", REDACT_BODY, DEED_EMPTY, NULL },
	{ "ExpirationDate", REDACT_BODY, DEED_EMPTY, NULL },
	{ "SecurityCode", REDACT_BODY, DEED_EMPTY, NULL },
	{ "BankAccountNumber", REDACT_BODY, DEED_EMPTY, NULL },
	{ "BankRoutingNumber", REDACT_BODY, DEED_EMPTY, NULL },
	{ "From", REDACT_NUMBERS, DEED_MASK, NULL },
	{ "To", REDACT_NUMBERS, DEED_MASK, NULL },
	{ "Caller", REDACT_NUMBERS, DEED_MASK, NULL },
	{ "Called", REDACT_NUMBERS, DEED_MASK, NULL },
	{ "CalledVia", REDACT_NUMBERS, DEED_MASK, NULL },
	{ "CallerId", REDACT_NUMBERS, DEED_MASK, NULL },
	{ "ForwardedFrom", REDACT_NUMBERS, DEED_MASK, NULL },
	{ "DialCallTo", REDACT_NUMBERS, DEED_MASK, NULL },
	{ "DialCallFrom", REDACT_NUMBERS, DEED_MASK, NULL },
	{ "ReferTransferTarget", REDACT_NUMBERS, DEED_MASK, NULL },
	{ "TransferTarget", REDACT_NUMBERS, DEED_MASK, NULL },
	{ "Recipients", REDACT_NUMBERS, DEED_MASK, NULL },
	{ "WaId", REDACT_NUMBERS, DEED_MASK, NULL },
	{ "ExternalUserId", REDACT_NUMBERS, DEED_MASK, NULL },
	{ "OriginalRepliedMessageSender", REDACT_NUMBERS, DEED_MASK, NULL },
	{ "Author", REDACT_NUMBERS, DEED_MASK, NULL },
	{ "AuthorAddress", REDACT_NUMBERS, DEED_MASK, NULL },
	{ "ProxyAddress", REDACT_NUMBERS, DEED_MASK, NULL },
	{ "ProjectedAddress", REDACT_NUMBERS, DEED_MASK, NULL },
	{ "ClientIdentity", REDACT_NUMBERS, DEED_MASK, NULL },
	{ "Identity", REDACT_NUMBERS, DEED_MASK, NULL },
	{ "PhoneNumber", REDACT_NUMBERS, DEED_MASK, NULL },
	{ "FromNumber", REDACT_NUMBERS, DEED_MASK, NULL },
	{ "ToNumber", REDACT_NUMBERS, DEED_MASK, NULL },
	{ "ChannelToAddress", REDACT_NUMBERS, DEED_MASK, NULL },
	{ "ContactChannelAddress", REDACT_NUMBERS, DEED_MASK, NULL },
	{ "SipCallId", REDACT_NUMBERS, DEED_EMPTY, NULL },
	{ "DialSipCallId", REDACT_NUMBERS, DEED_EMPTY, NULL },
	{ "SipSourceIp", REDACT_NUMBERS, DEED_EMPTY, NULL },
	{ "SipUsername", REDACT_NUMBERS, DEED_MASK, NULL },
	{ "SipHeader*", REDACT_NUMBERS, DEED_EMPTY, NULL },
	{ "DialSipHeader*", REDACT_NUMBERS, DEED_EMPTY, NULL },
	{ "StirPassportToken", REDACT_NUMBERS, DEED_EMPTY, NULL },
	{ "CallToken", REDACT_NUMBERS, DEED_EMPTY, NULL },
	{ "FromCity", REDACT_NUMBERS, DEED_EMPTY, NULL },
	{ "FromZip", REDACT_NUMBERS, DEED_EMPTY, NULL },
	{ "ToCity", REDACT_NUMBERS, DEED_EMPTY, NULL },
	{ "ToZip", REDACT_NUMBERS, DEED_EMPTY, NULL },
	{ "CallerCity", REDACT_NUMBERS, DEED_EMPTY, NULL },
	{ "CallerZip", REDACT_NUMBERS, DEED_EMPTY, NULL },
	{ "CalledCity", REDACT_NUMBERS, DEED_EMPTY, NULL },
	{ "CalledZip", REDACT_NUMBERS, DEED_EMPTY, NULL },
};

/* A text of which some places are replaced: views, joined at the end. */
struct piece {
	struct str	 s;
	struct piece	*next;
};

struct text {
	struct arena	*arena;
	struct str	 s;
	size_t		 done;	/* bytes of it that have become pieces */
	struct piece	*first;
	struct piece	*last;
	size_t		 n;	/* pieces */
};

/* What a rewriting goes on with. */
struct job {
	struct arena	*arena;
	unsigned	 flags;
	int		 nested;	/* texts within texts still allowed */
};

static struct str	rewrite_text(struct job, struct str);
static struct str	rewrite_json(struct job, struct str);

const char *
redact_strerror(enum redact_result r)
{
	switch (r) {
	case REDACT_OK:
		return "ok";
	case REDACT_NO_PAIR:
		return "it is not KIND:WHAT, such as message.*:body";
	case REDACT_NO_KIND:
		return "no kind of event has or begins with that name";
	case REDACT_NO_WHAT:
		return "what is left out is body, numbers or all";
	case REDACT_TOO_MANY:
		return "more than 64 rules";
	}
	return "unknown";
}

static bool
parse_what(struct str s, unsigned *out)
{
	*out = str_eq(s, STR("body")) ? REDACT_BODY :
	    str_eq(s, STR("numbers")) ? REDACT_NUMBERS :
	    str_eq(s, STR("all")) ? REDACT_BODY | REDACT_NUMBERS : 0;
	return *out != 0;
}

/* Whether some event may be of that kind; a stream's are Twilio's to name. */
static bool
is_kind(const struct redact_rule *r)
{
	struct str	stream = STR("stream.");
	enum event_kind	ignored;
	size_t		i;

	if (str_starts(r->kind, stream))
		return r->prefix || r->kind.n > stream.n;
	if (!r->prefix)
		return event_kind_parse(r->kind, &ignored);
	for (i = 0; i < EVENT_KINDS; i++)
		if (str_starts(str_from(event_kind_name((enum event_kind)i)),
		    r->kind))
			return true;
	return str_starts(stream, r->kind);
}

enum redact_result
redact_add(struct redact *rules, struct str rule)
{
	struct redact_rule	r = { .what = 0 };

	if (!str_cut(&rule, ':', &r.kind) || r.kind.n == 0 || rule.p == NULL)
		return REDACT_NO_PAIR;
	r.prefix = str_ends(r.kind, STR("*"));
	if (r.prefix)
		r.kind.n--;
	if (!is_kind(&r))
		return REDACT_NO_KIND;
	if (!parse_what(rule, &r.what))
		return REDACT_NO_WHAT;
	if (rules->n == REDACT_MAX_RULES)
		return REDACT_TOO_MANY;
	rules->rule[rules->n++] = r;
	return REDACT_OK;
}

unsigned
redact_rules(const struct redact *rules, struct str kind)
{
	const struct redact_rule	*r;
	unsigned			 flags = 0;

	for (r = rules->rule; r < rules->rule + rules->n; r++)
		if (r->prefix ? str_starts(kind, r->kind) :
		    str_eq(kind, r->kind))
			flags |= r->what;
	return flags;
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
same_name(struct str row, struct str name)
{
	size_t	i, j = 0;

	for (i = 0; i < name.n; i++) {
		if (name.p[i] == '_')
			continue;
		if (j == row.n || lower(row.p[j]) != lower(name.p[i]))
			break;
		j++;
	}
	if (j < row.n && row.p[j] == '*')
		return true;
	while (i < name.n && is_digit(name.p[i]))
		i++;
	return j == row.n && i == name.n;
}

/* What is to be done with the member of that name of a parent object. */
static enum deed
find_deed(struct str parent, struct str name, unsigned flags)
{
	size_t	i;

	while (name.n > 0 && name.p[0] == '_')
		name = str_sub(name, 1, name.n);
	for (i = 0; name.n > 0 && i < sizeof(table) / sizeof(table[0]); i++) {
		if (lower(table[i].name[0]) != lower(name.p[0]) ||
		    !same_name(str_from(table[i].name), name))
			continue;
		if (table[i].object == NULL ||
		    same_name(str_from(table[i].object), parent))
			return (table[i].flag & flags) != 0 ? table[i].deed :
			    DEED_KEEP;
	}
	return DEED_LOOK;
}

/* Of a form's name: "MessagingBinding.Address" has a parent. */
static enum deed
find_form_deed(struct str name, unsigned flags)
{
	size_t	dot = name.n;

	while (dot > 0 && name.p[dot - 1] != '.')
		dot--;
	return find_deed(str_sub(name, 0, dot > 0 ? dot - 1 : 0),
	    str_sub(name, dot, name.n), flags);
}

static void
add_piece(struct text *t, struct str s)
{
	struct piece	*p = arena_alloc(t->arena, 1, sizeof(*p));

	if (p == NULL)
		return;
	p->s = s;
	if (t->last != NULL)
		t->last->next = p;
	else
		t->first = p;
	t->last = p;
	t->n++;
}

/* Places come in the order of the text, each a view of it. */
static void
replace(struct text *t, struct str place, struct str by)
{
	size_t	at = (size_t)(place.p - t->s.p);

	add_piece(t, str_sub(t->s, t->done, at));
	add_piece(t, by);
	t->done = at + place.n;
}

/* The text as it has become; absent when the arena is full. */
static struct str
finish(struct text *t)
{
	struct piece	*p;
	struct str	*all;
	size_t		 i = 0;

	if (t->n == 0)
		return t->arena->full ? ABSENT : t->s;
	add_piece(t, str_sub(t->s, t->done, t->s.n));
	all = arena_alloc(t->arena, t->n, sizeof(*all));
	if (all == NULL || t->arena->full)
		return ABSENT;
	for (p = t->first; p != NULL; p = p->next)
		all[i++] = p->s;
	return arena_join(t->arena, all, t->n);
}

/* What an escaping writes, in just the memory it takes of the arena. */
static struct str
escaped(struct arena *a, struct str s, size_t most,
    void (*write)(struct out *, struct str))
{
	char		*p = arena_alloc(a, most, 1);
	struct out	 o = out_init(p, p == NULL ? 0 : most);

	if (p == NULL)
		return ABSENT;
	write(&o, s);
	a->used -= most - o.n;
	return out_str(&o);
}

/* A channel that a number or address begins with, and its colon. */
static size_t
channel_length(struct str s)
{
	static const char *const	names[] = { "whatsapp:", "messenger:",
	    "instagram:", "viber:", "rcs:", "sip:", "sips:", "client:",
	    "tel:", "sim:", NULL };
	size_t	i;

	for (i = 0; names[i] != NULL; i++)
		if (str_starts(s, str_from(names[i])))
			return strlen(names[i]);
	return 0;
}

/* How much of a number stays; nothing of a name does. */
static size_t
kept_length(struct str user)
{
	size_t	i, plus = str_starts(user, STR("+"));

	for (i = plus; i < user.n; i++)
		if (!is_digit(user.p[i]))
			return 0;
	return i - plus > MASKED_DIGITS ? i - MASKED_DIGITS : 0;
}

/* "@host:port" behind the last '@'; what stands behind the host may tell. */
static struct str
domain(struct str s)
{
	size_t	at = s.n, end;

	while (at > 0 && s.p[at - 1] != '@')
		at--;
	if (at == 0)
		return STR("");
	for (end = at; end < s.n; end++)
		if (!(is_digit(s.p[end]) || s.p[end] == '.' ||
		    s.p[end] == '-' || s.p[end] == ':' ||
		    (lower(s.p[end]) >= 'a' && lower(s.p[end]) <= 'z')))
			break;
	return str_sub(s, at - 1, end);
}

struct str
redact_number(struct arena *a, struct str s)
{
	struct str	part[4], rest;
	size_t		channel = channel_length(s);

	if (s.n == 0)
		return s;
	rest = str_sub(s, channel, s.n);
	part[0] = str_sub(s, 0, channel);
	part[2] = STR(MASK);
	part[3] = domain(rest);
	if (part[3].n > 0)
		rest = str_sub(rest, 0, (size_t)(part[3].p - rest.p));
	part[1] = str_sub(rest, 0, kept_length(rest));
	return arena_join(a, part, 4);
}

static struct str
do_deed(struct job job, enum deed deed, struct str value)
{
	switch (deed) {
	case DEED_LOOK:
		return rewrite_text(job, value);
	case DEED_KEEP:
		break;
	case DEED_EMPTY:
		return STR("");
	case DEED_MASK:
		return redact_number(job.arena, value);
	}
	return value;
}

static struct str
rewrite_form(struct job job, struct str raw)
{
	struct text	t = { .arena = job.arena, .s = raw };
	struct str	rest = raw, piece, name, value, new;
	enum deed	deed;

	while (str_cut(&rest, '&', &piece)) {
		(void)str_cut(&piece, '=', &name);
		deed = find_form_deed(form_unescape(job.arena, name),
		    job.flags);
		if (deed == DEED_KEEP || piece.n == 0)
			continue;
		value = form_unescape(job.arena, piece);
		new = do_deed(job, deed, value);
		if (!str_eq(new, value))
			replace(&t, piece, escaped(job.arena, new, 3 * new.n,
			    out_form));
	}
	return finish(&t);
}

static struct str
rewrite_url(struct job job, struct str url)
{
	struct str	part[2];
	size_t		query = str_find(url, '?', 0);

	if (query == url.n)
		return url;
	part[0] = str_sub(url, 0, query + 1);
	part[1] = rewrite_form(job, str_sub(url, query + 1, url.n));
	return job.arena->full ? ABSENT : arena_join(job.arena, part, 2);
}

/* A value that no row names, which may be JSON or a URL with a query. */
static struct str
rewrite_text(struct job job, struct str s)
{
	struct json_walk	ignored;
	bool			json = json_open(s, &ignored) && json_valid(s);
	bool			url = str_starts(s, STR("http://")) ||
				    str_starts(s, STR("https://"));

	if (!json && !url)
		return s;
	if (job.nested-- == 0)
		return STR("");
	return json ? rewrite_json(job, s) : rewrite_url(job, s);
}

static void
rewrite_scalar(struct job job, struct text *t, struct str value,
    enum deed deed)
{
	struct str	old = json_text(job.arena, value), new;

	/* true and false tell nothing; null and an empty text have nothing. */
	if (old.n == 0 || json_type(value) == JSON_BOOL)
		return;
	new = do_deed(job, deed, old);
	if (!str_eq(new, old))
		replace(t, value, escaped(job.arena, new, 6 * new.n + 2,
		    out_json));
}

/* As deep as json_valid lets a text be. */
static void
rewrite_value(struct job job, struct text *t, struct str parent,
    struct str value, enum deed inherited)
{
	struct json_walk	w;
	struct json_item	item;
	struct str		name;
	enum deed		deed;

	if (!json_open(value, &w)) {
		rewrite_scalar(job, t, value, inherited);
		return;
	}
	while (json_next(&w, &item)) {
		name = parent;
		deed = inherited;
		if (w.object) {
			name = json_text(job.arena, item.name);
			deed = find_deed(parent, name, job.flags);
		}
		if (inherited == DEED_EMPTY || inherited == DEED_MASK)
			deed = inherited;
		rewrite_value(job, t, name, item.value, deed);
	}
}

static struct str
rewrite_json(struct job job, struct str text)
{
	struct text	t = { .arena = job.arena, .s = text };

	rewrite_value(job, &t, STR(""), text, DEED_LOOK);
	return finish(&t);
}

struct str
redact_value(struct arena *a, struct str name, struct str value,
    unsigned flags)
{
	struct job	job = { a, flags, MAX_NESTED };

	if (flags == 0 || value.n == 0)
		return value;
	return do_deed(job, find_form_deed(name, flags), value);
}

struct str
redact_form(struct arena *a, struct str raw, unsigned flags)
{
	struct job	job = { a, flags, MAX_NESTED };

	return flags == 0 ? raw : rewrite_form(job, raw);
}

struct str
redact_url(struct arena *a, struct str url, unsigned flags)
{
	struct job	job = { a, flags, MAX_NESTED };

	return flags == 0 ? url : rewrite_url(job, url);
}

struct str
redact_json(struct arena *a, struct str text, unsigned flags)
{
	struct job	job = { a, flags, MAX_NESTED };

	if (flags == 0 || text.n == 0)
		return text;
	return json_valid(text) ? rewrite_json(job, text) : STR("");
}
