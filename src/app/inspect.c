/* Keep a request for the inspector and answer it. See inspect.h. */
#include <string.h>

#include "../core/message.h"
#include "../core/lint.h"
#include "../core/twiml.h"
#include "../edge/clock.h"
#include "inspect.h"

#define VALUE_BYTES 1024	/* of a header's value */
#define TARGET_BYTES 8192
#define NAME_BYTES 100		/* of a header's name */

bool
inspect_begin(struct inspection *in, const struct config *c,
    const struct request *r, int64_t now_ms)
{
	struct str	name;

	if (c->state == NULL ||
	    !inspector_asked(r->var[VAR_REQUEST_URI], &name))
		return false;
	in->verdict = r->method == METHOD_HEAD ? "head" : "accepted";
	in->kind = NULL;
	in->account = (struct str){ NULL, 0 };
	inspector_ring(&in->ring, c->state);
	if (inspector_find(&in->ring, name, now_ms, &in->inspector))
		return true;
	ring_close(&in->ring);
	return false;
}

/* X_TWILIO_SIGNATURE as X-Twilio-Signature. */
static struct str
header_name(char buf[NAME_BYTES], struct str var)
{
	bool	first = true;
	size_t	i;

	var = str_sub(var, 0, NAME_BYTES - 1);
	for (i = 0; i < var.n; i++) {
		buf[i] = var.p[i];
		if (!first && buf[i] >= 'A' && buf[i] <= 'Z')
			buf[i] = (char)(buf[i] - 'A' + 'a');
		first = buf[i] == '_';
		if (first || (unsigned char)buf[i] <= ' ' || buf[i] == ':')
			buf[i] = '-';
	}
	buf[i] = '\0';
	return (struct str){ buf, i };
}

/* A header if there is room; whether there was. */
static bool
add(struct out *o, const char *name, struct str value)
{
	size_t	before = o->n;

	message_write_header(o, name, str_sub(value, 0, VALUE_BYTES));
	if (!o->overflow)
		return true;
	o->n = before;
	o->overflow = false;
	return false;
}

/*
 * Not shown: what is nobody's header (the server's own proxy may have a
 * password), a second CONTENT_*, and names that are ours.
 */
static bool
is_left_out(struct str var)
{
	static const char *const names[] = { "PROXY", "CONTENT_TYPE",
	    "CONTENT_LENGTH" };
	size_t	i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (str_eq(var, str_from(names[i])))
			return true;
	return str_starts(var, STR("OFFHOOK_"));
}

/* Names of headers that carry what lets somebody in. */
static bool
is_secret(struct str var)
{
	static const char *const words[] = { "AUTHORIZATION", "COOKIE",
	    "SECRET", "PASSWORD", "API_KEY", "TOKEN" };
	size_t	i;

	if (str_eq(var, STR("I_TWILIO_IDEMPOTENCY_TOKEN")))
		return false;
	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (str_search(var, str_from(words[i])) < var.n)
			return true;
	return false;
}

static struct str
without_secrets(struct request *r, struct str var, struct str value)
{
	if (is_secret(var))
		return STR("***");
	return url_mask_token(r->arena, value);
}

/* Every header that the server passed on; how many found no room. */
static int64_t
write_headers(struct out *o, struct request *r)
{
	struct str	name, value, prefix = STR("HTTP_");
	char *const	*env;
	char		 buf[NAME_BYTES];
	int64_t		 n = 0, left_out = 0;

	for (env = r->env; env != NULL && *env != NULL; env++) {
		value = str_from(*env);
		if (!str_cut(&value, '=', &name) || value.p == NULL ||
		    !str_starts(name, prefix))
			continue;
		name = str_sub(name, prefix.n, name.n);
		if (is_left_out(name))
			continue;
		value = without_secrets(r, name, value);
		(void)header_name(buf, name);
		/* A reader takes so many; ours are below 14. */
		if (n >= MESSAGE_MAX_HEADERS - 14 || !add(o, buf, value))
			left_out++;
		else
			n++;
	}
	return left_out;
}

