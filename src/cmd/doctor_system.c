/* The doctor's checks of what the system gives. See doctor.h. */
#include <dlfcn.h>
#include <fcntl.h>
#include <openssl/crypto.h>
#include <string.h>
#include <unistd.h>

#include "doctor.h"

#define DPKG_STATUS "/var/lib/dpkg/status"
#define DPKG_BYTES ((size_t)24 << 20)
#define FIRST_FIXED 2004006	/* libfcgi 2.4.6 */

/* The value of a "Name: " line of one package's paragraph. */
static struct str
field(struct str paragraph, struct str name)
{
	struct str	line;

	while (str_cut(&paragraph, '\n', &line))
		if (str_starts(line, name))
			return str_trim(str_sub(line, name.n, line.n));
	return (struct str){ NULL, 0 };
}

/* Cut the text before the next empty line. */
static bool
next_paragraph(struct str *rest, struct str *paragraph)
{
	if (rest->n == 0)
		return false;
	*paragraph = str_sub(*rest, 0, str_search(*rest, STR("\n\n")));
	*rest = str_sub(*rest, paragraph->n + 2, rest->n);
	return true;
}

/* The version of libfcgi's package as dpkg knows it, or absent. */
static struct str
fcgi_package(struct cli *cli)
{
	struct str	all, one, name;

	if (access(DPKG_STATUS, R_OK) != 0)
		return (struct str){ NULL, 0 };
	all = cli_file(cli, DPKG_STATUS, DPKG_BYTES);
	while (next_paragraph(&all, &one)) {
		name = field(one, STR("Package: "));
		if (str_starts(name, STR("libfcgi0")) &&
		    str_ends(field(one, STR("Status: ")), STR(" installed")))
			return field(one, STR("Version: "));
	}
	return (struct str){ NULL, 0 };
}

/* "2.4.6-1" as 2004006; 0 when it is not such. */
static uint64_t
upstream(struct str version)
{
	struct str	part;
	uint64_t	n = 0, v;
	int		i;

	version = str_sub(version, 0, str_find(version, '-', 0));
	for (i = 0; i < 3; i++) {
		if (!str_cut(&version, '.', &part) ||
		    !str_to_uint(part, 999, &v))
			return 0;
		n = n * 1000 + v;
	}
	return n;
}

/*
 * CVE-2025-23016: who can write to the FastCGI socket overflows the heap,
 * where a size_t has 32 bits. Debian 12 mended its 2.4.2 in -2+deb12u1.
 */
static void
check_fcgi_hole(struct doctor *d, struct str version)
{
	const char	*text;
	bool		 mended = upstream(version) >= FIRST_FIXED ||
			    str_starts(version, STR("2.4.2-2+deb12u"));

	if (version.p == NULL) {
		doctor_note(d, sizeof(size_t) == 4 ? FINDING_WARN :
		    FINDING_OK, "libfcgi", "found; its version is not known "
		    "here (no dpkg)", "2.4.6 or later is without "
		    "CVE-2025-23016; let nobody but the web server reach "
		    "the FastCGI socket");
		return;
	}
	text = cli_printf(d->cli, "%.*s%s", (int)version.n, version.p,
	    mended ? ", without CVE-2025-23016" : " may have CVE-2025-23016"
	    " (a heap overflow on 32-bit systems, by who can write to the "
	    "FastCGI socket)");
	doctor_judge(d, mended ? FINDING_OK : sizeof(size_t) == 4 ?
	    FINDING_BAD : FINDING_WARN, "libfcgi", text,
	    "update it (fixed: Debian 12's 2.4.2-2+deb12u1, 2.4.6), and let "
	    "nobody but the web server reach the socket");
}

void
doctor_system(struct doctor *d)
{
	void	*fcgi = dlopen("libfcgi.so.0", RTLD_LAZY | RTLD_LOCAL);
	int	 pq = PQlibVersion();

	doctor_note(d, FINDING_OK, "libraries", cli_printf(d->cli,
	    "%s, libpq %d.%d", OpenSSL_version(OPENSSL_VERSION), pq / 10000,
	    pq % 10000), NULL);
	if (fcgi == NULL) {
		doctor_note(d, FINDING_BAD, "libfcgi", "libfcgi.so.0 is not "
		    "there: the responder cannot start",
		    "install it (Debian: libfcgi0ldbl)");
		return;
	}
	(void)dlclose(fcgi);
	check_fcgi_hole(d, fcgi_package(d->cli));
}
