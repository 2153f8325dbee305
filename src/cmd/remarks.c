/* What is wrong with settings beyond their form. See remarks.h. */
#include <sys/stat.h>
#include <unistd.h>

#include "remarks.h"

bool
remarks_folder_missing(struct cli *cli, const char *path)
{
	struct str	parent = str_from(path);
	const char	*folder;
	struct stat	st;

	if (access(path, F_OK) == 0)
		return false;
	while (parent.n > 1 && parent.p[parent.n - 1] == '/')
		parent.n--;
	while (parent.n > 1 && parent.p[parent.n - 1] != '/')
		parent.n--;
	folder = arena_cstr(&cli->arena, parent);
	/* Root may do all; the responder is somebody else. */
	if (geteuid() == 0)
		return stat(folder, &st) != 0 ||
		    (st.st_uid == 0 && (st.st_mode & 022) == 0);
	return access(folder, W_OK | X_OK) != 0;
}

bool
remarks_url_has_more(const struct config *c)
{
	struct str	s = c->value[SETTING_PUBLIC_URL];

	return str_find(s, '?', 0) < s.n || str_find(s, '#', 0) < s.n;
}
