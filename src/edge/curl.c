/* Open libcurl when it is first needed. See curl.h. */
#include <dlfcn.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "curl.h"

/* Debian's two builds of it, and what others call them. */
static const char *const names[] = { "libcurl.so.4", "libcurl-gnutls.so.4" };

#define SYMBOL(name) { "curl_" #name, offsetof(struct curl, name) }

static const struct {
	const char	*name;
	size_t		 at;
} symbols[] = {
	SYMBOL(global_init),
	SYMBOL(easy_init),
	SYMBOL(easy_cleanup),
	SYMBOL(easy_setopt),
	SYMBOL(easy_getinfo),
	SYMBOL(easy_strerror),
	SYMBOL(easy_header),
	SYMBOL(getdate),
	SYMBOL(slist_append),
	SYMBOL(slist_free_all),
	SYMBOL(multi_init),
	SYMBOL(multi_cleanup),
	SYMBOL(multi_setopt),
	SYMBOL(multi_add_handle),
	SYMBOL(multi_remove_handle),
	SYMBOL(multi_perform),
	SYMBOL(multi_assign),
	SYMBOL(multi_socket_action),
	SYMBOL(multi_poll),
	SYMBOL(multi_info_read),
};

#define SYMBOLS (sizeof(symbols) / sizeof(symbols[0]))

_Static_assert(SYMBOLS * sizeof(void *) == sizeof(struct curl),
    "each function of struct curl has its line");

static bool
fill(struct curl *c, void *library)
{
	void	*p;
	size_t	 i;

	for (i = 0; i < SYMBOLS; i++) {
		p = dlsym(library, symbols[i].name);
		if (p == NULL)
			return false;
		memcpy((char *)c + symbols[i].at, &p, sizeof(p));
	}
	return true;
}

/* Never closed again: a look-up of a name may still run in its thread. */
const struct curl *
curl_open(void)
{
	static struct curl	 found;
	static bool		 done;
	void			*library;
	size_t			 i;

	for (i = 0; !done && i < sizeof(names) / sizeof(names[0]); i++) {
		/* Lazily: of its thirty libraries little is called. */
		library = dlopen(names[i], RTLD_LAZY | RTLD_LOCAL);
		if (library == NULL)
			continue;
		done = fill(&found, library) &&
		    found.global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
		if (!done)
			(void)dlclose(library);
	}
	return done ? &found : NULL;
}
