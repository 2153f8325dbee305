/*
 * The main of a fuzz target in ordinary builds: every seed of its corpus,
 * and every shorter beginning of it, as a test. The program's name tells
 * which: fuzz_NAME_test reads tests/fuzz/corpus/NAME.
 */
#include <dirent.h>

#include "fuzz.h"

#define SEED_BYTES 65536

static void
run(const char *folder, const char *name, int number)
{
	static uint8_t	seed[SEED_BYTES];
	char		path[512];
	size_t		i, n = 0;
	FILE		*f;

	(void)snprintf(path, sizeof(path), "%s/%s", folder, name);
	f = fopen(path, "rb");
	if (f != NULL) {
		n = fread(seed, 1, sizeof(seed), f);
		(void)fclose(f);
	}
	for (i = 0; i <= n; i++)
		(void)LLVMFuzzerTestOneInput(seed, i);
	printf("%sok %d - %s, %zu bytes\n", f == NULL ? "not " : "", number,
	    name, n);
	fflush(stdout);
}

int
main(int argc, char **argv)
{
	char		folder[256], *name = argc > 0 ?
			    strstr(argv[0], "fuzz_") : NULL;
	struct dirent	*e;
	DIR		*d;
	int		number = 0;

	if (name == NULL || strlen(name) <= 10)
		return 2;
	while (strstr(name + 1, "fuzz_") != NULL)
		name = strstr(name + 1, "fuzz_");
	(void)snprintf(folder, sizeof(folder), "tests/fuzz/corpus/%.*s",
	    (int)strlen(name) - 10, name + 5);
	d = opendir(folder);
	while (d != NULL && (e = readdir(d)) != NULL)
		if (e->d_name[0] != '.')
			run(folder, e->d_name, ++number);
	if (d != NULL)
		(void)closedir(d);
	printf("1..%d\n", number);
	return number == 0;
}
