/*
 * The plan of a scenario. A life is a table of beats; its times are those
 * that Twilio's own callbacks have. See simulate.h.
 */
#include <stdio.h>
#include <string.h>

#include "simulate.h"

/* One beat of a life. */
struct beat {
	const char	*kind;		/* NULL ends a life */
	const char	*variant;
	const char	*status;	/* NULL: the sample's */
	const char	*error;
	const char	*seq;
	const char	*row;		/* the row's status by it, or NULL */
	int		 leg;		/* 1: the other leg of a call */
	int		 due_ms;	/* after the life's beginning */
	enum want	 want;
	bool		 again;		/* the one before, once more */
};

#define STATUS(variant, status, error, due) \
	{ "message.status", variant, status, error, NULL, status, 0, due, \
	    WANT_NOTHING, false }
#define END { NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, WANT_NOTHING, false }

static const struct beat inbound_sms[] = {
	{ "message.inbound", "sms", NULL, NULL, NULL, "received", 0, 0,
	    WANT_TWIML, false },
	{ "message.inbound", "sms", NULL, NULL, NULL, NULL, 0, 5000,
	    WANT_TWIML, true },
	END
};

static const struct beat inbound_mms[] = {
	{ "message.inbound", "mms", NULL, NULL, NULL, "received", 0, 0,
	    WANT_TWIML, false },
	{ "message.inbound", "mms", NULL, NULL, NULL, NULL, 0, 5000,
	    WANT_TWIML, true },
	END
};

static const struct beat sms_delivered[] = {
	STATUS("queued", "queued", NULL, 0),
	STATUS("sent", "sent", NULL, 400),
	STATUS("service", "delivered", NULL, 2600),
	END
};

static const struct beat whatsapp_read[] = {
	STATUS("whatsapp", "queued", NULL, 0),
	STATUS("whatsapp", "sent", NULL, 500),
	STATUS("whatsapp-delivered", "delivered", NULL, 1500),
	STATUS("whatsapp-read", "read", NULL, 9000),
	END
};

static const struct beat invalid_number[] = {
	STATUS("queued", "queued", NULL, 0),
	STATUS("failed", "failed", "21211", 300),
	END
};

static const struct beat unknown_handset[] = {
	STATUS("queued", "queued", NULL, 0),
	STATUS("sent", "sent", NULL, 400),
	STATUS("undelivered", "undelivered", "30003", 6000),
	END
};

static const struct beat carrier_block[] = {
	STATUS("queued", "queued", NULL, 0),
	STATUS("sent", "sent", NULL, 400),
	STATUS("blocked", "undelivered", "30007", 1900),
	END
};

#define LEG(variant, status, seq, due) \
	{ "call.status", variant, status, NULL, seq, status, 1, due, \
	    WANT_NOTHING, false }
#define QUESTION(kind, variant, row, due) \
	{ kind, variant, NULL, NULL, NULL, row, 0, due, WANT_TWIML, false }
#define NOTICE(kind, variant, due) \
	{ kind, variant, NULL, NULL, NULL, NULL, 0, due, WANT_NOTHING, false }

/* A menu, a key, a transfer to a colleague that is recorded, the end. */
static const struct beat call_life[] = {
	QUESTION("call.inbound", "number", "ringing", 0),
	{ "call.inbound", "number", NULL, NULL, NULL, NULL, 0, 1000,
	    WANT_TWIML, true },
	QUESTION("call.gather", "digits", "in-progress", 6000),
	LEG("dialed", "initiated", "0", 6300),
	LEG("dialed", "ringing", "1", 6900),
	LEG("dialed", "in-progress", "2", 12000),
	NOTICE("recording.status", "in-progress", 12100),
	LEG("dialed", "completed", "3", 29000),
	QUESTION("call.dial", "recorded", NULL, 29100),
	NOTICE("recording.status", "dial", 31000),
	{ "call.status", "number", "completed", NULL, NULL, "completed", 0,
	    33000, WANT_NOTHING, false },
	END
};

