# offhook: build, tests, installation.  "make help" lists the targets.
#
# The four storeys of the source (core, edge, app, cmd) become one archive
# each, so that a program links only what it calls.  A second build of
# another kind (sanitizers, clang) is the same makefile with another B.

SHELL =		/bin/sh
CC =		gcc
CLANG =		clang
AR =		ar
B =		build
PREFIX =	/usr/local
DESTDIR =
ARGS =
T =		3

OPT =		-O2 -g
WARN =		-Wall -Wextra -Wshadow -Wconversion -Werror
HARDEN =	-fstack-protector-strong -D_FORTIFY_SOURCE=2 -fPIE
HARDEN_LD =	-pie -Wl,-z,relro,-z,now -Wl,-z,noexecstack
SAN =
PQ_INC :=	$(shell pg_config --includedir 2>/dev/null)
CPPFLAGS =	-D_DEFAULT_SOURCE -D_POSIX_C_SOURCE=200809L -Isrc
ifneq ($(strip $(PQ_INC)),)
CPPFLAGS +=	-isystem $(PQ_INC)
endif
CFLAGS =	-std=c11 $(OPT) $(WARN) $(HARDEN) $(SAN)
LDFLAGS =	$(HARDEN_LD) $(SAN) -Wl,--as-needed

# One short line for each file; "make V=1" shows the commands.
V =		0
SILENT :=	$(findstring s,$(firstword -$(MAKEFLAGS)))
say =		$(if $(filter 0,$(V)),@$(if $(SILENT),, \
		printf '  %-4s %s\n' $(1) $@;))

