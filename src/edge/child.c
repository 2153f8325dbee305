/* Programs that are run beside everything else. See child.h. */
#include <sys/epoll.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "child.h"
#include "clock.h"

#define EVENTS 16
/* How often an end is looked for that closes no pipe. */
#define LOOK_MS 200
#define LOOK_SOON_MS 10	/* its output is at its end already */
#define READS 16	/* at once */
#define ERROR_FD 3	/* of the child, until it is the program */

enum child_state {
	CHILD_FREE,
	CHILD_RUNNING,
	CHILD_DONE
};

struct child {
	const struct child_request *r;
	void		*who;
	enum child_state state;
	pid_t		 pid;
	int		 in, out;	/* our ends; -1: closed */
	size_t		 given;		/* bytes of the input */
	char		*output;
	size_t		 n;
	int64_t		 begun_ms;
	int64_t		 kill_ms;	/* when it is signalled next */
	bool		 told;		/* SIGTERM was sent */
	enum child_end	 end;
	int		 status;
	int64_t		 ended_ms;
	int		 error;		/* errno of what did not start */
};

bool
children_open(struct children *c, size_t most)
{
	*c = (struct children){ .most = most };
	c->at = calloc(most, sizeof(*c->at));
	c->fd = epoll_create1(EPOLL_CLOEXEC);
	if (c->at != NULL && c->fd != -1) {
		(void)signal(SIGPIPE, SIG_IGN);
		return true;
	}
	children_close(c);
	return false;
}

static void
close_fd(int *fd)
{
	if (*fd != -1)
		(void)close(*fd);
	*fd = -1;
}

static void
end(struct child *c, enum child_end how, int status)
{
	close_fd(&c->in);
	close_fd(&c->out);
	c->state = CHILD_DONE;
	c->end = how;
	c->status = status;
	c->ended_ms = clock_monotonic_ms();
}

/* All from first on; by one call where the kernel has it (Linux 5.9). */
static void
close_from(int first)
{
	long	fd, last = sysconf(_SC_OPEN_MAX);

#ifdef SYS_close_range
	if (syscall(SYS_close_range, (unsigned)first, ~0u, 0) == 0)
		return;
#endif
	for (fd = first; fd < last; fd++)
		(void)close((int)fd);
}

static void
default_signals(void)
{
	struct sigaction	sa = { .sa_handler = SIG_DFL };
	sigset_t		none;
	int			sig;

	(void)sigemptyset(&none);
	for (sig = 1; sig < NSIG; sig++)
		(void)sigaction(sig, &sa, NULL);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
}

/*
 * In the child, where only what is async-signal-safe may be called: other
 * threads of ours may hold locks. The descriptors are above ERROR_FD.
 */
static _Noreturn void
become(const struct child_request *r, int in, int out, int error)
{
	char *const	*argv, *const *env;	/* as execve has them */
	int		why;

	memcpy(&argv, &r->argv, sizeof(argv));
	memcpy(&env, &r->env, sizeof(env));
	(void)setpgid(0, 0);
	default_signals();
	if (dup2(in, 0) != -1 && dup2(out, 1) != -1 && dup2(out, 2) != -1 &&
	    dup2(error, ERROR_FD) != -1 &&
	    fcntl(ERROR_FD, F_SETFD, FD_CLOEXEC) != -1) {
		close_from(ERROR_FD + 1);
		(void)execve(r->argv[0], argv, env);
	}
	why = errno;
	(void)!write(ERROR_FD, &why, sizeof(why));
	_exit(127);
}

/* A pipe whose ends are above ERROR_FD and closed by exec. */
static bool
make_pipe(int fd[2])
{
	int	low[2];

	fd[0] = fd[1] = -1;
	if (pipe(low) == -1)
		return false;
	fd[0] = fcntl(low[0], F_DUPFD_CLOEXEC, ERROR_FD + 1);
	fd[1] = fcntl(low[1], F_DUPFD_CLOEXEC, ERROR_FD + 1);
	(void)close(low[0]);
	(void)close(low[1]);
	return fd[0] != -1 && fd[1] != -1;
}

/* errno of the exec, or 0 once the program runs. */
static int
exec_error(int fd)
{
	ssize_t	n;
	int	why = 0;

	do
		n = read(fd, &why, sizeof(why));
	while (n == -1 && errno == EINTR);
	return n == (ssize_t)sizeof(why) ? why : 0;
}

static bool
watch(struct children *all, const struct child *c, int fd, unsigned events,
    bool output)
{
	struct epoll_event	ev = { .events = events };

	ev.data.u64 = (uint64_t)(c - all->at) << 1 | output;
	return fcntl(fd, F_SETFL, O_NONBLOCK) != -1 &&
	    epoll_ctl(all->fd, EPOLL_CTL_ADD, fd, &ev) == 0;
}

