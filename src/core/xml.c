/* libexpat on an arena. See xml.h. */
#include <stdint.h>

#include "xml.h"

/*
 * expat's functions for memory get no context, so the arena of the parser
 * that is open stands here, and only while one is. The single variable of
 * core (tests/layers.sh names it).
 */
static _Thread_local struct arena	*xml_arena;

/* The size stands before the block, for xml_realloc. */
#define XML_HEADER 16

static void *
xml_malloc(size_t n)
{
	char	*p;

	if (n > SIZE_MAX - XML_HEADER)
		return NULL;
	p = arena_alloc(xml_arena, 1, n + XML_HEADER);
	if (p == NULL)
		return NULL;
	memcpy(p, &n, sizeof(n));
	return p + XML_HEADER;
}

static void *
xml_realloc(void *old, size_t n)
{
	size_t	 had;
	void	*p;

	if (old == NULL)
		return xml_malloc(n);
	memcpy(&had, (char *)old - XML_HEADER, sizeof(had));
	if (n <= had)
		return old;
	p = xml_malloc(n);
	if (p != NULL)
		memcpy(p, old, had);
	return p;
}

static void
xml_free(void *p)
{
	(void)p;	/* with the arena */
}

XML_Parser
xml_open(struct arena *a)
{
	static const XML_Memory_Handling_Suite	memory = { xml_malloc,
	    xml_realloc, xml_free };
	XML_Parser				p;

	xml_arena = a;
	p = XML_ParserCreate_MM("UTF-8", &memory, "\n");
	if (p == NULL)
		xml_arena = NULL;
	else	/* Where a mapping lies is secret enough: no system call. */
		(void)XML_SetHashSalt(p, (unsigned long)(uintptr_t)a->base | 1);
	return p;
}

void
xml_close(XML_Parser p)
{
	XML_ParserFree(p);
	xml_arena = NULL;
}
