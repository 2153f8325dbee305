/* The version, in one place; CHANGES.md's newest heading is the same. */
#ifndef OFFHOOK_VERSION_H
#define OFFHOOK_VERSION_H

#define OFFHOOK_VERSION "0.5.0"
/* The last of sql/migrations that these programs need. */
#define OFFHOOK_SCHEMA 6

#endif
