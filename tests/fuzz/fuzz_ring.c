/*
 * A ring's file. The first byte says what is mended: 1 the magic, 2 the
 * digest of the slot. Then come the header and slot 1, its head first.
 */
#include <openssl/evp.h>

#include "../../src/core/out.h"
#include "../../src/edge/ring.h"
#include "fuzz_dir.h"

#define BODY 100
#define HEADER 64
#define SLOT_HEAD 56	/* seq, time, length, SHA-256 */

static void
write_file(int fd, struct str s)
{
	char		header[HEADER] = { 0 }, head[SLOT_HEAD] = { 0 };
	unsigned char	md[EVP_MAX_MD_SIZE];
	uint64_t	slot = BODY + RING_HEAD_BYTES, length;
	int		mend = s.n > 0 ? s.p[0] : 0;
	struct str	rest;
	struct out	o;

	s = str_sub(s, 1, s.n);
	memcpy(header, s.p, s.n < HEADER ? s.n : HEADER);
	rest = str_sub(s, HEADER, s.n);
	memcpy(head, rest.p, rest.n < SLOT_HEAD ? rest.n : SLOT_HEAD);
	rest = str_sub(rest, SLOT_HEAD, rest.n);
	if (mend & 1) {
		o = out_init(header, sizeof(header));
		out_cstr(&o, "ofhring1");
		memcpy(header + 8, &slot, sizeof(slot));
	}
	if (mend & 2) {
		length = rest.n;
		memcpy(head + 16, &length, sizeof(length));
		must(EVP_Digest(rest.p, rest.n, md, NULL, EVP_sha256(),
		    NULL) == 1);
		memcpy(head + 24, md, 32);
	}
	memcpy(&slot, header + 8, sizeof(slot));
	must(pwrite(fd, header, HEADER, 0) == HEADER);
	slot = 4096 + SLOT_HEAD + BODY + RING_HEAD_BYTES;
	must(pwrite(fd, head, SLOT_HEAD, (off_t)slot) == SLOT_HEAD);
	must(pwrite(fd, rest.p, rest.n, (off_t)slot + SLOT_HEAD) ==
	    (ssize_t)rest.n);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str		raw = fuzz_copy(data, n);
	struct arena		a = fuzz_arena();
	struct ring		r;
	struct ring_entry	e;
	struct ring_counts	before = { 0, 0 }, c;
	int			fd = fuzz_file("rejected.ring");
	uint64_t		seq;

	write_file(fd, raw);
	ring_open(&r, fuzz_path, BODY);
	(void)ring_counts(&r, &before);
	for (seq = before.last - 1; seq != before.last + 2; seq++)
		if (ring_get(&r, &a, seq, &e))
			must(e.seq == seq && e.payload.p != NULL);
	(void)ring_get(&r, &a, 1, &e);
	ring_close(&r);

	/* Whatever stands there, a writer goes on. */
	ring_open(&r, fuzz_path, BODY);
	(void)ring_put(&r, 1000000000000, STR("the payload"));
	must(r.unwritten == 0);
	must(ring_counts(&r, &c));
	if (ring_get(&r, &a, c.last, &e) && c.last != before.last)
		must(str_eq(e.payload, STR("the payload")) &&
		    e.time_ms == 1000000000000);
	must(lseek(fd, 0, SEEK_END) == 4096 + 64 * (SLOT_HEAD + BODY +
	    RING_HEAD_BYTES) || c.last == before.last || r.slot != BODY +
	    RING_HEAD_BYTES || before.seen + 1 == c.seen);
	ring_close(&r);
	(void)close(fd);
	fuzz_free();
	return 0;
}
