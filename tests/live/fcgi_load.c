/*
 * Requests for a responder on a Unix socket, over FastCGI, of all sorts:
 * good, forged and malformed. Prints how often each status came; "gone" are
 * those whose client went away without waiting.
 *
 *	fcgi_load SOCKET COUNT CONNECTIONS FIRST TOKEN BASE
 *
 * FIRST numbers the requests, so that two runs are different ones. Signed is
 * with TOKEN for BASE (scheme://host, as in OFFHOOK_PUBLIC_URL).
 */
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../src/core/out.h"
#include "../../src/core/sig.h"

#define ACCOUNT "AC00000000000000000000000000000001"
#define STATUSES 600
#define GONE 599
#define BODY_BYTES (300 << 10)

/* FastCGI 1.0, section 8. */
enum { FCGI_BEGIN = 1, FCGI_END = 3, FCGI_PARAMS = 4, FCGI_STDIN = 5,
    FCGI_STDOUT = 6 };

struct load {
	const char	*socket;
	struct str	 token;
	struct str	 base;
	struct sig	 sig;
	unsigned	 count[STATUSES];
};

/* One request under construction. */
struct shot {
	char		envbuf[16384];
	struct out	env;		/* FastCGI name-value pairs */
	char		body[BODY_BYTES];
	size_t		n;		/* bytes of the body */
	const char	*method, *target, *type;
	const char	*length;	/* another CONTENT_LENGTH; NULL: ours */
	bool		unsigned_, forged, doubled, leaves;
};

static struct shot	shot;

static void
die(const char *what)
{
	perror(what);
	exit(1);
}

static void
put_length(struct out *o, size_t n)
{
	if (n > 127) {
		out_char(o, (char)(0x80 | n >> 24));
		out_char(o, (char)(n >> 16));
		out_char(o, (char)(n >> 8));
	}
	out_char(o, (char)n);
}

static void
put(const char *name, struct str value)
{
	put_length(&shot.env, strlen(name));
	put_length(&shot.env, value.n);
	out_cstr(&shot.env, name);
	out_bytes(&shot.env, value);
}

__attribute__((format(printf, 1, 2)))
static void
set_body(const char *fmt, ...)
{
	va_list	ap;

	va_start(ap, fmt);
	shot.n = (size_t)vsnprintf(shot.body, sizeof(shot.body), fmt, ap);
	va_end(ap);
}

/* The ways in which a request can be wrong. */
static void
make_malformed(unsigned long i)
{
	switch (i % 12) {
	case 0:
		shot.method = "DELETE";
		break;
	case 1:
		shot.target = "http://hooks.example.test/twilio";
		break;
	case 2:
		shot.length = "99999";
		break;
	case 3:
		shot.length = "-1";
		break;
	case 4:
		shot.type = "text/plain";
		break;
	case 5:
		shot.type = "application/json";
		break;
	case 6:
		shot.n = sizeof(shot.body);	/* above the limit: 413 */
		memset(shot.body, 'x', shot.n);
		break;
	case 7:
		shot.doubled = true;
		break;
	case 8:
		shot.n = 6000;		/* too many parameters */
		memset(shot.body, '=', shot.n);
		for (i = 0; i < shot.n; i += 2)
			shot.body[i] = '&';
		break;
	case 9:
		shot.length = "";
		shot.unsigned_ = true;
		break;
	case 10:
		shot.leaves = true;
		break;
	default:
		for (i = 0; i < shot.n; i++)
			shot.body[i] = (char)random();
		shot.unsigned_ = true;
	}
}

