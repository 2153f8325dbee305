/* Write and read requests as HTTP/1.1 messages. See message.h. */
#include <stdint.h>

#include "message.h"

const char *
message_strerror(enum message_result r)
{
	switch (r) {
	case MESSAGE_OK:
		return "ok";
	case MESSAGE_NO_REQUEST_LINE:
		return "the first line is not METHOD TARGET HTTP/1.1";
	case MESSAGE_BAD_HEADER:
		return "a header line has no colon";
	case MESSAGE_TOO_MANY_HEADERS:
		return "more than 64 headers";
	case MESSAGE_SHORT_BODY:
		return "the body is shorter than its Content-Length";
	}
	return "unknown";
}

static struct str
without_cr(struct str line)
{
	if (line.n > 0 && line.p[line.n - 1] == '\r')
		line.n--;
	return line;
}

static bool
parse_request_line(struct str line, struct message *m)
{
	size_t	first = str_find(line, ' ', 0), last = line.n;

	while (last > first && line.p[last - 1] != ' ')
		last--;
	/* last is behind the last blank: " HTTP/1.1" follows the target. */
	if (last <= first + 1 || !str_starts(str_sub(line, last, line.n),
	    STR("HTTP/")))
		return false;
	m->method = str_sub(line, 0, first);
	m->target = str_sub(line, first + 1, last - 1);
	return m->method.n > 0 && m->target.n > 0;
}

static enum message_result
parse_header(struct str line, struct message *m)
{
	size_t	colon = str_find(line, ':', 0);

	if (colon == 0 || colon == line.n)
		return MESSAGE_BAD_HEADER;
	if (m->nheaders == MESSAGE_MAX_HEADERS)
		return MESSAGE_TOO_MANY_HEADERS;
	m->header[m->nheaders++] = (struct header){
		.name = str_sub(line, 0, colon),
		.value = str_trim(str_sub(line, colon + 1, line.n)),
	};
	return MESSAGE_OK;
}

static enum message_result
take_body(struct str rest, struct message *m)
{
	struct str	length = message_header(m, "Content-Length");
	uint64_t	n;

	m->body = rest.p == NULL ? STR("") : rest;
	if (length.p == NULL || !str_to_uint(length, SIZE_MAX, &n))
		return MESSAGE_OK;
	if (n > m->body.n)
		return MESSAGE_SHORT_BODY;
	m->body.n = (size_t)n;
	return MESSAGE_OK;
}

enum message_result
message_parse(struct str text, struct message *out)
{
	enum message_result	r = MESSAGE_OK;
	struct str		line;

	*out = (struct message){ .nheaders = 0 };
	if (!str_cut(&text, '\n', &line) ||
	    !parse_request_line(without_cr(line), out))
		return MESSAGE_NO_REQUEST_LINE;
	while (r == MESSAGE_OK && str_cut(&text, '\n', &line)) {
		line = without_cr(line);
		if (line.n == 0)
			return take_body(text, out);
		r = parse_header(line, out);
	}
	return r == MESSAGE_OK ? take_body(text, out) : r;
}

struct str
message_header(const struct message *m, const char *name)
{
	size_t	i;

	for (i = 0; i < m->nheaders; i++)
		if (str_ieq(m->header[i].name, str_from(name)))
			return m->header[i].value;
	return (struct str){ NULL, 0 };
}

static void
write_clean(struct out *o, struct str s)
{
	size_t	i;

	for (i = 0; i < s.n; i++)
		out_char(o, (unsigned char)s.p[i] < 0x20 ? '?' : s.p[i]);
}

void
message_write_header(struct out *o, const char *name, struct str value)
{
	if (value.p == NULL)
		return;
	out_cstr(o, name);
	out_cstr(o, ": ");
	write_clean(o, value);
	out_cstr(o, "\r\n");
}

void
message_write_request_line(struct out *o, struct str method,
    struct str target)
{
	write_clean(o, method);
	out_char(o, ' ');
	write_clean(o, target);
	out_cstr(o, " HTTP/1.1\r\n");
}

void
message_write_body(struct out *o, struct str body)
{
	out_cstr(o, "Content-Length: ");
	out_int(o, (int64_t)body.n);
	out_cstr(o, "\r\n\r\n");
	out_bytes(o, body);
}
