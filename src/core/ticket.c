/* The ticket of a probe. See ticket.h. */
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <string.h>

#include "ticket.h"

#define PURPOSE "offhook-probe:"
#define NONCE_DIGITS 32

static bool
mac_of(struct str token, struct str text, unsigned char out[TICKET_MAC_BYTES])
{
	char		buf[sizeof(PURPOSE) + TICKET_MAX];
	struct out	o = out_init(buf, sizeof(buf));
	size_t		n = 0;

	out_cstr(&o, PURPOSE);
	out_bytes(&o, text);
	return !o.overflow && EVP_Q_mac(NULL, "HMAC", NULL, "SHA256", NULL,
	    token.p, token.n, (const unsigned char *)o.p, o.n, out,
	    TICKET_MAC_BYTES, &n) != NULL && n == TICKET_MAC_BYTES;
}

/* Lower-case digits only: one ticket has one spelling. */
static bool
take_hex(struct str s, size_t digits, unsigned char *out)
{
	size_t	i;
	int	v;

	if (s.n != digits)
		return false;
	for (i = 0; i < digits; i++) {
		v = hex_value(s.p[i]);
		if (v < 0 || (s.p[i] >= 'A' && s.p[i] <= 'F'))
			return false;
		if (out != NULL)
			out[i / 2] = (unsigned char)(out[i / 2] << 4 | v);
	}
	return true;
}

bool
ticket_parse(struct str s, struct ticket *t)
{
	struct str	rest = s, nonce, seconds, hold, mac;

	memset(t, 0, sizeof(*t));
	if (s.n > TICKET_MAX || !str_cut(&rest, '.', &nonce) ||
	    !str_cut(&rest, '.', &seconds) || !str_cut(&rest, '.', &hold) ||
	    !str_cut(&rest, '.', &mac) || rest.p != NULL)
		return false;
	t->nonce = nonce;
	t->database = str_eq(hold, STR("db"));
	t->text = str_sub(s, 0, s.n - mac.n - 1);
	return take_hex(nonce, NONCE_DIGITS, NULL) &&
	    str_to_uint(seconds, INT32_MAX * (uint64_t)1000, &t->seconds) &&
	    (t->database || str_to_uint(hold, TICKET_MAX_HOLD_MS,
	    &t->hold_ms)) &&
	    take_hex(mac, 2 * (size_t)TICKET_MAC_BYTES, t->mac);
}

int64_t
ticket_age_ms(const struct ticket *t, int64_t now_ms)
{
	int64_t	made = (int64_t)t->seconds * 1000;

	return now_ms < made ? made - now_ms : now_ms - made;
}

bool
ticket_fresh(const struct ticket *t, int64_t now_ms)
{
	return ticket_age_ms(t, now_ms) <= TICKET_VALID_S * 1000;
}

bool
ticket_check(const struct ticket *t, struct str token)
{
	unsigned char	wanted[TICKET_MAC_BYTES];

	return mac_of(token, t->text, wanted) &&
	    CRYPTO_memcmp(wanted, t->mac, sizeof(wanted)) == 0;
}

bool
ticket_make(struct out *o, struct str token, const unsigned char nonce[16],
    uint64_t seconds, const char *hold)
{
	unsigned char	mac[TICKET_MAC_BYTES];
	size_t		begin = o->n;

	out_hex(o, nonce, NONCE_DIGITS / 2);
	out_char(o, '.');
	out_int(o, (int64_t)seconds);
	out_char(o, '.');
	out_cstr(o, hold);
	if (o->overflow || !mac_of(token, str_sub(out_str(o), begin, o->n),
	    mac))
		return false;
	out_char(o, '.');
	out_hex(o, mac, sizeof(mac));
	return !o->overflow;
}
