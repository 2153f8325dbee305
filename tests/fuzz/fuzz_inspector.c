/*
 * The inspector's file as it may be found: its header, its label and the
 * first slot's head. The first byte says whether the magics are mended.
 */
#include "../../src/edge/inspector.h"
#include "fuzz_dir.h"

#define HEADER 64
#define LABEL_AT 1024
#define SLOT_AT 4096

static void
write_file(int fd, struct str s)
{
	char		bytes[SLOT_AT + 512] = { 0 };
	bool		mend = s.n > 0 && (s.p[0] & 1);
	uint64_t	slot = INSPECTOR_BODY + RING_HEAD_BYTES;
	struct str	rest;

	s = str_sub(s, 1, s.n);
	memcpy(bytes, s.p, s.n < HEADER ? s.n : HEADER);
	rest = str_sub(s, HEADER, s.n);
	memcpy(bytes + LABEL_AT, rest.p,
	    rest.n < RING_LABEL_BYTES ? rest.n : RING_LABEL_BYTES);
	rest = str_sub(rest, 128, rest.n);
	memcpy(bytes + SLOT_AT, rest.p, rest.n < 512 ? rest.n : 512);
	if (mend) {
		memcpy(bytes, "ofhring1", 8);
		memcpy(bytes + 8, &slot, sizeof(slot));
		memcpy(bytes + LABEL_AT, "ofhinsp1", 8);
	}
	must(pwrite(fd, bytes, sizeof(bytes), 0) == (ssize_t)sizeof(bytes));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str		raw = fuzz_copy(data, n), name;
	struct arena		a = fuzz_arena();
	struct ring		r;
	struct ring_counts	c;
	struct ring_entry	e;
	struct inspector	in;
	int			fd = fuzz_file("inspect");
	off_t			size;

	if (inspector_asked(raw, &name))
		must(name.n == INSPECTOR_DIGITS);
	write_file(fd, raw);
	inspector_ring(&r, fuzz_path);
	if (inspector_read(&r, &in)) {
		must(in.reply_n <= INSPECTOR_REPLY);
		if (ring_counts(&r, &c))
			(void)ring_get(&r, &a, c.last, &e);
		ring_close(&r);

		/* The responder, a process of its own. */
		inspector_ring(&r, fuzz_path);
		size = lseek(fd, 0, SEEK_END);
		must(inspector_find(&r, (struct str){ in.name,
		    INSPECTOR_DIGITS }, in.expires_ms - 1, &in));
		(void)ring_put(&r, 1000000000000, STR("the payload"));
		/* Whatever stands there, it grows to its size at most. */
		must(lseek(fd, 0, SEEK_END) <= 4096 + 64 * (56 +
		    INSPECTOR_BODY + RING_HEAD_BYTES) || size ==
		    lseek(fd, 0, SEEK_END));
	}
	ring_close(&r);
	(void)close(fd);
	fuzz_free();
	return 0;
}
