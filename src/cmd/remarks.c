/* What is wrong with settings beyond their form. See remarks.h. */
#include <unistd.h>

#include "remarks.h"

bool
remarks_folder_missing(struct cli *cli, const char *path)
{
	struct str	parent = str_from(path);

	if (access(path, F_OK) == 0)
		return false;
	while (parent.n > 1 && parent.p[parent.n - 1] == '/')
		parent.n--;
	while (parent.n > 1 && parent.p[parent.n - 1] != '/')
		parent.n--;
	return access(arena_cstr(&cli->arena, parent), W_OK | X_OK) != 0;
}

bool
remarks_url_has_more(const struct config *c)
{
	struct str	s = c->value[SETTING_PUBLIC_URL];

	return str_find(s, '?', 0) < s.n || str_find(s, '#', 0) < s.n;
}