CORE_SRC :=	$(sort $(wildcard src/core/*.c))
EDGE_SRC :=	$(sort $(wildcard src/edge/*.c))
APP_SRC :=	$(sort $(wildcard src/app/*.c))
CMD_SRC :=	$(sort $(wildcard src/cmd/*.c))
CGI_SRC :=	$(sort $(wildcard cgi-bin/*.c))
UNIT_SRC :=	$(sort $(wildcard tests/unit/*_test.c))
UNITLIB_SRC :=	$(sort $(filter-out $(UNIT_SRC),$(wildcard tests/unit/*.c)))
FUZZ_SRC :=	$(sort $(wildcard tests/fuzz/fuzz_*.c))
BENCH_SRC :=	$(sort $(wildcard tests/bench/*.c))
LIVE_SRC :=	$(sort $(wildcard tests/live/*.c))
LIVELIB_SRC :=	$(sort $(wildcard tests/live/lib/*.c))
MAN_SRC :=	$(sort $(wildcard man/*.[1-8]))

obj =		$(patsubst %.c,$(B)/obj/%.o,$(1))
CORE_OBJ =	$(call obj,$(CORE_SRC))
EDGE_OBJ =	$(call obj,$(EDGE_SRC))
APP_OBJ =	$(call obj,$(APP_SRC))
CMD_OBJ =	$(call obj,$(CMD_SRC))
UNITLIB_OBJ =	$(call obj,$(UNITLIB_SRC))
LIVELIB_OBJ =	$(call obj,$(LIVELIB_SRC))
LIBS_CORE =	$(B)/lib/core.a
LIBS_ALL =	$(B)/lib/app.a $(B)/lib/edge.a $(B)/lib/core.a

# libcurl is opened when it is needed: src/edge/curl.h.
CGI_LIBS =	-lfcgi -lcrypto -lpq -lexpat
CLI_LIBS =	$(CGI_LIBS) -lyaml

CGI_BIN =	$(patsubst cgi-bin/%.c,$(B)/cgi-bin/%.fcgi,$(CGI_SRC))
CLI_BIN =	$(if $(CMD_SRC),$(B)/bin/offhook)
UNIT_BIN =	$(patsubst tests/unit/%.c,$(B)/tests/%,$(UNIT_SRC)) \
		$(patsubst tests/signature/%.c,$(B)/tests/signature_%, \
		$(wildcard tests/signature/*.c))
FUZZ_BIN =	$(patsubst tests/fuzz/%.c,$(B)/fuzz/%,$(FUZZ_SRC))
REPLAY_BIN =	$(patsubst tests/fuzz/%.c,$(B)/tests/%_test,$(FUZZ_SRC))
BENCH_BIN =	$(patsubst tests/bench/%.c,$(B)/bench/%,$(BENCH_SRC))
LIVE_BIN =	$(patsubst tests/live/%.c,$(B)/live/%,$(LIVE_SRC))

all: $(CGI_BIN) $(CLI_BIN)

help:
	@echo 'make              build the responder and the command line'
	@echo 'make run          install what is missing, build, show it working;'
	@echo '                  stays up until Ctrl-C (ARGS=--once: ends then)'
	@echo 'make check        install what is missing, run every test'
	@echo 'make check-NAME   one suite; NAME is one of:'
	@tools/suites -a | sed 's/^/                  /'
	@echo 'make lint         the linters (a part of check)'
	@echo 'make asan         build/asan: everything with ASan and UBSan'
	@echo 'make valgrind     unit tests and some requests under valgrind'
	@echo 'make fuzz [T=3]   fuzz each parser for T seconds'
	@echo 'make ledger [T=60]  T seconds of webhooks and deliveries while everything'
	@echo '                  is killed, stopped, cut off or full: nothing vanishes'
	@echo 'make grammar      the grammar of TwiML anew, from the pinned npm package'
	@echo 'make bench        measure, in turns in one run'
	@echo 'make bench-versus the cost of a webhook, now and in the first version'
	@echo 'make bench-storm  30,000 shuffled callbacks: nothing lost, all exact'
	@echo 'make bench-scale  every question, of ten million events'
	@echo 'make bench-replies  what a reply adds to a webhook'
	@echo 'make bench-late   whether a fallback comes within its budget and 50 ms'
	@echo 'make bench-deliver  deliveries, beside two other queues'
	@echo 'make install [DESTDIR=] [PREFIX=/usr/local]'
	@echo 'make clean'
	@echo 'V=1 shows the commands of the build.'

run:
	@MAKE='$(MAKE)' exec tools/run $(ARGS)

check:
	@MAKE='$(MAKE)' exec tests/run $(ARGS)

FORCE:
check-%: FORCE
	@MAKE='$(MAKE)' T='$(T)' exec tests/run $*

lint valgrind fuzz:
	@MAKE='$(MAKE)' T='$(T)' exec tests/run $@

bench: all bench-bins live-bins
	@MAKE='$(MAKE)' exec tools/unroot tests/bench/run $(ARGS)

# The last commit of 0.1.0, built beside this checkout and not in it.
REV =		2fbee2e
bench-versus: all live-bins
	@rm -rf build/versus && mkdir -p build/versus
	@git archive $(REV) | tar -xf - -C build/versus
	@$(MAKE) -C build/versus B=build all
	@exec tools/unroot tests/bench/versus $(ARGS)

bench-storm: all live-bins
	@exec tools/unroot tests/bench/storm $(ARGS)

# EVENTS in the environment: how many are made.
bench-scale: all
	@exec tools/unroot tests/bench/scale $(ARGS)

# The last commit before replies could be other than fixed.
BEFORE =	8efc9c2
bench-replies: all live-bins
	@rm -rf build/before && mkdir -p build/before
	@git archive $(BEFORE) | tar -xf - -C build/before
	@$(MAKE) -C build/before B=build all
	@exec tools/unroot tests/bench/replies $(ARGS)

# The fallback of a hundred callers at once: within the budget and 50 ms.
bench-late: all live-bins
	@for i in 1 2 3 4 5; do \
		MARGIN=50 tools/unroot sh tests/replies/late.sh || exit 1; \
	done

# For T seconds; SEED in the environment makes the same mishaps again.
ledger: T = 60
ledger: all live-bins $(B)/bench/receiver
	@CHAOS='$(T)' exec tests/ledger/ledger.sh

# The last commit before there were deliveries; ARGS: some of the parts.
UNDELIVERED =	0113bc6
bench-deliver: all bench-bins live-bins
	@tools/npm bench
	@rm -rf build/before && mkdir -p build/before
	@git archive $(UNDELIVERED) | tar -xf - -C build/before
	@$(MAKE) -C build/before B=build all
	@exec tools/unroot tests/bench/deliver $(ARGS)

grammar:
	@exec tools/grammar refresh

# The other kinds of build; what they make lies in their own folder.
ASAN_MAKE =	$(MAKE) B=build/asan OPT='-O1 -g' HARDEN='-fPIE' \
		HARDEN_LD='-pie' SAN='-fsanitize=address,undefined \
		-fno-sanitize-recover=all -fno-omit-frame-pointer'
asan:
	@$(ASAN_MAKE) all unit-bins

clang:
	@$(MAKE) B=build/clang CC='$(CLANG)' all unit-bins

FUZZ_SAN =	address,undefined
fuzz-bins:
	@$(MAKE) B=build/fuzzobj CC='$(CLANG)' OPT='-O1 -g' HARDEN='-fPIE' \
	    HARDEN_LD='-pie' \
	    SAN='-fsanitize=fuzzer-no-link,$(FUZZ_SAN) -fno-sanitize-recover=all' \
	    fuzz-link
fuzz-link: $(patsubst build/fuzz/%,build/fuzz/%,$(FUZZ_SRC:tests/fuzz/%.c=build/fuzz/%))

unit-bins: $(UNIT_BIN) $(REPLAY_BIN)
bench-bins: $(BENCH_BIN)
live-bins: $(LIVE_BIN)
test-bins: all unit-bins live-bins $(B)/bench/receiver

# Headers are looked for once, and what is missing is said in one sentence.
HEADERS =	$(B)/.headers
$(HEADERS): tools/headers
	@mkdir -p $(@D)
	@CC='$(CC)' CPPFLAGS='$(CPPFLAGS)' tools/headers
	@touch $@

$(B)/obj/%.o: %.c Makefile | $(HEADERS)
	@mkdir -p $(@D)
	$(call say,CC) $(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

ARCHIVE =	$(call say,AR) mkdir -p $(@D) && rm -f $@.new && \
		$(AR) rcs $@.new $(filter %.o,$^) && mv $@.new $@
$(B)/lib/core.a: $(CORE_OBJ) Makefile ; $(ARCHIVE)
$(B)/lib/edge.a: $(EDGE_OBJ) Makefile ; $(ARCHIVE)
$(B)/lib/app.a: $(APP_OBJ) Makefile ; $(ARCHIVE)

# A program is moved into its place, so that a running one is never half
# written, and web servers take the new one at their next start of it.
LINK =		$(call say,LD) $(CC) $(CFLAGS) $(LDFLAGS) -o $@.new

$(B)/cgi-bin/%.fcgi: $(B)/obj/cgi-bin/%.o $(LIBS_ALL)
	@mkdir -p $(@D)
	$(LINK) $(filter %.o %.a,$^) $(CGI_LIBS) && mv $@.new $@

$(B)/bin/offhook: $(CMD_OBJ) $(LIBS_ALL)
	@mkdir -p $(@D)
	$(LINK) $(filter %.o %.a,$^) $(CLI_LIBS) && mv $@.new $@

$(B)/tests/%: $(B)/obj/tests/unit/%.o $(UNITLIB_OBJ) $(LIBS_ALL)
	@mkdir -p $(@D)
	$(LINK) $(filter %.o %.a,$^) $(CLI_LIBS) && mv $@.new $@

$(B)/tests/signature_%: $(B)/obj/tests/signature/%.o $(LIBS_ALL)
	@mkdir -p $(@D)
	$(LINK) $(filter %.o %.a,$^) $(CGI_LIBS) && mv $@.new $@

# Each fuzz target's seeds, as an ordinary test.
$(B)/tests/fuzz_%_test: $(B)/obj/tests/fuzz/fuzz_%.o \
		$(B)/obj/tests/fuzz/replay.o $(LIBS_ALL)
	@mkdir -p $(@D)
	$(LINK) $(filter %.o %.a,$^) $(CGI_LIBS) && mv $@.new $@

$(B)/bench/%: $(B)/obj/tests/bench/%.o $(LIBS_ALL)
	@mkdir -p $(@D)
	$(LINK) $(filter %.o %.a,$^) $(CGI_LIBS) && mv $@.new $@

$(B)/live/%: $(B)/obj/tests/live/%.o $(LIVELIB_OBJ) $(LIBS_ALL)
	@mkdir -p $(@D)
	$(LINK) $(filter %.o %.a,$^) $(CGI_LIBS) && mv $@.new $@

build/fuzz/%: $(B)/obj/tests/fuzz/%.o $(LIBS_ALL)
	@mkdir -p $(@D)
	$(call say,LD) $(CC) $(CFLAGS) $(LDFLAGS) -fsanitize=fuzzer,$(FUZZ_SAN) -o $@.new \
	    $(filter %.o %.a,$^) $(CGI_LIBS) && mv $@.new $@

.PRECIOUS: $(B)/obj/%.o
-include $(shell find $(B)/obj -name '*.d' 2>/dev/null)

# install: every file is written beside its place and then moved into it.
BINDIR =	$(DESTDIR)$(PREFIX)/bin
LIBDIR =	$(DESTDIR)$(PREFIX)/lib/offhook
SHAREDIR =	$(DESTDIR)$(PREFIX)/share/offhook
MANDIR =	$(DESTDIR)$(PREFIX)/share/man
install: all
	@DESTDIR='$(DESTDIR)' tools/install-tree '$(B)' '$(BINDIR)' '$(LIBDIR)' '$(SHAREDIR)' \
	    '$(MANDIR)' $(MAN_SRC)

clean:
	rm -rf build

.PHONY: all help run check lint valgrind fuzz bench bench-versus bench-storm \
	bench-scale bench-replies bench-late bench-deliver ledger grammar asan clang \
	fuzz-bins fuzz-link unit-bins bench-bins live-bins test-bins install clean FORCE
