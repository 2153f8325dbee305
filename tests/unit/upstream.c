/* An application on the loopback. See upstream.h. */
#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "upstream.h"

#define MOST 300000

/* Shared by all processes. */
static struct seen {
	unsigned	asked;
	unsigned	connections;
	size_t		n;
	char		last[MOST];
} *seen;

static pid_t	pid;

static void
stop(void)
{
	if (pid > 0)
		(void)kill(pid, SIGTERM);
}

static void
say(int fd, const char *text)
{
	if (send(fd, text, strlen(text), MSG_NOSIGNAL) < 0)
		_exit(0);
}

/* One whole request into *buf; 0 when the other side has gone. */
static size_t
take(int fd, char *buf)
{
	const char	*end, *length;
	size_t		 n = 0, want = SIZE_MAX;
	ssize_t		 got;

	while (n < want && n < MOST - 1) {
		got = recv(fd, buf + n, MOST - 1 - n, 0);
		if (got <= 0)
			return 0;
		n += (size_t)got;
		buf[n] = '\0';
		end = strstr(buf, "\r\n\r\n");
		if (end == NULL || want != SIZE_MAX)
			continue;
		want = (size_t)(end + 4 - buf);
		length = strstr(buf, "Content-Length: ");
		if (length != NULL && length < end)
			want += strtoul(length + 16, NULL, 10);
	}
	return n;
}

static void
reply(int fd, const char *status, const char *body, size_t n)
{
	char	head[300];

	(void)snprintf(head, sizeof(head), "HTTP/1.1 %s\r\n"
	    "Content-Type: text/xml; charset=utf-8\r\nLocation: /there\r\n"
	    "Content-Length: %zu\r\n\r\n", status, n);
	say(fd, head);
	while (body == NULL && n-- > 0)
		say(fd, "x");
	if (body != NULL)
		say(fd, body);
}

static void
misbehave(int fd, const char *path)
{
	if (strncmp(path, "/never", 6) == 0)
		(void)pause();
	if (strncmp(path, "/junk", 5) == 0)
		say(fd, "+OK this is no HTTP\r\n\r\n");
	if (strncmp(path, "/half", 5) == 0)
		say(fd, "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n<Resp");
	if (strncmp(path, "/drip", 5) == 0)
		for (say(fd, "HTTP/1.1 200 OK\r\n\r\n");; usleep(100000))
			say(fd, " ");
	_exit(0);
}

static void
serve(int fd)
{
	static char	buf[MOST];
	char		*path;
	size_t		n;
	bool		told = false;

	while ((n = take(fd, buf)) > 0) {
		memcpy(seen->last, buf, n);
		seen->n = n;
		seen->asked++;
		if (!told)
			seen->connections++;
		told = true;
		path = strchr(buf, ' ') + 1;
		path[strcspn(path, "\r") - strlen(" HTTP/1.1")] = '\0';
		if (strncmp(path, "/ok", 3) == 0 ||
		    strncmp(path, "/last", 5) == 0)
			reply(fd, "200 OK", "<Response/>", 11);
		else if (strncmp(path, "/status/", 8) == 0)
			reply(fd, path + 8, "no", 2);
		else if (strncmp(path, "/large/", 7) == 0)
			reply(fd, "200 OK", NULL, strtoul(path + 7, NULL,
			    10));
		else
			misbehave(fd, path);
		if (strncmp(path, "/last", 5) == 0)
			return;
	}
}

static void
run(int fd)
{
	int	c;

	(void)signal(SIGCHLD, SIG_IGN);
	(void)prctl(PR_SET_PDEATHSIG, SIGTERM);
	while ((c = accept(fd, NULL, NULL)) != -1) {
		if (fork() == 0) {
			(void)prctl(PR_SET_PDEATHSIG, SIGTERM);
			(void)close(fd);
			serve(c);
			_exit(0);
		}
		(void)close(c);
	}
	_exit(0);
}

unsigned
upstream_start(void)
{
	struct sockaddr_in	at = { .sin_family = AF_INET,
				    .sin_addr = { htonl(INADDR_LOOPBACK) } };
	socklen_t		n = sizeof(at);
	int			fd = socket(AF_INET, SOCK_STREAM, 0);

	seen = mmap(NULL, sizeof(*seen), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (seen == MAP_FAILED || fd == -1 ||
	    bind(fd, (struct sockaddr *)&at, n) != 0 || listen(fd, 64) != 0 ||
	    getsockname(fd, (struct sockaddr *)&at, &n) != 0)
		exit(1);
	(void)fflush(stdout);
	pid = fork();
	if (pid == 0)
		run(fd);
	(void)close(fd);
	(void)atexit(stop);
	return ntohs(at.sin_port);
}

unsigned
upstream_asked(void)
{
	return seen->asked;
}

unsigned
upstream_connections(void)
{
	return seen->connections;
}

struct str
upstream_last(void)
{
	return (struct str){ seen->last, seen->n };
}

void
upstream_forget(void)
{
	seen->asked = seen->connections = 0;
}
