/* Recognise a request by its parameters. */
#ifndef OFFHOOK_CLASSIFY_H
#define OFFHOOK_CLASSIFY_H

#include "form.h"
#include "kind.h"

/* The kind of event; EVENT_OTHER when no rule recognises it. */
enum event_kind	classify_form(const struct form *);

#endif
