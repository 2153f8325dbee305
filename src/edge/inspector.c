/* The request inspector's file. See inspector.h. */
#include <limits.h>
#include <openssl/crypto.h>
#include <string.h>

#include "../core/url.h"
#include "inspector.h"

#define PREFIX "inspect-"

static const char label_magic[8] = "ofhinsp1";

/* A ring's label, as it stands in the file. */
struct label {
	char		magic[8];
	int64_t		expires_ms;
	int64_t		pid;
	uint64_t	reply_n;
	char		name[INSPECTOR_DIGITS];
	char		reply[INSPECTOR_REPLY];
};

_Static_assert(sizeof(struct label) <= RING_LABEL_BYTES, "it must fit");

void
inspector_ring(struct ring *r, const char *state)
{
	ring_open(r, state, INSPECTOR_BODY);
	r->file = "inspect";
	r->prepared = true;
}

static bool
is_name(struct str s)
{
	size_t	i;

	for (i = 0; i < s.n; i++)
		if (hex_value(s.p[i]) < 0 || (s.p[i] >= 'A' && s.p[i] <= 'F'))
			return false;
	return s.n == INSPECTOR_DIGITS;
}

bool
inspector_asked(struct str target, struct str *name)
{
	struct str	path = url_path(target), segment;
	struct str	prefix = STR(PREFIX);

	while (str_cut(&path, '/', &segment)) {
		if (!str_starts(segment, prefix))
			continue;
		*name = str_sub(segment, prefix.n, segment.n);
		if (is_name(*name))
			return true;
	}
	return false;
}

bool
inspector_read(struct ring *r, struct inspector *out)
{
	unsigned char	bytes[RING_LABEL_BYTES];
	struct label	l;

	if (!ring_label(r, bytes))
		return false;
	memcpy(&l, bytes, sizeof(l));
	if (memcmp(l.magic, label_magic, sizeof(label_magic)) != 0 ||
	    !is_name((struct str){ l.name, sizeof(l.name) }) ||
	    l.expires_ms < 0 || l.pid <= 0 || l.pid > INT_MAX ||
	    l.reply_n > INSPECTOR_REPLY)
		return false;
	*out = (struct inspector){ .expires_ms = l.expires_ms, .pid = l.pid,
	    .reply_n = (size_t)l.reply_n };
	memcpy(out->name, l.name, sizeof(l.name));
	memcpy(out->reply, l.reply, out->reply_n);
	return true;
}

bool
inspector_expired(const struct inspector *i, int64_t now_ms)
{
	return now_ms >= i->expires_ms ||
	    i->expires_ms - now_ms > INSPECTOR_MAX_MS;
}

bool
inspector_find(struct ring *r, struct str name, int64_t now_ms,
    struct inspector *out)
{
	if (!inspector_read(r, out))
		return false;
	if (inspector_expired(out, now_ms)) {
		ring_remove(r);
		return false;
	}
	return name.n == sizeof(out->name) &&
	    CRYPTO_memcmp(name.p, out->name, name.n) == 0;
}

bool
inspector_make(struct ring *r, int64_t now_ms, const struct inspector *i)
{
	unsigned char	bytes[RING_LABEL_BYTES] = { 0 };
	struct label	l;

	memset(&l, 0, sizeof(l));
	memcpy(l.magic, label_magic, sizeof(label_magic));
	memcpy(l.name, i->name, sizeof(l.name));
	l.expires_ms = i->expires_ms;
	l.pid = i->pid;
	l.reply_n = i->reply_n;
	memcpy(l.reply, i->reply, i->reply_n);
	memcpy(bytes, &l, sizeof(l));
	return ring_prepare(r, now_ms, bytes);
}
