/* Make and sign Twilio's requests, independently of src/. See traffic.h. */
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "traffic.h"

#define MAX_STEPS 5
#define MAX_PAIRS 20
#define NUMBER_OURS "+15550101001"

struct callback {
	const char	*status;	/* NULL ends a life */
	int		 seq;
	int		 error;
};

/* Lives with their share in percent; each list sums up to 100. */
struct life {
	unsigned	share;
	struct callback	step[MAX_STEPS];
};

static const struct life message_lives[] = {
	{ 78, { { "queued", -1, 0 }, { "sent", -1, 0 },
	    { "delivered", -1, 0 } } },
	{ 6, { { "queued", -1, 0 }, { "sending", -1, 0 }, { "sent", -1, 0 },
	    { "delivered", -1, 0 }, { "read", -1, 0 } } },
	{ 5, { { "queued", -1, 0 }, { "sent", -1, 0 },
	    { "undelivered", -1, 30005 } } },
	{ 4, { { "queued", -1, 0 }, { "failed", -1, 30006 } } },
	/* Told two ends, with two errors. */
	{ 3, { { "accepted", -1, 0 }, { "sent", -1, 0 },
	    { "undelivered", -1, 30008 }, { "delivered", -1, 0 },
	    { "failed", -1, 30003 } } },
	{ 2, { { "queued", -1, 0 }, { "canceled", -1, 0 } } },
	/* A status that nobody knows yet: below all, and alone. */
	{ 1, { { "queued", -1, 0 }, { "teleported", -1, 0 },
	    { "delivered", -1, 0 } } },
	{ 1, { { "teleported", -1, 0 }, { "beamed", -1, 0 } } },
};

static const struct life call_lives[] = {
	{ 66, { { "initiated", 0, 0 }, { "ringing", 1, 0 },
	    { "in-progress", 2, 0 }, { "completed", 3, 0 } } },
	{ 12, { { "initiated", 0, 0 }, { "ringing", 1, 0 },
	    { "no-answer", 2, 0 } } },
	{ 8, { { "initiated", 0, 0 }, { "ringing", 1, 0 },
	    { "busy", 2, 0 } } },
	/* Only the end was subscribed to: it is number 0. */
	{ 4, { { "completed", 0, 0 } } },
	/* Two streams, of which the second begins again at 0. */
	{ 4, { { "initiated", 0, 0 }, { "ringing", 1, 0 },
	    { "in-progress", 2, 0 }, { "completed", 3, 0 },
	    { "completed", 0, 0 } } },
	/* Two ends: told apart by the number, and by nothing but the word. */
	{ 3, { { "ringing", 1, 0 }, { "completed", 2, 0 },
	    { "failed", 3, 0 } } },
	{ 3, { { "ringing", 1, 0 }, { "busy", 2, 0 },
	    { "canceled", 2, 0 }, { "completed", 2, 0 } } },
};

static const struct life sms_lives[] = {
	{ 100, { { "received", -1, 0 } } },
};

static const struct life ring_lives[] = {
	{ 100, { { "ringing", -1, 0 } } },
};

static const struct {
	const char		*name;
	const char		*prefix;
	const struct life	*lives;
} kinds[] = {
	[TRAFFIC_MESSAGE] = { "message.status", "SM", message_lives },
	[TRAFFIC_CALL] = { "call.status", "CA", call_lives },
	[TRAFFIC_SMS] = { "message.inbound", "SM", sms_lives },
	[TRAFFIC_RING] = { "call.inbound", "CA", ring_lives },
};

/* splitmix64 (Steele, Lea, Flood 2014): good bits from a counter. */
static uint64_t
mix(uint64_t x)
{
	x += 0x9e3779b97f4a7c15;
	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9;
	x = (x ^ x >> 27) * 0x94d049bb133111eb;
	return x ^ x >> 31;
}

/* A number that belongs to this thing for this purpose. */
static uint64_t
draw(const struct traffic_options *o, unsigned kind, uint64_t thing,
    uint64_t purpose)
{
	return mix(mix(mix(o->seed) ^ kind) ^ mix(thing) ^ purpose << 40);
}

static const struct life *
life_of(const struct traffic_options *o, unsigned kind, uint32_t thing)
{
	const struct life	*l = kinds[kind].lives;
	uint64_t		 left = draw(o, kind, thing, 1) % 100;

	while (left >= l->share) {
		left -= l->share;
		l++;
	}
	return l;
}

static int
compare_order(const void *va, const void *vb)
{
	const struct traffic_item	*a = va, *b = vb;

	return (a->order > b->order) - (a->order < b->order);
}

