/* What single values of a route's spec mean; core/route.h has the whole. */
#ifndef OFFHOOK_ROUTE_VALUE_H
#define OFFHOOK_ROUTE_VALUE_H

#include "route.h"

/* "2500ms", "8s", "4h", "30m", "1d": more than 0, at most max_ms. */
bool	duration_parse(struct str, int64_t max_ms, int64_t *ms);
/* "Mon-Fri 09:00-17:30", "Sat,Sun", "22:00-06:00"; days in any case. */
bool	hours_parse(struct str, struct hours *);
/* "step=q2", "!step", "tries>=3", "tries<3", "lang!=de", "lang". */
bool	session_condition_parse(struct str, struct session_condition *);
/* A decimal number with or without a minus sign, at most 18 digits. */
bool	number_parse(struct str, int64_t *);

/* Of a session variable or constant: letters, digits and '_'. */
bool	is_variable(struct str);
/* schema.function in lower case. */
bool	is_function(struct str);
/* An address of an application: http or https, no userinfo, no fragment. */
bool	is_app_url(struct str);
/* http or https, or a path of this server; '#' is Twilio's for overrides. */
bool	is_redirect_url(struct str);
/* The form of an IANA name; whether the host has it is edge/clock.h's. */
bool	is_zone(struct str);
/* 1 to ROUTE_MAX_TEXT bytes without control characters. */
bool	is_item(struct str);

#endif