static void
make_shot(unsigned long i)
{
	shot.method = "POST";
	shot.target = "/twilio?x=1";
	shot.type = "application/x-www-form-urlencoded; charset=utf-8";
	shot.length = NULL;
	shot.unsigned_ = shot.forged = shot.doubled = shot.leaves = false;
	set_body("MessageSid=SM%032lx&SmsSid=SM%032lx&AccountSid=" ACCOUNT
	    "&From=%%2B15550101001&To=%%2B15550101002&SmsStatus=received"
	    "&NumMedia=0&Body=Hello+%lu+%%F0%%9F%%98%%80", i, i, i);
	switch (i % 10) {
	case 4:
		set_body("MessageSid=SM%032lx&MessageStatus=delivered"
		    "&AccountSid=" ACCOUNT, i - 4);
		break;
	case 5:
		shot.forged = true;
		break;
	case 6:
		shot.unsigned_ = true;
		break;
	case 7:
		make_malformed(i / 10);
		break;
	case 8:
		set_body("CallSid=CA%032lx&AccountSid=" ACCOUNT
		    "&CallStatus=in-progress&Digits=%lu", i % 100, i);
		break;
	case 9:
		set_body("%s", "");
		shot.method = "GET";
		shot.target = "/twilio?CallSid=CA1&CallStatus=ringing"
		    "&AccountSid=" ACCOUNT;
		break;
	}
}

static void
sign(struct load *l)
{
	static _Alignas(16) char memory[4 << 20];
	struct arena	a = { .base = memory, .cap = sizeof(memory) };
	struct form	f = { NULL, 0 };
	struct str	parts[2] = { l->base, str_from(shot.target) };
	char		made[SIG_LENGTH];

	if (strcmp(shot.method, "POST") == 0 && form_decode(&a,
	    (struct str){ shot.body, shot.n }, &f) != FORM_OK)
		f.n = 0;
	if (!sig_make(&l->sig, l->token, arena_join(&a, parts, 2),
	    sig_params(&a, &f), made)) {
		fprintf(stderr, "fcgi_load: cannot sign\n");
		exit(1);
	}
	if (shot.forged)
		made[3] = made[3] == 'A' ? 'B' : 'A';
	put("HTTP_X_TWILIO_SIGNATURE", (struct str){ made, SIG_LENGTH });
	if (shot.doubled)
		put("HTTP_X_TWILIO_SIGNATURE", STR("again"));
}

static void
make_env(struct load *l)
{
	char	length[24];

	(void)snprintf(length, sizeof(length), "%zu", shot.n);
	shot.env = out_init(shot.envbuf, sizeof(shot.envbuf));
	put("REQUEST_METHOD", str_from(shot.method));
	put("REQUEST_URI", str_from(shot.target));
	put("CONTENT_TYPE", str_from(shot.type));
	put("CONTENT_LENGTH", str_from(shot.length == NULL ? length :
	    shot.length));
	put("HTTP_HOST", STR("hooks.example.test"));
	put("HTTP_USER_AGENT", STR("TwilioProxy/1.1"));
	put("REMOTE_ADDR", STR("192.0.2.7"));
	put("SERVER_PROTOCOL", STR("HTTP/1.1"));
	if (!shot.unsigned_)
		sign(l);
}

static bool
send_all(int fd, const char *p, size_t n)
{
	ssize_t	k;

	for (; n > 0; p += k, n -= (size_t)k) {
		k = send(fd, p, n, MSG_NOSIGNAL);
		if (k <= 0)
			return false;	/* answered early: read the answer */
	}
	return true;
}

static bool
send_record(int fd, unsigned char type, struct str s)
{
	unsigned char	head[8] = { 1, type, 0, 1, 0, 0, 0, 0 };
	struct str	part;

	do {
		part = str_sub(s, 0, 65528);
		head[4] = (unsigned char)(part.n >> 8);
		head[5] = (unsigned char)part.n;
		if (!send_all(fd, (const char *)head, sizeof(head)) ||
		    !send_all(fd, part.p, part.n))
			return false;
		s = str_sub(s, part.n, s.n);
	} while (s.n > 0);
	return true;
}

