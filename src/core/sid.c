/* Recognise SIDs and place them in buckets. See sid.h. */
#include <openssl/evp.h>

#include "sid.h"

bool
sid_valid(struct str s, const char *prefix)
{
	size_t	i;

	if (s.n != SID_LENGTH || s.p[0] < 'A' || s.p[0] > 'Z' ||
	    s.p[1] < 'A' || s.p[1] > 'Z')
		return false;
	if (prefix != NULL && !str_starts(s, str_from(prefix)))
		return false;
	for (i = 2; i < s.n; i++)
		if (hex_value(s.p[i]) < 0)
			return false;
	return true;
}

static bool
lower_hex(struct str s)
{
	size_t	i;

	for (i = 0; i < s.n; i++)
		if (s.p[i] >= 'A' && s.p[i] <= 'F')
			return false;
	return true;
}

uint16_t
sid_bucket(struct str id)
{
	unsigned char	md[EVP_MAX_MD_SIZE] = { 0 };
	size_t		i;
	unsigned	v = 0;

	if (sid_valid(id, NULL) && lower_hex(str_sub(id, 2, id.n))) {
		for (i = SID_LENGTH - 4; i < SID_LENGTH; i++)
			v = v << 4 | (unsigned)hex_value(id.p[i]);
		return (uint16_t)(v & (BUCKETS - 1));
	}
	EVP_Digest(id.n == 0 ? "" : id.p, id.n, md, NULL, EVP_sha256(), NULL);
	return (uint16_t)((md[0] << 8 | md[1]) & (BUCKETS - 1));
}
