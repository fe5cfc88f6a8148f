# SPDX-License-Identifier: MIT
# Everything is built under build/VARIANT (gcc, clang, gcc-san, ...); only ./synfin is copied out.
# `make help` lists the targets, CONTRIBUTING.md says where a new file goes.

CFLAGS ?= -O2 -g
PREFIX ?= /usr/local
FUZZTIME ?= 20
SOAK ?= 20
ifeq ($(origin CC),default)
CC := gcc
endif
SHELL := /bin/bash
Q := $(if $(V),,@)
say = @$(if $(V),:,printf '  %-7s %s\n')

# ---- what there is -----------------------------------------------------------------------------

rooms := $(wildcard analysis/*.c analysis/*/*.c capture/*.c inject/*.c labs/*.c)
actor_sources := $(wildcard tests/live/*.c capture/actors*.c capture/puppet_lose.c \
	capture/sandbox.c)
unit_sources := $(wildcard tests/unit/*.c)
bench_sources := $(wildcard tests/bench/*.c)
fuzz_sources := $(wildcard tests/fuzz/*.c)
sources := $(wildcard synfin.c) $(rooms) $(wildcard tests/live/*.c tests/tools/*.c) $(unit_sources) \
	$(bench_sources)
formatted := $(sources) $(fuzz_sources) \
	$(wildcard $(addsuffix /*.h,analysis analysis/* capture inject labs tests/*))

variant := $(notdir $(firstword $(CC)))$(if $(filter 1,$(SAN)),-san)$(if $(FUZZ),-fuzz)
O := build/$(variant)
synfin := $(if $(filter gcc cc,$(variant)),synfin,$(O)/synfin)
lib := $(O)/libsynfin.a
actor := $(if $(wildcard tests/live/actor.c),$(O)/tests/live/actor)
unit := $(patsubst %.c,$(O)/%,$(wildcard tests/unit/test_*.c))
bench := $(bench_sources:%.c=$(O)/%)
fuzzers := $(patsubst %.c,$(O)/%,$(wildcard tests/fuzz/fuzz_*.c))
cli := $(wildcard tests/cli/*.bats tests/cli/test_*.sh $(if $(SAN),,tests/tools/*.bats))
live := $(wildcard tests/live/*.bats tests/live/test_*.sh)
manuals := $(notdir $(wildcard share/man/*.1 share/man/*.7))
scenarios := $(wildcard inject/scenarios/*.lua)
labs := $(wildcard labs/*.lua labs/misconceptions/*.md labs/exercises/*/* labs/exercises/*/*/* \
	labs/demos/*/* labs/claims/*)
labs := $(filter-out $(patsubst %/,%,$(wildcard labs/exercises/*/*/)),$(labs))
man = $(PREFIX)/share/man/man$${page\#\#*.}/$(1)
completion := $(PREFIX)/share/bash-completion/completions/synfin
schema := synfin-1.schema.json

# ---- who we are --------------------------------------------------------------------------------
# Behind sudo only packages, live tests, the demo and install need root: everything else is handed to
# a second make that runs as the user, so that what it writes is the user's. (A tree that is root's
# own is built by root.) The second make also sees packages which the first has only just installed.

ifneq ($(filter-out 0,$(SUDO_UID)),)
as_user := $(shell [ $$(id -u) = 0 ] && [ $$(stat -c %u .) != 0 ] && \
	echo setpriv --reuid=$(SUDO_UID) --regid=$(SUDO_GID) --init-groups --)
endif
jobs = $(if $(findstring -j,$(MAKEFLAGS)),,-j$(shell nproc))
remake = +$(Q)$(as_user) $(MAKE) --no-print-directory $(jobs)
tools := tests/tools
test_env = ROOT='$(CURDIR)' BUILD='$(CURDIR)/$(O)' SYNFIN='$(CURDIR)/$(synfin)' \
	ACTOR='$(CURDIR)/$(O)/tests/live/actor' CC='$(CC)' SAN='$(SAN)' AS_USER='$(as_user)'
run_tests = $(Q)$(test_env) $(tools)/run-tests.sh

as_root := demo check check-unit check-cli check-live check-witness soak bench install uninstall clean help \
	deps deps-test deps-lint
.PHONY: all test-programs fuzz fuzz-programs layers format format-check lint FORCE $(as_root)
.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SUFFIXES:

demo: deps ## watch a kernel connection close in four segments, then in three (needs root)
	$(remake) all
	$(Q)$(test_env) share/demo.sh

check: tests = $(unit) $(cli) -- $(live) ## all tests; as root none of them may be skipped
check-unit: tests = $(unit) ## the cmocka programs
check-cli: tests = $(cli) ## the command line and the tools
check-live: tests = -- $(live) ## real kernel sockets
check check-unit check-cli check-live: deps-test
	$(remake) test-programs
	$(run_tests) $(tests)

check-witness: deps-test ## the kernel's word against ours, a thousand connections; SEED=N (root)
	$(remake) all
	$(Q)$(test_env) SEED='$(SEED)' $(tools)/check-witness.sh

soak: deps-test ## the live tests SOAK=20 times over
	$(remake) test-programs
	$(Q)for i in $$(seq $(SOAK)); do $(test_env) $(tools)/run-tests.sh -- $(live) || exit; done

bench: deps ## the programs and scripts of tests/bench
	$(remake) test-programs
	$(Q)for b in $(wildcard tests/bench/*.sh); do $(as_user) env $(test_env) $$b || exit; done

deps: ; $(Q)CC='$(CC)' $(tools)/deps.sh build ## the packages that building needs
deps-test: ; $(Q)CC='$(CC)' $(tools)/deps.sh build test ## ... and the tests
deps-lint: ; $(Q)$(tools)/deps.sh build test lint ## ... and lint, format, fuzz

install: ## into DESTDIR and PREFIX=/usr/local
	$(remake) all
	$(Q)install -D -m 755 $(synfin) '$(DESTDIR)$(PREFIX)/bin/synfin'
	$(Q)for page in $(manuals); do \
		install -D -m 644 share/man/$$page "$(DESTDIR)$(call man,$$page)"; done
	$(Q)install -D -m 644 share/completions/synfin.bash '$(DESTDIR)$(completion)'
	$(Q)install -D -m 644 share/schema/$(schema) '$(DESTDIR)$(PREFIX)/share/synfin/$(schema)'

uninstall: ## the same, away
	$(Q)rm -f '$(DESTDIR)$(PREFIX)/bin/synfin' '$(DESTDIR)$(completion)'
	$(Q)for page in $(manuals); do rm -f "$(DESTDIR)$(call man,$$page)"; done
	$(Q)rm -rf '$(DESTDIR)$(PREFIX)/share/synfin'

clean: ## build/ and what was made at the top
	$(Q)rm -rf build synfin compile_commands.json

help:
	@sed -En 's/^([a-z_.-]+):[^#]*## (.*)/  make \1\t\2/p' Makefile | expand -t 26
	@echo; echo '  V=1 shows commands, SAN=1 adds ASan and UBSan, CC=clang, WERROR=1, DESTDIR=, PREFIX='

ifneq ($(as_user),)
others := $(filter-out $(as_root),$(or $(MAKECMDGOALS),all))
.NOTPARALLEL:
.PHONY: $(others)
$(others):
	$(remake) $@
else

# ---- flags -------------------------------------------------------------------------------------

pkg = $(shell pkg-config $(1) 2>/dev/null)
pcap_libs := $(or $(call pkg,--libs libpcap),$(shell pcap-config --libs 2>/dev/null))
lua_libs := $(call pkg,--libs lua5.4)
md_libs := $(if $(wildcard labs/*.c),-lmd)
net_libs := $(if $(wildcard inject/*.c),\
	$(or $(call pkg,--libs libnet),$(shell libnet-config --libs 2>/dev/null)))
cap_libs := $(if $(wildcard capture/rights.c),$(call pkg,--libs libcap-ng))

warnings := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wvla $(if $(filter 1,$(WERROR)),-Werror)
sanitize := $(if $(filter 1,$(SAN)),-fsanitize=address -fsanitize=undefined \
	-fno-sanitize-recover=all -fno-omit-frame-pointer)
house := -std=gnu17 -D_GNU_SOURCE -I. $(warnings) $(sanitize) \
	$(if $(FUZZ),-fsanitize=fuzzer-no-link) $(call pkg,--cflags libpcap) $(call pkg,--cflags lua5.4)
compile = $(CC) $(strip $(house) $(CPPFLAGS) $(CFLAGS))
link = $(CC) $(sanitize) $(CFLAGS) $(LDFLAGS) -o $@ $(filter %.o %.a,$^) -Wl,--as-needed
libs := $(pcap_libs) $(lua_libs) $(md_libs) $(net_libs) $(cap_libs) $(LDLIBS)

# ---- files -------------------------------------------------------------------------------------

all: $(synfin) $(actor) ## ./synfin (the default)
test-programs: all $(unit) $(bench)
fuzz-programs: $(fuzzers)

# Files that change only when what they hold does: other flags compile everything again, a source
# that came or went makes the library again, a scenario that did the table of them.
$(O)/flags: FORCE
	$(if $(pcap_libs),,$(error libpcap is not installed. Do this first: sudo make deps))
	$(if $(lua_libs),,$(error Lua 5.4 is not installed. Do this first: sudo make deps))
	@mkdir -p $(@D); echo '$(compile) $(libs)' | cmp -s - $@ || echo '$(compile) $(libs)' >$@
$(O)/list: FORCE
	@mkdir -p $(@D); echo '$(rooms)' | cmp -s - $@ || echo '$(rooms)' >$@
$(O)/scenarios-files $(O)/labs-files: $(O)/%-files: FORCE
	@mkdir -p $(@D); echo '$($*)' | cmp -s - $@ || echo '$($*)' >$@

$(O)/%.o: %.c $(O)/flags
	$(say) CC $<
	@mkdir -p $(@D)
	$(Q)$(compile) -MMD -MP -c -o $@ $<

embedded := $(O)/embedded/scenarios.c $(O)/embedded/labs.c
$(O)/embedded/scenarios.c: $(scenarios)
$(O)/embedded/labs.c: $(labs)
$(embedded): $(O)/embedded/%.c: $(O)/%-files $(tools)/embed.sh
	$(say) EMBED $*
	@mkdir -p $(@D)
	$(Q)$(tools)/embed.sh $* $($*) >$@

$(embedded:.c=.o): %.o: %.c $(O)/flags
	$(say) CC $<
	$(Q)$(compile) -MMD -MP -c -o $@ $<

$(lib): $(rooms:%.c=$(O)/%.o) $(embedded:.c=.o) $(O)/list
	$(say) AR $@
	$(Q)rm -f $@; $(or $(AR),ar) rcs $@ $(filter %.o,$^)

$(synfin): $(O)/synfin.o $(lib)
	$(say) LINK $@
	$(Q)$(link) $(libs)

$(O)/tests/live/actor: $(actor_sources:%.c=$(O)/%.o)
	$(say) LINK $@
	$(Q)$(link)

unit_help := $(patsubst %.c,$(O)/%.o,$(filter-out tests/unit/test_%,$(unit_sources)))
$(unit): $(O)/%: $(O)/%.o $(unit_help) $(lib)
	$(say) LINK $@
	$(Q)$(link) -lcmocka $(libs)

$(bench): $(O)/%: $(O)/%.o $(lib)
	$(say) LINK $@
	$(Q)$(link) $(libs)

$(fuzzers): $(O)/%: $(O)/%.o $(lib)
	$(say) LINK $@
	$(Q)$(link) -fsanitize=fuzzer $(libs)

-include $(patsubst %.c,$(O)/%.d,$(sources) $(fuzz_sources)) $(embedded:.c=.d)

# ---- care --------------------------------------------------------------------------------------

fuzz: deps-lint ## libFuzzer (clang), FUZZTIME=20 seconds for each of tests/fuzz
	$(remake) CC=clang SAN=1 FUZZ=1 fuzz-programs
	$(Q)$(tools)/fuzz.sh $(FUZZTIME) $(patsubst tests/fuzz/%.c,%,$(wildcard tests/fuzz/fuzz_*.c))

layers: $(rooms:%.c=$(O)/%.o) $(if $(wildcard synfin.c),$(O)/synfin.o) ## who may include what, sizes
	$(if $(SAN),$(error the sanitizers add symbols of their own: make layers without SAN))
	$(Q)$(tools)/layers.sh . $(O)

format: ; $(Q)clang-format -i $(formatted) ## clang-format on everything
format-check: ; $(Q)clang-format --dry-run -Werror $(formatted) ## says what is not formatted

lint: deps-lint ## clang-tidy and cppcheck
	$(Q)printf '%s\n' $(sources) $(fuzz_sources) | \
		xargs -P$$(nproc) -n1 sh -c 'clang-tidy --quiet "$$@" -- $(house) 2>/dev/null' clang-tidy
	$(Q)cppcheck --quiet -j2 --std=c11 -I. --enable=warning,performance,portability \
		--inline-suppr --error-exitcode=1 $(sources) $(fuzz_sources)

compile_commands.json: Makefile $(sources) $(fuzz_sources) ## for editors and clang tools
	$(Q)printf '{"directory":"$(CURDIR)","command":"$(compile) -c %s","file":"%s"}\n' \
		$(foreach f,$(sources) $(fuzz_sources),$(f) $(f)) | sed '1s/^/[/; $$!s/$$/,/; $$s/$$/]/' >$@

endif