static const struct beat wrong_token[] = {
	{ "message.inbound", "sms", NULL, NULL, NULL, NULL, 0, 0,
	    WANT_FORBIDDEN, false },
	{ "call.status", "completed", NULL, NULL, NULL, NULL, 0, 0,
	    WANT_FORBIDDEN, false },
	END
};

/* What messages of a storm live through, and how many of a hundred. */
static const struct {
	const struct beat	*life;
	int			 percent;
} storm_lives[] = {
	{ sms_delivered, 80 },
	{ whatsapp_read, 8 },
	{ carrier_block, 6 },
	{ unknown_handset, 4 },
	{ invalid_number, 2 },
};

static const struct {
	const char		*name;
	const struct beat	*life[3];	/* none: a storm */
} scenarios[] = {
	{ "inbound-sms", { inbound_sms, NULL, NULL } },
	{ "inbound-mms", { inbound_mms, NULL, NULL } },
	{ "outbound", { sms_delivered, whatsapp_read, NULL } },
	{ "failed", { invalid_number, unknown_handset, carrier_block } },
	{ "call", { call_life, NULL, NULL } },
	{ "wrong-token", { wrong_token, NULL, NULL } },
	{ "storm", { NULL, NULL, NULL } },
};

#define SCENARIOS (sizeof(scenarios) / sizeof(scenarios[0]))
#define MAX_BEATS 16