/* Each item, some of them twice; with a place near where it would be. */
static size_t
lay_out(const struct traffic_options *o, struct traffic_item *at)
{
	const struct life	*l;
	unsigned		 kind, step, copy, copies;
	uint64_t		 r, dice, width = o->window;
	uint32_t		 thing;
	size_t			 n = 0;

	for (kind = 0; kind < TRAFFIC_KINDS; kind++)
		for (thing = 0; thing < o->things[kind]; thing++) {
			l = life_of(o, kind, thing);
			for (step = 0; step < MAX_STEPS &&
			    l->step[step].status != NULL; step++) {
				dice = draw(o, kind, thing, 100 + step);
				copies = kind >= TRAFFIC_SMS ? o->copies : 1;
				copies += dice % 100 < o->duplicates;
				for (copy = 0; at != NULL && copy < copies;
				    copy++) {
					r = mix(dice + copy + 1);
					at[n + copy] = (struct traffic_item){
					    thing, (uint8_t)kind,
					    (uint8_t)step,
					    (uint32_t)(width == 0 ? r :
					    n + copy + r % width) };
				}
				n += copies;
			}
		}
	return n;
}

struct traffic_item *
traffic_plan(const struct traffic_options *o, size_t *n)
{
	struct traffic_item	*at;

	*n = lay_out(o, NULL);
	at = calloc(*n + 1, sizeof(*at));
	if (at == NULL)
		return NULL;
	(void)lay_out(o, at);
	qsort(at, *n, sizeof(*at), compare_order);
	return at;
}

void
traffic_facts(const struct traffic_options *o, const struct traffic_item *i,
    struct traffic_facts *f)
{
	const struct callback	*c =
				    &life_of(o, i->kind, i->thing)->step[i->step];

	(void)snprintf(f->sid, sizeof(f->sid), "%s%016llx%016llx",
	    kinds[i->kind].prefix,
	    (unsigned long long)draw(o, i->kind, i->thing, 2),
	    (unsigned long long)draw(o, i->kind, i->thing, 3));
	f->kind = kinds[i->kind].name;
	f->status = c->status;
	f->seq = c->seq;
	f->error = c->error;
}

/* The parameters of one request. */
struct pairs {
	size_t	n;
	struct pair {
		const char	*name;
		char		 value[96];
	}	at[MAX_PAIRS];
};

__attribute__((format(printf, 3, 4)))
static void
add(struct pairs *p, const char *name, const char *fmt, ...)
{
	struct pair	*at = &p->at[p->n];
	va_list		 ap;

	if (p->n == MAX_PAIRS)
		abort();
	at->name = name;
	va_start(ap, fmt);
	(void)vsnprintf(at->value, sizeof(at->value), fmt, ap);
	va_end(ap);
	p->n++;
}

static void
add_message(struct pairs *p, const struct traffic_facts *f, unsigned long n)
{
	add(p, "SmsSid", "%s", f->sid);
	add(p, "SmsStatus", "%s", f->status);
	add(p, "MessageStatus", "%s", f->status);
	add(p, "To", "+1555011%04lu", n % 10000);
	add(p, "MessagingServiceSid", "MG%032x", 7);
	add(p, "MessageSid", "%s", f->sid);
	add(p, "From", "%s", NUMBER_OURS);
	if (f->error != 0)
		add(p, "ErrorCode", "%d", f->error);
	if (strstr(f->status, "delivered") != NULL)
		add(p, "RawDlrDoneDate", "%s", "2611220157");
}

static void
add_sms(struct pairs *p, const struct traffic_facts *f, unsigned long n)
{
	add(p, "ToCountry", "US");
	add(p, "SmsMessageSid", "%s", f->sid);
	add(p, "NumMedia", "0");
	add(p, "SmsSid", "%s", f->sid);
	add(p, "SmsStatus", "%s", f->status);
	add(p, "Body", "Is the table for %lu still free? \xc3\xa0 bient\xc3\xb4t",
	    n % 9 + 1);
	add(p, "To", "%s", NUMBER_OURS);
	add(p, "NumSegments", "1");
	add(p, "MessageSid", "%s", f->sid);
	add(p, "From", "+1555011%04lu", n % 10000);
}

static void
add_call(struct pairs *p, const struct traffic_facts *f, unsigned long n)
{
	add(p, "Called", "+1555011%04lu", n % 10000);
	add(p, "CallStatus", "%s", f->status);
	add(p, "From", "%s", NUMBER_OURS);
	add(p, "Direction", "outbound-api");
	add(p, "Timestamp", "Sun, 22 Nov 2026 01:57:%02lu +0000", n % 60);
	add(p, "CallSid", "%s", f->sid);
	add(p, "To", "+1555011%04lu", n % 10000);
	add(p, "CallbackSource", "call-progress-events");
	add(p, "SequenceNumber", "%d", f->seq);
	if (strcmp(f->status, "completed") == 0) {
		add(p, "Duration", "1");
		add(p, "CallDuration", "37");
	}
}

