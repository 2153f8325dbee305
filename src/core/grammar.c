/* Look up names in the tables of the grammar. See grammar.h. */
#include "grammar.h"

/* As str_cmp, of a name in a table. */
static int
compare(const char *name, struct str wanted)
{
	int	d = strncmp(name, wanted.p, wanted.n);

	return d != 0 ? d : name[wanted.n] != '\0';
}

/*
 * Where a name is in a table of things that begin with theirs; n when it is
 * not there.
 */
static size_t
find(const void *table, size_t n, size_t size, struct str wanted)
{
	size_t		 from = 0, to = n, middle;
	const char	*name;
	int		 d;

	if (wanted.n == 0 || memchr(wanted.p, '\0', wanted.n) != NULL)
		return n;
	while (from < to) {
		middle = from + (to - from) / 2;
		memcpy(&name, (const char *)table + middle * size,
		    sizeof(name));
		d = compare(name, wanted);
		if (d == 0)
			return middle;
		if (d < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return n;
}

const struct grammar_child *
grammar_child(const struct grammar_type *t, struct str name)
{
	size_t	i = find(t->child, t->nchildren, sizeof(*t->child), name);

	return i < t->nchildren ? &t->child[i] : NULL;
}

const struct grammar_attribute *
grammar_attribute(const struct grammar_type *t, struct str name)
{
	size_t	i = find(t->attribute, t->nattributes, sizeof(*t->attribute),
		    name);

	return i < t->nattributes ? &t->attribute[i] : NULL;
}

bool
grammar_has_value(const struct grammar_values *v, struct str s)
{
	return v != NULL && find(v->at, v->n, sizeof(*v->at), s) < v->n;
}

const struct grammar_code *
grammar_find_code(int code)
{
	size_t	i;

	for (i = 0; i < grammar_ncodes; i++)
		if (grammar_code[i].code == code)
			return &grammar_code[i];
	return NULL;
}

static bool
has_word(const char *words, struct str word)
{
	char	between[8] = " ";

	if (word.n + 3 > sizeof(between))
		return false;
	memcpy(between + 1, word.p, word.n);
	between[word.n + 1] = ' ';
	return str_search(str_from(words), (struct str){ between,
	    word.n + 2 }) < strlen(words);
}

bool
grammar_is_tag(struct str s)
{
	struct str	part, region = { NULL, 0 };

	if (!str_cut(&s, '-', &part) || (part.n == 2 &&
	    !has_word(grammar_languages, part)))
		return false;
	while (str_cut(&s, '-', &part))
		region = part;
	return region.n != 2 || has_word(grammar_regions, region);
}
