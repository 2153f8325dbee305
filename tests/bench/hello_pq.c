/*
 * hello.c, and one prepared statement over libpq for each request, sent,
 * waited for with a deadline, and read, as the responder must do it and
 * with nothing else. So it is the floor of any responder that asks Postgres
 * through libpq before it answers. Settings as the responder's.
 *
 * The statement is "select 1"; called by a name with "ingest" in it, a
 * callback that Postgres makes up itself: the same work there, which leaves
 * as cold a cache here.
 */
#include <fcgiapp.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "../../src/edge/config.h"
#include "../../src/edge/db.h"

static const char reply[] = "Status: 204 No Content\r\n"
    "Cache-Control: no-store\r\n\r\n";

static const char ingest[] = "select offhook.ingest(1::smallint, "
    "gen_random_uuid(), gen_random_uuid(), now(), "
    "'AC00000000000000000000000000000001', 'message.status', 'message', "
    "'SM' || replace(gen_random_uuid()::text, '-', ''), 'sent', null, null, "
    "null, '+15550101001', '+15550101002', 'POST', "
    "'https://hooks.example.test/twilio', null, 'form', "
    "convert_to(repeat('x', 300), 'UTF8'), null, null, null, "
    "204::smallint, null, null)";

static void
ask(PGconn *conn)
{
	struct pollfd	 p = { .fd = PQsocket(conn), .events = POLLIN };
	PGresult	*res;

	if (PQsendQueryPrepared(conn, "one", 0, NULL, NULL, NULL, 1) != 1)
		abort();
	while (PQisBusy(conn))
		if (poll(&p, 1, 2500) != 1 || PQconsumeInput(conn) == 0)
			abort();
	while ((res = PQgetResult(conn)) != NULL) {
		if (PQresultStatus(res) != PGRES_TUPLES_OK)
			abort();
		PQclear(res);
	}
}

int
main(int argc, char **argv)
{
	static FCGX_Request	 r;
	static struct config	 c;
	char			 buf[65536];
	struct out		 errors = out_init(buf, sizeof(buf));
	PGconn			*conn = NULL;
	bool			 same = argc > 0 && strstr(argv[0], "ingest");

	if (FCGX_IsCGI() || !config_open(&c, NULL, &errors) ||
	    FCGX_Init() != 0 || FCGX_InitRequest(&r, 0, 0) != 0)
		return 1;
	while (FCGX_Accept_r(&r) >= 0) {
		while (FCGX_GetStr(buf, sizeof(buf), r.in) > 0)
			;
		if (conn == NULL) {
			conn = PQconnectdb(c.database_url);
			PQclear(PQprepare(conn, "one", same ? ingest :
			    "select 1", 0, NULL));
		}
		ask(conn);
		(void)FCGX_PutStr(reply, sizeof(reply) - 1, r.out);
		FCGX_Finish_r(&r);
	}
	return 0;
}
