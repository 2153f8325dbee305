/*
 * The least that a FastCGI program can do with libfcgi: accept, read the
 * body, answer 204. What the responder costs above it is its own. Started
 * without a socket it is as bare a CGI program.
 */
#include <fcgiapp.h>
#include <stdlib.h>
#include <unistd.h>

static const char reply[] = "Status: 204 No Content\r\n"
    "Cache-Control: no-store\r\n\r\n";

static int
run_cgi(void)
{
	char	buf[65536];

	while (read(STDIN_FILENO, buf, sizeof(buf)) > 0)
		;
	return write(STDOUT_FILENO, reply, sizeof(reply) - 1) <= 0;
}

int
main(void)
{
	static FCGX_Request	r;
	char			buf[65536];

	if (FCGX_IsCGI())
		return run_cgi();
	if (FCGX_Init() != 0 || FCGX_InitRequest(&r, 0, 0) != 0)
		return 1;
	while (FCGX_Accept_r(&r) >= 0) {
		while (FCGX_GetStr(buf, sizeof(buf), r.in) > 0)
			;
		(void)FCGX_PutStr(reply, sizeof(reply) - 1, r.out);
		FCGX_Finish_r(&r);
	}
	return 0;
}