/* The status of a response: the first line of its first STDOUT record. */
static int
read_status(int fd)
{
	static unsigned char	buf[65536];
	size_t			n = 0;
	ssize_t			k;

	while (n < sizeof(buf) &&
	    (k = recv(fd, buf + n, sizeof(buf) - n, 0)) > 0)
		n += (size_t)k;
	if (n < 20 || buf[1] != FCGI_STDOUT ||
	    memcmp(buf + 8, "Status: ", 8) != 0)
		return 0;
	return (buf[16] - '0') * 100 + (buf[17] - '0') * 10 + buf[18] - '0';
}

static int
connect_to(const char *path)
{
	struct sockaddr_un	sun = { .sun_family = AF_UNIX };
	int			fd = socket(AF_UNIX, SOCK_STREAM, 0);

	if (fd == -1 || strlen(path) >= sizeof(sun.sun_path))
		die("socket");
	memcpy(sun.sun_path, path, strlen(path) + 1);
	if (connect(fd, (struct sockaddr *)&sun, sizeof(sun)) == -1)
		die(path);
	return fd;
}

static int
shoot(struct load *l, unsigned long i)
{
	static const char	begin[] = { 0, 1, 0, 0, 0, 0, 0, 0 };
	int			fd, status = GONE;
	bool			sent;

	make_shot(i);
	make_env(l);
	fd = connect_to(l->socket);
	sent = send_record(fd, FCGI_BEGIN, (struct str){ begin, 8 }) &&
	    send_record(fd, FCGI_PARAMS, out_str(&shot.env)) &&
	    send_record(fd, FCGI_PARAMS, STR(""));
	if (!shot.leaves) {
		if (sent && shot.n > 0)
			sent = send_record(fd, FCGI_STDIN,
			    (struct str){ shot.body, shot.n });
		if (sent)
			(void)send_record(fd, FCGI_STDIN, STR(""));
		status = read_status(fd);
	}
	(void)close(fd);
	return status;
}

/* One connection's share; its counts go into the pipe. */
static void
run(struct load *l, unsigned long from, unsigned long to, int out)
{
	unsigned long	i;

	for (i = from; i < to; i++)
		l->count[shoot(l, i)]++;
	if (write(out, l->count, sizeof(l->count)) !=
	    (ssize_t)sizeof(l->count))
		die("pipe");
	exit(0);
}

int
main(int argc, char **argv)
{
	static struct load	l;
	static unsigned		sum[STATUSES];
	unsigned long		count, connections, first, i, k;
	int			fd[2], status, bad = 0;

	if (argc != 7) {
		fprintf(stderr, "usage: fcgi_load SOCKET COUNT CONNECTIONS "
		    "FIRST TOKEN BASE\n");
		return 2;
	}
	l.socket = argv[1];
	count = strtoul(argv[2], NULL, 10);
	connections = strtoul(argv[3], NULL, 10);
	first = strtoul(argv[4], NULL, 10);
	l.token = str_from(argv[5]);
	l.base = str_from(argv[6]);
	if (!sig_open(&l.sig) || connections == 0 || pipe(fd) == -1)
		die("fcgi_load");
	for (k = 0; k < connections; k++)
		if (fork() == 0)
			run(&l, first + count * k / connections,
			    first + count * (k + 1) / connections, fd[1]);
	for (k = 0; k < connections; k++) {
		if (wait(&status) == -1 || status != 0)
			return 1;
		if (read(fd[0], l.count, sizeof(l.count)) !=
		    (ssize_t)sizeof(l.count))
			die("pipe");
		for (i = 0; i < STATUSES; i++)
			sum[i] += l.count[i];
	}
	for (i = 0; i < STATUSES; i++) {
		if (sum[i] == 0)
			continue;
		if (i == GONE)
			printf("gone %u\n", sum[i]);
		else
			printf("%lu %u\n", i, sum[i]);
		bad |= i == 0;
	}
	return bad;
}
