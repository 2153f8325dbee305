/* The version, in one place; CHANGES.md's newest heading is the same. */
#ifndef OFFHOOK_VERSION_H
#define OFFHOOK_VERSION_H

#define OFFHOOK_VERSION "0.3.0"

#endif
