/*
 * An application on the loopback, for tests of what asks one: a process
 * of its own for each connection, which keeps what it was sent.
 */
#ifndef OFFHOOK_UPSTREAM_H
#define OFFHOOK_UPSTREAM_H

#include "../../src/core/str.h"

/*
 * Start it, on a free port of 127.0.0.1, which is returned; it ends with
 * the test. The path says what it does:
 *   /ok       200, text/xml and <Response/>
 *   /last     the same, then it closes
 *   /status/N status N, with "Location: /there"
 *   /large/N  200 and a body of N bytes
 *   /never    says nothing
 *   /drip     a byte a tenth of a second, without an end
 *   /close    closes, without a word
 *   /half     closes within its reply
 *   /junk     no HTTP at all
 */
unsigned	upstream_start(void);
/* How many requests it has got since upstream_forget. */
unsigned	upstream_asked(void);
/* On how many connections; one that said nothing is none. */
unsigned	upstream_connections(void);
/* The last request, byte for byte. */
struct str	upstream_last(void);
void		upstream_forget(void);

#endif