/* Start it; 0, or errno. Our ends of its pipes are c's. */
static int
start(struct children *all, struct child *c)
{
	int	in[2] = { -1, -1 }, out[2] = { -1, -1 }, error[2];
	int	why = 0;

	error[0] = error[1] = -1;
	c->output = malloc(c->r->max_output + 1);
	if (c->output == NULL || !make_pipe(in) || !make_pipe(out) ||
	    !make_pipe(error) || (c->pid = fork()) == -1)
		why = errno;
	else if (c->pid == 0)
		become(c->r, in[0], out[1], error[1]);
	close_fd(&in[0]);
	close_fd(&out[1]);
	close_fd(&error[1]);
	c->in = in[1];
	c->out = out[0];
	if (why == 0) {
		(void)setpgid(c->pid, c->pid);
		why = exec_error(error[0]);
		if (why != 0)
			(void)waitpid(c->pid, NULL, 0);
		else if (!watch(all, c, c->in, EPOLLOUT, false) ||
		    !watch(all, c, c->out, EPOLLIN, true))
			c->kill_ms = c->begun_ms;
	}
	close_fd(&error[0]);
	return why;
}

bool
children_add(struct children *all, const struct child_request *r, void *who)
{
	struct child	*c = all->at;

	while (c < all->at + all->most && c->state != CHILD_FREE)
		c++;
	if (c == all->at + all->most)
		return false;
	*c = (struct child){ .r = r, .who = who, .state = CHILD_RUNNING,
	    .in = -1, .out = -1, .begun_ms = clock_monotonic_ms() };
	c->kill_ms = c->begun_ms + r->timeout_ms;
	all->n++;
	c->error = start(all, c);
	if (c->error != 0)
		end(c, CHILD_NOT_STARTED, 0);
	return true;
}

static void
give(struct child *c)
{
	struct str	rest;
	ssize_t		n;

	for (;;) {
		rest = str_sub(c->r->input, c->given, c->r->input.n);
		if (rest.n == 0)
			break;
		n = write(c->in, rest.p, rest.n);
		if (n == -1 && (errno == EAGAIN || errno == EINTR))
			return;
		if (n == -1)
			break;	/* it does not read all of it: its affair */
		c->given += (size_t)n;
	}
	close_fd(&c->in);
}

/*
 * What there is; beyond the most it is dropped, so that it can go on. One
 * that writes as fast as we read shall not keep us here.
 */
static void
take(struct child *c)
{
	char	dropped[16384];
	size_t	left;
	ssize_t	n;
	int	i;

	for (i = 0; i < READS && c->out != -1; i++) {
		left = c->r->max_output - c->n;
		n = left > 0 ? read(c->out, c->output + c->n, left) :
		    read(c->out, dropped, sizeof(dropped));
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1 && errno == EAGAIN)
			return;
		if (n <= 0)
			close_fd(&c->out);
		else if (left > 0)
			c->n += (size_t)n;
	}
}

/* Whether it has ended. */
static void
look(struct child *c, int64_t now)
{
	int	status;

	if (c->kill_ms <= now) {
		(void)kill(-c->pid, c->told ? SIGKILL : SIGTERM);
		c->kill_ms = now + CHILD_GRACE_MS;
		c->told = true;
	}
	if (waitpid(c->pid, &status, WNOHANG) != c->pid)
		return;
	take(c);
	if (c->told) {
		(void)kill(-c->pid, SIGKILL);	/* those it left behind */
		end(c, CHILD_TIMEOUT, 0);
	} else if (WIFEXITED(status))
		end(c, CHILD_EXITED, WEXITSTATUS(status));
	else
		end(c, CHILD_KILLED, WTERMSIG(status));
}

int
children_timeout(const struct children *all)
{
	const struct child	*c;
	int64_t			 left = INT64_MAX, now, ms;

	if (all->n == 0)
		return -1;
	now = clock_monotonic_ms();
	for (c = all->at; c < all->at + all->most; c++) {
		if (c->state == CHILD_FREE)
			continue;
		ms = c->out == -1 ? LOOK_SOON_MS : LOOK_MS;
		if (c->state == CHILD_DONE)
			ms = 0;
		if (c->kill_ms - now < ms)
			ms = c->kill_ms > now ? c->kill_ms - now : 0;
		if (ms < left)
			left = ms;
	}
	return (int)left;
}

static void
go_on(struct children *all)
{
	struct epoll_event	 ev[EVENTS];
	struct child		*c;
	int64_t			 now = clock_monotonic_ms();
	int			 i, n = epoll_wait(all->fd, ev, EVENTS, 0);

	for (i = 0; i < n; i++) {
		c = &all->at[ev[i].data.u64 >> 1];
		if ((ev[i].data.u64 & 1) != 0)
			take(c);
		else if (c->in != -1)
			give(c);
	}
	for (c = all->at; c < all->at + all->most; c++)
		if (c->state == CHILD_RUNNING)
			look(c, now);
}