static void
add_ring(struct pairs *p, const struct traffic_facts *f, unsigned long n)
{
	add(p, "Called", "%s", NUMBER_OURS);
	add(p, "CallStatus", "%s", f->status);
	add(p, "Caller", "+1555011%04lu", n % 10000);
	add(p, "From", "+1555011%04lu", n % 10000);
	add(p, "Direction", "inbound");
	add(p, "CallSid", "%s", f->sid);
	add(p, "To", "%s", NUMBER_OURS);
}

static int
compare_names(const void *va, const void *vb)
{
	const struct pair	*a = va, *b = vb;

	return strcmp(a->name, b->name);
}

/* Bounded text, as strlcat would make it; sets *full instead of cutting. */
struct text {
	char	*p;
	size_t	 n, size;
	bool	 full;
};

static struct text
text_in(char *buf, size_t size)
{
	buf[0] = '\0';
	return (struct text){ buf, 0, size, false };
}

static void
put(struct text *t, const char *s, size_t n)
{
	if (n >= t->size - t->n) {
		t->full = true;
		return;
	}
	memcpy(t->p + t->n, s, n);
	t->n += n;
	t->p[t->n] = '\0';
}

static void
put_str(struct text *t, const char *s)
{
	put(t, s, strlen(s));
}

static void
put_escaped(struct text *t, const char *s)
{
	static const char	bare[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "abcdefghijklmnopqrstuvwxyz0123456789-_.~";
	char			hex[4];

	for (; *s != '\0'; s++) {
		if (strchr(bare, *s) != NULL)
			put(t, s, 1);
		else if (*s == ' ')
			put(t, "+", 1);
		else {
			(void)snprintf(hex, sizeof(hex), "%%%02X",
			    (unsigned char)*s);
			put(t, hex, 3);
		}
	}
}

static void
put_body(struct text *t, const struct pairs *p)
{
	size_t	i;

	for (i = 0; i < p->n; i++) {
		if (i > 0)
			put_str(t, "&");
		put_escaped(t, p->at[i].name);
		put_str(t, "=");
		put_escaped(t, p->at[i].value);
	}
}

/* Twilio: HMAC-SHA1 of the URL and the sorted names and values, in base64. */
static void
sign(const struct traffic_options *o, struct pairs *p, char out[32])
{
	unsigned char	md[EVP_MAX_MD_SIZE];
	unsigned int	n = 0;
	char		buf[TRAFFIC_REQUEST_SIZE];
	struct text	t = text_in(buf, sizeof(buf));
	size_t		i;

	qsort(p->at, p->n, sizeof(p->at[0]), compare_names);
	put_str(&t, o->base);
	put_str(&t, o->target);
	for (i = 0; i < p->n; i++) {
		put_str(&t, p->at[i].name);
		put_str(&t, p->at[i].value);
	}
	if (t.full || HMAC(EVP_sha1(), o->token, (int)strlen(o->token),
	    (const unsigned char *)buf, t.n, md, &n) == NULL)
		abort();
	(void)EVP_EncodeBlock((unsigned char *)out, md, (int)n);
}

size_t
traffic_request(const struct traffic_options *o, const struct traffic_item *i,
    char *buf, size_t size)
{
	struct pairs		p = { .n = 0 };
	struct traffic_facts	f = { .sid = "" };
	char			body[TRAFFIC_REQUEST_SIZE], sig[32], head[512];
	struct text		t = text_in(buf, size);
	struct text		b = text_in(body, sizeof(body));
	const char		*host = strstr(o->base, "://");
	unsigned long		n;

	traffic_facts(o, i, &f);
	n = (unsigned long)(draw(o, i->kind, i->thing, 4) >> 8);
	if (i->kind == TRAFFIC_MESSAGE)
		add_message(&p, &f, n);
	else if (i->kind == TRAFFIC_CALL)
		add_call(&p, &f, n);
	else if (i->kind == TRAFFIC_SMS)
		add_sms(&p, &f, n);
	else
		add_ring(&p, &f, n);
	add(&p, "AccountSid", "%s", o->account);
	add(&p, "ApiVersion", "2010-04-01");
	put_body(&b, &p);
	sign(o, &p, sig);
	(void)snprintf(head, sizeof(head), " HTTP/1.1\r\nHost: %s\r\n"
	    "Content-Type: application/x-www-form-urlencoded; charset=UTF-8"
	    "\r\nContent-Length: %zu\r\nX-Twilio-Signature: %s\r\n"
	    "I-Twilio-Idempotency-Token: %08x-%04x-4000-8000-%012llx\r\n"
	    "Accept: */*\r\nUser-Agent: TwilioProxy/1.1\r\n%s\r\n",
	    host == NULL ? "localhost" : host + 3, b.n, sig, i->thing,
	    i->kind * 256u + i->step, (unsigned long long)(n & 0xffffffffffff),
	    o->close ? "Connection: close\r\n" : "");
	put_str(&t, "POST ");
	put_str(&t, o->target);
	put_str(&t, head);
	put(&t, body, b.n);
	return t.full || b.full ? 0 : t.n;
}
