/* A reply as CGI bytes. See respond.h. */
#include "respond.h"

/* Reason phrases: mod_cgid repeats the Status line to the client. */
static const char *
reason(int status)
{
	switch (status) {
	case 200:
		return "OK";
	case 204:
		return "No Content";
	case 400:
		return "Bad Request";
	case 401:
		return "Unauthorized";
	case 403:
		return "Forbidden";
	case 405:
		return "Method Not Allowed";
	case 413:
		return "Content Too Large";
	case 415:
		return "Unsupported Media Type";
	case 503:
		return "Service Unavailable";
	default:
		return status < 400 ? "OK" : "Error";
	}
}

bool
respond_format(const struct reply *r, struct out *o)
{
	out_cstr(o, "Status: ");
	out_int(o, r->status);
	out_char(o, ' ');
	out_cstr(o, reason(r->status));
	out_cstr(o, "\r\n");
	if (r->header != NULL) {
		out_cstr(o, r->header);
		out_cstr(o, "\r\n");
	}
	out_cstr(o, "Cache-Control: no-store\r\n");
	if (r->type != NULL) {
		out_cstr(o, "Content-Type: ");
		out_cstr(o, r->type);
		out_cstr(o, "\r\nContent-Length: ");
		out_int(o, (int64_t)r->body.n);
		out_cstr(o, "\r\n");
	}
	out_cstr(o, "\r\n");
	if (r->type != NULL && !r->no_body)
		out_bytes(o, r->body);
	return !o->overflow;
}