static void
say_why(const struct child *c, struct child_result *r)
{
	switch (c->end) {
	case CHILD_EXITED:
		break;
	case CHILD_KILLED:
		(void)snprintf(r->error, sizeof(r->error),
		    "ended by signal %d", c->status);
		break;
	case CHILD_TIMEOUT:
		(void)snprintf(r->error, sizeof(r->error),
		    "not done in %ld ms", c->r->timeout_ms);
		break;
	case CHILD_NOT_STARTED:
		(void)snprintf(r->error, sizeof(r->error), "%.200s: %s",
		    c->r->argv[0], strerror(c->error));
		break;
	}
}

static void
forget(struct children *all, struct child *c)
{
	free(c->output);
	*c = (struct child){ .in = -1, .out = -1 };
	all->n--;
}

bool
children_next(struct children *all, struct arena *a, void **who,
    struct child_result *r)
{
	struct child	*c;

	if (all->n == 0)
		return false;
	go_on(all);
	for (c = all->at; c < all->at + all->most; c++)
		if (c->state == CHILD_DONE)
			break;
	if (c == all->at + all->most)
		return false;
	*who = c->who;
	*r = (struct child_result){ .end = c->end, .status = c->status };
	r->elapsed_us = (c->ended_ms - c->begun_ms) * 1000;
	r->output = arena_copy(a, (struct str){ c->output, c->n });
	say_why(c, r);
	forget(all, c);
	return true;
}

static void
stop(struct child *c)
{
	if (c->state != CHILD_RUNNING)
		return;
	(void)kill(-c->pid, SIGKILL);
	while (waitpid(c->pid, NULL, 0) == -1 && errno == EINTR)
		continue;
	end(c, CHILD_KILLED, SIGKILL);
}

void
children_cancel(struct children *all, const void *who)
{
	struct child	*c;

	for (c = all->at; c < all->at + all->most; c++)
		if (c->state != CHILD_FREE && c->who == who) {
			stop(c);
			forget(all, c);
		}
}

void
children_close(struct children *all)
{
	struct child	*c;

	for (c = all->at; c != NULL && c < all->at + all->most; c++)
		if (c->state != CHILD_FREE) {
			stop(c);
			forget(all, c);
		}
	free(all->at);
	close_fd(&all->fd);
	*all = (struct children){ .fd = -1 };
}

static bool
refuse(char error[256], const char *path, const char *why)
{
	(void)snprintf(error, 256, "%.180s %s", path, why);
	return false;
}

/* A folder on the way to the program, or the program itself. */
static bool
check_part(const char *path, bool last, char error[256])
{
	struct stat	st;

	if (lstat(path, &st) == -1)
		return refuse(error, path, strerror(errno));
	if (last ? !S_ISREG(st.st_mode) : !S_ISDIR(st.st_mode))
		return refuse(error, path, last ? "is not a regular file" :
		    "is not a folder");
	if ((st.st_mode & (S_IWGRP | S_IWOTH)) != 0)
		return refuse(error, path, "may be written by others: "
		    "chmod go-w");
	if (last && access(path, X_OK) == -1)
		return refuse(error, path, "may not be executed: chmod +x");
	return true;
}

/* Each part from the folder's own on. */
static bool
check_parts(const char *program, size_t from, char error[256])
{
	char	path[4096];
	size_t	i, n = strlen(program);

	if (n >= sizeof(path))
		return refuse(error, program, "is too long");
	for (i = from; i <= n; i++) {
		if (program[i] != '/' && program[i] != '\0')
			continue;
		memcpy(path, program, i);
		path[i] = '\0';
		if (!check_part(path, i == n, error))
			return false;
	}
	return true;
}

bool
child_allowed(const char *program, struct str folders, char error[256])
{
	struct str	p = str_from(program), rest = p, part, folder;

	if (p.n == 0 || p.p[0] != '/')
		return refuse(error, program, "is no absolute path");
	while (str_cut(&rest, '/', &part))
		if (str_eq(part, STR(".")) || str_eq(part, STR("..")))
			return refuse(error, program, "has a . or .. in it");
	while (str_cut(&folders, ' ', &folder)) {
		while (folder.n > 1 && folder.p[folder.n - 1] == '/')
			folder.n--;
		if (folder.n > 0 && str_starts(p, folder) &&
		    p.n > folder.n && p.p[folder.n] == '/')
			return check_parts(program, folder.n, error);
	}
	return refuse(error, program, "is in no folder of OFFHOOK_EXEC");
}
