/*
 * libexpat on an arena: no heap, so that what stands in core stays there. A
 * parser is made, run and ended within one call of its user.
 */
#ifndef OFFHOOK_XML_H
#define OFFHOOK_XML_H

#include <expat.h>

#include "arena.h"

/*
 * A parser of UTF-8 whose memory is the arena's; NULL when it is full. Names
 * in a namespace are "URI\nLOCAL\nPREFIX" (XML_ParserCreateNS). It must be
 * ended by xml_close before another one is opened or this function returns.
 */
XML_Parser	xml_open(struct arena *);
void		xml_close(XML_Parser);

#endif