static void
write_number(struct out *o, const char *name, int64_t n)
{
	char		digits[24];
	struct out	d = out_init(digits, sizeof(digits));

	out_int(&d, n);
	message_write_header(o, name, out_str(&d));
}

/* What we know of it; always first, so that it is found first. */
static void
write_own(struct out *o, const struct inspection *in,
    const struct request *r)
{
	static const struct {
		const char	*name;
		enum variable	 var;
	} kept[] = {
		{ "Offhook-Remote-Addr", VAR_REMOTE_ADDR },
		{ "Offhook-Scheme", VAR_REQUEST_SCHEME },
		{ "Offhook-Https", VAR_HTTPS },
		{ "Offhook-Server-Name", VAR_SERVER_NAME },
		{ "Offhook-Server-Port", VAR_SERVER_PORT },
		{ "Offhook-Content-Length", VAR_CONTENT_LENGTH },
		{ "Content-Type", VAR_CONTENT_TYPE },
	};
	size_t	i;

	message_write_header(o, "Offhook-Verdict", str_from(in->verdict));
	message_write_header(o, "Offhook-Kind", str_from(in->kind));
	message_write_header(o, "Offhook-Account", in->account);
	write_number(o, "Offhook-Body-Bytes", (int64_t)r->body.n);
	for (i = 0; i < sizeof(kept) / sizeof(kept[0]); i++)
		message_write_header(o, kept[i].name,
		    str_sub(r->var[kept[i].var], 0, 256));
}

/* The request as an HTTP message; absent when memory is short. */
static struct str
capture(const struct inspection *in, struct request *r)
{
	struct str	target = url_mask_token(r->arena,
			    str_sub(r->var[VAR_REQUEST_URI], 0,
			    TARGET_BYTES));
	struct str	body = str_sub(r->body, 0, INSPECTOR_BODY);
	size_t		cap = RING_HEAD_BYTES + body.n;
	char		*p = arena_alloc(r->arena, cap, 1);
	struct out	o;
	int64_t		left_out;

	if (p == NULL)
		return (struct str){ NULL, 0 };
	o = out_init(p, RING_HEAD_BYTES - 100);	/* for the two at the end */
	message_write_request_line(&o, str_sub(r->var[VAR_REQUEST_METHOD], 0,
	    32), str_sub(target, 0, TARGET_BYTES));
	write_own(&o, in, r);
	left_out = write_headers(&o, r);
	o.cap = cap;
	if (left_out > 0)
		write_number(&o, "Offhook-Left-Out", left_out);
	message_write_body(&o, body);
	return o.overflow ? (struct str){ NULL, 0 } : out_str(&o);
}

static void
log_inspected(const struct inspection *in, const struct webhook *w,
    const struct request *r, uint64_t count)
{
	char			digits[24];
	struct out		o = out_init(digits, sizeof(digits));
	struct log_field	f[] = {
		{ "verdict", str_from(in->verdict) },
		{ "from", r->var[VAR_REMOTE_ADDR] },
		{ "method", str_sub(r->var[VAR_REQUEST_METHOD], 0, 32) },
		{ "inspected", { NULL, 0 } },
		{ NULL, { NULL, 0 } },
	};

	out_int(&o, (int64_t)count);
	f[3].value = out_str(&o);
	log_write(&w->log, LOG_INFO, "inspected", f);
}

void
inspect_finish(struct inspection *in, struct webhook *w, struct request *r,
    int64_t now_ms, struct reply *reply)
{
	struct str	text = { in->inspector.reply, in->inspector.reply_n };
	uint64_t	count = ring_put(&in->ring, now_ms, capture(in, r));
	char		why[256];
	struct out	o = out_init(why, sizeof(why));

	if (count > 0)
		log_inspected(in, w, r, count);
	ring_close(&in->ring);
	/* It was checked when it was set; a file may be damaged. */
	text = text.n > 0 && lint_check(r->arena, text, LINT_ANY,
	    &o) ? arena_copy(r->arena, text) : STR(TWIML_EMPTY);
	*reply = (struct reply){ .status = 200, .type = TWIML_TYPE,
	    .body = text.p == NULL ? STR(TWIML_EMPTY) : text };
}
