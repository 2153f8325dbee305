/* Answer and remember a refused request. See reject.h. */
#include "../core/message.h"
#include "../edge/clock.h"
#include "reject.h"

#define ASK_BASIC "WWW-Authenticate: Basic realm=\"offhook\", charset=\"UTF-8\""

static const struct {
	int		 status;
	const char	*name;
} reasons[] = {
	[REASON_METHOD] = { 405, "method" },
	[REASON_TARGET] = { 400, "target" },
	[REASON_DOUBLED] = { 400, "doubled-header" },
	[REASON_LENGTH] = { 400, "content-length" },
	[REASON_SHORT] = { 400, "short-body" },
	[REASON_LARGE] = { 413, "large-body" },
	[REASON_TYPE] = { 415, "content-type" },
	[REASON_FORM] = { 400, "form" },
	[REASON_BASIC] = { 401, "basic-auth" },
	[REASON_URL_TOKEN] = { 403, "url-token" },
	[REASON_SIGNATURE_MISSING] = { 403, "signature-missing" },
	[REASON_SIGNATURE_MALFORMED] = { 403, "signature-malformed" },
	[REASON_SIGNATURE_MISMATCH] = { 403, "signature-mismatch" },
	[REASON_ACCOUNT] = { 403, "unknown-account" },
	[REASON_BODY_UNSIGNED] = { 403, "body-unsigned" },
	[REASON_BODY_CHANGED] = { 403, "body-changed" },
	[REASON_FOREIGN] = { 403, "foreign-resource" },
	[REASON_UNAVAILABLE] = { 503, "unavailable" },
};

const char *
reject_reason_name(enum reason r)
{
	return reasons[r].name;
}

/* Texts that tell a stranger nothing beyond the status. */
static struct str
neutral(int status)
{
	switch (status) {
	case 400:
		return STR("Bad request\n");
	case 401:
		return STR("Authentication needed\n");
	case 403:
		return STR("Forbidden\n");
	case 405:
		return STR("Method not allowed\n");
	case 413:
		return STR("Too large\n");
	case 415:
		return STR("Unsupported media type\n");
	default:
		return STR("Unavailable\n");
	}
}

static void
fill(struct reply *r, int status)
{
	*r = (struct reply){ .status = status, .body = neutral(status),
	    .type = "text/plain; charset=utf-8" };
	if (status == 401)
		r->header = ASK_BASIC;
	else if (status == 405)
		r->header = "Allow: GET, HEAD, POST";
}

void
reject_ask_basic(struct reply *r)
{
	fill(r, 401);
}

/* What explains the refusal later, without its secrets. */
static void
write_headers(struct out *o, const struct request *r, const char *time,
    enum reason reason)
{
	static const struct {
		const char	*name;
		enum variable	 var;
	} kept[] = {
		{ "Host", VAR_HOST },
		{ "X-Twilio-Signature", VAR_SIGNATURE },
		{ "I-Twilio-Idempotency-Token", VAR_TOKEN },
		{ "Content-Type", VAR_CONTENT_TYPE },
		{ "User-Agent", VAR_USER_AGENT },
		{ "Transfer-Encoding", VAR_TRANSFER_ENCODING },
		{ "X-Forwarded-Proto", VAR_FORWARDED_PROTO },
		{ "X-Forwarded-Host", VAR_FORWARDED_HOST },
		{ "X-Forwarded-Port", VAR_FORWARDED_PORT },
		{ "Offhook-Remote-Addr", VAR_REMOTE_ADDR },
		{ "Offhook-Scheme", VAR_REQUEST_SCHEME },
		{ "Offhook-Https", VAR_HTTPS },
		{ "Offhook-Server-Name", VAR_SERVER_NAME },
		{ "Offhook-Server-Port", VAR_SERVER_PORT },
		{ "Offhook-Content-Length", VAR_CONTENT_LENGTH },
	};
	size_t	i;

	message_write_header(o, "Offhook-Time", str_from(time));
	message_write_header(o, "Offhook-Reason",
	    str_from(reject_reason_name(reason)));
	for (i = 0; i < sizeof(kept) / sizeof(kept[0]); i++)
		message_write_header(o, kept[i].name,
		    str_sub(r->var[kept[i].var], 0, 1024));
	if (r->var[VAR_AUTHORIZATION].p != NULL)
		message_write_header(o, "Authorization", STR("***"));
}

/* The request as an HTTP message; absent when it cannot be kept. */
static struct str
capture(const struct request *r, int64_t now_ms, enum reason reason)
{
	struct str	target = str_sub(r->var[VAR_REQUEST_URI], 0, 8192);
	size_t		cap = 2 * RING_HEAD_BYTES + r->body.n;
	char		*p = arena_alloc(r->arena, cap, 1), time[25];
	struct out	o;

	if (p == NULL)
		return (struct str){ NULL, 0 };
	clock_format(now_ms, time);
	o = out_init(p, cap);
	message_write_request_line(&o, str_sub(r->var[VAR_REQUEST_METHOD], 0,
	    32), target.n > 0 ? target : STR("/"));
	write_headers(&o, r, time, reason);
	message_write_body(&o, r->body);
	return o.overflow ? (struct str){ NULL, 0 } : out_str(&o);
}

static void
log_rejected(struct webhook *w, const struct request *r, enum reason reason,
    uint64_t count)
{
	char			digits[24];
	struct out		o = out_init(digits, sizeof(digits));
	struct log_field	f[] = {
		{ "reason", str_from(reject_reason_name(reason)) },
		{ "from", r->var[VAR_REMOTE_ADDR] },
		{ "method", str_sub(r->var[VAR_REQUEST_METHOD], 0, 32) },
		/* Not the query: it holds numbers, texts and secrets. */
		{ "path", url_path(r->var[VAR_REQUEST_URI]) },
		{ "rejected", { digits, 0 } },
		{ "see", w->ring.fd == -1 ? STR("(not kept: OFFHOOK_STATE "
		    "cannot be written)") :
		    STR("offhook signature explain last") },
		{ NULL, { NULL, 0 } },
	};

	out_int(&o, (int64_t)count);
	f[4].value = out_str(&o);
	log_write(&w->log, LOG_WARNING, "rejected", f);
}

void
reject(struct webhook *w, struct request *r, int64_t now_ms,
    enum reason reason, struct reply *reply)
{
	struct str	text = capture(r, now_ms, reason);
	uint64_t	count = ring_put(&w->ring, now_ms, text);

	/* Without a ring nobody counts for the next CGI process. */
	if (count > 0 && w->once && w->ring.fd == -1 && !log_allows(now_ms,
	    STR("rejected")))
		count = 0;
	if (count > 0)
		log_rejected(w, r, reason, count);
	fill(reply, reasons[reason].status);
}