/* SplitMix64 (Steele, Lea, Flood 2014): repeatable, and enough here. */
static uint64_t
next_random(uint64_t *state)
{
	uint64_t	z = (*state += UINT64_C(0x9e3779b97f4a7c15));

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

/* 0 to below n. */
static size_t
below(struct plan *p, size_t n)
{
	return (size_t)(next_random(&p->random) % n);
}

static bool
chance(struct plan *p, double probability)
{
	return (double)(next_random(&p->random) >> 11) * 0x1.0p-53 <
	    probability;
}

static size_t
new_life(struct plan *p)
{
	struct life	*l = &p->life[p->nlives];
	uint64_t	 a = next_random(&p->random);
	uint64_t	 b = next_random(&p->random);

	*l = (struct life){ .digits = "" };
	(void)snprintf(l->digits, sizeof(l->digits), "%016llx%016llx",
	    (unsigned long long)a, (unsigned long long)b);
	return p->nlives++;
}

static void
add_step(struct plan *p, const struct beat *b, size_t life, int64_t due_ms)
{
	if (p->nsteps == p->max_steps)
		return;
	if (!b->again)
		p->numbers++;
	p->step[p->nsteps++] = (struct step){
		.sample = sample_find(b->kind, b->variant),
		.life = life,
		.number = p->numbers,
		.due_ms = due_ms,
		.status = b->status,
		.error = b->error,
		.seq = b->seq,
		.want = b->want,
	};
}

/* The two legs of a call name each other. */
static void
pair_legs(struct plan *p, size_t a, size_t b)
{
	(void)snprintf(p->life[a].other, sizeof(p->life[a].other), "CA%s",
	    p->life[b].digits);
	(void)snprintf(p->life[b].other, sizeof(p->life[b].other), "CA%s",
	    p->life[a].digits);
}

/*
 * The steps of one life. Its beats stand in the order in which a status
 * outranks the one before, so the last one that is sent is the row's: told
 * by the table, not by the code that is tested.
 */
static void
add_life(struct plan *p, const struct beat *b, int64_t begin_ms, double drop)
{
	size_t		leg[2];
	struct life	*l;
	bool		 call = strncmp(b->kind, "call.", 5) == 0;

	leg[0] = new_life(p);
	leg[1] = call ? new_life(p) : leg[0];
	if (call)
		pair_legs(p, leg[0], leg[1]);
	for (; b->kind != NULL; b++) {
		if (drop > 0 && chance(p, drop))
			continue;
		add_step(p, b, leg[b->leg], begin_ms + b->due_ms);
		l = &p->life[leg[b->leg]];
		if (b->row == NULL)
			continue;
		l->prefix = sample_find(b->kind, b->variant)->prefix;
		l->status = b->row;
		l->error = b->error;
	}
}

static const struct beat *
storm_life(struct plan *p)
{
	int	of_hundred = (int)below(p, 100);
	size_t	i;

	for (i = 0; of_hundred >= storm_lives[i].percent; i++)
		of_hundred -= storm_lives[i].percent;
	return storm_lives[i].life;
}

/* Some of them twice; the second one later. */
static void
duplicate(struct plan *p, double probability)
{
	size_t	i, n = p->nsteps;

	for (i = 0; i < n && p->nsteps < p->max_steps; i++)
		if (chance(p, probability)) {
			p->step[p->nsteps] = p->step[i];
			p->step[p->nsteps++].due_ms += 5000;
		}
}

static int
compare_due(const void *va, const void *vb)
{
	const struct step	*a = va, *b = vb;

	if (a->due_ms != b->due_ms)
		return a->due_ms < b->due_ms ? -1 : 1;
	return a->number < b->number ? -1 : a->number > b->number;
}

/* Another order at the same times (Fisher and Yates). */
static void
shuffle(struct plan *p)
{
	struct step	 s;
	int64_t		 due_ms;
	size_t		 i, j;

	for (i = p->nsteps; i > 1; i--) {
		j = below(p, i);
		s = p->step[i - 1];
		due_ms = s.due_ms;
		s.due_ms = p->step[j].due_ms;
		p->step[i - 1] = p->step[j];
		p->step[i - 1].due_ms = due_ms;
		p->step[j] = s;
	}
}

static void
make_storm(struct plan *p, const struct storm *s)
{
	uint64_t	i;
	size_t		k;

	/* The messages are sent at 20 a second, where time is told. */
	for (i = 0; i < s->messages; i++)
		add_life(p, storm_life(p), (int64_t)i * 50, s->drop);
	duplicate(p, s->duplicates);
	qsort(p->step, p->nsteps, sizeof(*p->step), compare_due);
	if (s->shuffle)
		shuffle(p);
	for (k = 0; s->rate > 0 && k < p->nsteps; k++)
		p->step[k].due_ms = (int64_t)(k * 1000 / s->rate);
}

const char *
plan_scenario(size_t at)
{
	return at < SCENARIOS ? scenarios[at].name : NULL;
}

bool
plan_make(struct plan *p, const char *scenario, const struct storm *s)
{
	size_t	i, k, lives;

	for (i = 0; i < SCENARIOS; i++)
		if (strcmp(scenarios[i].name, scenario) == 0)
			break;
	if (i == SCENARIOS)
		return false;
	lives = scenarios[i].life[0] == NULL ? (size_t)s->messages : 2 * 3;
	p->max_steps = 2 * MAX_BEATS + 2 * 4 * lives;
	p->step = cli_alloc(p->cli, p->max_steps, sizeof(*p->step));
	p->life = cli_alloc(p->cli, lives, sizeof(*p->life));
	p->nsteps = p->nlives = 0;
	p->tokens = next_random(&p->random);
	if (scenarios[i].life[0] == NULL)
		make_storm(p, s);
	for (k = 0; k < 3 && scenarios[i].life[k] != NULL; k++)
		add_life(p, scenarios[i].life[k], (int64_t)k * 1000, 0);
	return true;
}

void
plan_sid(const struct plan *p, const struct step *s, char out[40])
{
	(void)snprintf(out, 40, "%s%s", s->sample->prefix,
	    p->life[s->life].digits);
}

void
plan_token(const struct plan *p, const struct step *s, char out[40])
{
	uint64_t	state = p->tokens + s->number;
	uint64_t	a = next_random(&state), b = next_random(&state);

	(void)snprintf(out, 40, "%08x-%04x-4%03x-%04x-%012llx",
	    (unsigned)(a >> 32), (unsigned)(a >> 16 & 0xffff),
	    (unsigned)(a & 0xfff), (unsigned)(b >> 48 & 0x3fff) | 0x8000U,
	    (unsigned long long)(b & UINT64_C(0xffffffffffff)));
}
