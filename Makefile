# bunsho - Japanese official paperwork from XML.
#
#   make            the program at build/bunsho
#   make samples    every sample paper and the guide into out/, held against
#                   samples/EXPECT; make pictures: those of README.md
#   make check      all tests (T=name for one); last line "N passed, M failed"
#   make asan       units, cases and samples under ASan and UBSan
#   make fuzz       each parser for FUZZ_SECONDS (60) by libFuzzer (clang)
#   make install    PREFIX (/usr/local), DESTDIR
#   make faults     what the system can refuse, at every place
#   make bench bench-batch kill-test slurm-test
#   make lint format golden clean deps

BUILD ?= build
PREFIX ?= /usr/local
DESTDIR ?=
SHARE = $(PREFIX)/share/bunsho
CC ?= cc
OPT ?= -O2 -g
WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion \
 -Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings -Wvla -Wundef \
 -Wformat=2
PKGS = libxml-2.0 libxslt libexslt libcmark-gfm icu-uc icu-i18n harfbuzz \
 harfbuzz-subset libdeflate libpng libjpeg sqlite3 libqrencode libcrypto \
 jansson libzip

# What a bare Debian 12 needs to build, run and test.
BUILD_PACKAGES = gcc libc6-dev make pkg-config libxml2-dev libxslt1-dev \
 libcmark-gfm-dev libcmark-gfm-extensions-dev libicu-dev libharfbuzz-dev \
 libhpdf-dev libdeflate-dev libpng-dev libjpeg-dev libsqlite3-dev \
 libqrencode-dev libssl-dev libhyphen-dev libjansson-dev \
 libzip-dev
FONT_PACKAGES = fonts-ipaexfont-mincho fonts-ipaexfont-gothic \
 fonts-ipamj-mincho fonts-morisawa-bizud-mincho fonts-morisawa-bizud-gothic \
 fonts-urw-base35 hyphen-en-us
TEST_PACKAGES = libcmocka-dev qpdf poppler-utils mupdf-tools jing \
 libxml2-utils python3 python3-lxml docbook-xsl xsltproc faketime btrfs-progs \
 e2fsprogs
STAMP = $(BUILD)/.deps

# Everything below needs the tools of deps, so that a first make installs them.
PKG_CFLAGS = $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
PKG_LIBS = $(shell pkg-config --libs $(PKGS) 2>/dev/null) \
 -lcmark-gfm-extensions -lhpdf -lhyphen -lm
CPPFLAGS += -Isrc -I. -D_POSIX_C_SOURCE=200809L -D_XOPEN_SOURCE=700 -D_DEFAULT_SOURCE -DBN_PREFIX_SHARE='"$(SHARE)"'
CFLAGS += -std=c11 $(OPT) $(WARN) $(PKG_CFLAGS)

# Folders in the order of the data; FOLDERS="base source" builds a part.
FOLDERS ?= base source transform content compare register font text image fo \
 layout pdf pipeline batch cli
SOURCES := $(foreach f,$(FOLDERS),$(sort $(wildcard src/$(f)/*.c)))
OBJECTS := $(SOURCES:%.c=$(BUILD)/%.o)
LIBRARY := $(BUILD)/libbunsho.a
LIBOBJS := $(filter-out $(BUILD)/src/cli/main.o,$(OBJECTS))
T ?= *
TESTS := $(patsubst tests/%.c,%,$(sort $(wildcard tests/test_$(T).c)))

.PHONY: all faults deps pictures samples check unit asan install fuzz bench bench-batch format lint golden clean
all: $(BUILD)/bunsho

deps: $(STAMP)
$(STAMP):
	@mkdir -p $(BUILD)
	@missing=; for p in $(BUILD_PACKAGES) $(FONT_PACKAGES) $(TEST_PACKAGES); do \
	  dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q ' installed' || \
	  missing="$$missing $$p"; done; \
	if [ -n "$$missing" ]; then \
	  sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	  echo "installing:$$missing"; \
	  $$sudo apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq \
	    --no-install-recommends $$missing >/dev/null || exit 1; fi
	@touch $@

$(BUILD)/%.o: %.c | $(STAMP)
	@mkdir -p $(@D)
	@echo "  CC $<"
	@$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<
-include $(OBJECTS:.o=.d)

$(LIBRARY): $(LIBOBJS)
	@echo "  AR $@"
	@rm -f $@
	@ar rcs $@ $(LIBOBJS)

$(BUILD)/bunsho: $(BUILD)/src/cli/main.o $(LIBRARY)
	@echo "  LD $@"
	@$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(PKG_LIBS)

$(BUILD)/tests/%: tests/%.c $(LIBRARY)
	@mkdir -p $(@D)
	@echo "  LD $@"
	@$(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -MMD -MP -o $@ $< $(LIBRARY) \
	  $(PKG_LIBS) -lcmocka
-include $(TESTS:%=$(BUILD)/tests/%.d)

# Fuzz targets linked with a reader of their corpus: part of the tests.
FUZZ := $(patsubst fuzz/%.c,%,$(sort $(wildcard fuzz/fuzz_*.c)))
$(BUILD)/fuzz/fuzz_%: fuzz/fuzz_%.c fuzz/fuzz.c fuzz/replay.c fuzz/fuzz.h $(LIBRARY)
	@mkdir -p $(@D)
	@echo "  LD $@"
	@$(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $(filter %.c,$^) $(LIBRARY) \
	  $(PKG_LIBS)

# Unit tests one by one; each prints its own results.
unit: $(TESTS:%=$(BUILD)/tests/%)
	@for t in $(TESTS); do $(BUILD)/tests/$$t || exit 1; done

check: $(BUILD)/bunsho $(TESTS:%=$(BUILD)/tests/%) $(FUZZ:%=$(BUILD)/fuzz/%)
	@T='$(filter-out *,$(T))' tests/check.sh $(BUILD)

# Under the sanitizers, leaks included: the unit tests, the cases, every sample
# once. What reads papers back with other programs runs in the plain build.
asan:
	$(MAKE) BUILD=build-asan OPT='-O1 -g -fno-omit-frame-pointer \
	  -fsanitize=address,undefined -fno-sanitize-recover=undefined' \
	  LDFLAGS='-fsanitize=address,undefined' all \
	  $(TESTS:%=build-asan/tests/%) $(FUZZ:%=build-asan/fuzz/%)
	@NO_SUITES=1 ASAN_OPTIONS=detect_leaks=1:abort_on_error=0 \
	  UBSAN_OPTIONS=print_stacktrace=1 T='$(filter-out *,$(T))' \
	  tests/check.sh build-asan

# Mutation by libFuzzer with ASan and UBSan; what it finds it leaves in
# build-fuzz/, and what was mended belongs into fuzz/corpus.
FUZZ_SECONDS ?= 60
FUZZ_CLANG ?= clang
fuzz:
	$(MAKE) BUILD=build-fuzz CC=$(FUZZ_CLANG) OPT='-O1 -g -fno-omit-frame-pointer \
	  -fsanitize=fuzzer-no-link,address,undefined' build-fuzz/libbunsho.a
	@FUZZ_SECONDS=$(FUZZ_SECONDS) CC='$(FUZZ_CLANG) $(CPPFLAGS) $(PKG_CFLAGS)' \
	  LIBS='$(PKG_LIBS)' fuzz/run.sh build-fuzz $(FUZZ)

samples: $(BUILD)/bunsho
	@samples/build.sh $(BUILD)/bunsho out
	@$(BUILD)/bunsho format samples/specimen.fo -o out/specimen.pdf
	@$(BUILD)/bunsho format templates/guide/guide.md -o out/guide.pdf

# The pictures of README.md, from the samples.
pictures: samples
	@samples/pictures.sh $(BUILD)/bunsho out

golden:
	tests/run_cases.py $(BUILD)/bunsho $(NAME) --write

bench: $(BUILD)/bunsho
	@bench/run.sh $(BUILD)/bunsho

# CASES, SEED, JOBS, ONLY: see bench/batch.sh
bench-batch: $(BUILD)/bunsho
	@bench/batch.sh $(BUILD)/bunsho

# A batch that issues is killed so often, at random moments.
KILLS ?= 200
kill-test: $(BUILD)/bunsho
	@tests/kill_batch.py $(BUILD)/bunsho $(BUILD) $(KILLS)

# Every call to the system and every request for memory fails once: the whole
# of what check_faults.py does in part.
faults: $(BUILD)/bunsho
	@FAULTS=all tests/check_faults.py $(BUILD)/bunsho $(BUILD)

# Shards on two Slurm nodes of this machine; installs Slurm.
SLURM_PACKAGES = slurmctld slurmd slurm-client munge
slurm-test: $(BUILD)/bunsho
	@for p in $(SLURM_PACKAGES); do \
	  dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q ' installed' || \
	  missing="$${missing:-} $$p"; done; \
	if [ -n "$${missing:-}" ]; then \
	  sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	  $$sudo apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq \
	    --no-install-recommends $$missing >/dev/null || exit 1; fi
	@SLURM_TEST=1 tests/check_slurm.py $(BUILD)/bunsho $(BUILD)

format:
	clang-format -i src/*/*.[ch] tests/*.[ch]

# Which folder may include what, no warning anywhere, no name twice.
lint:
	@tests/lint.py
	$(MAKE) BUILD=build/lint OPT='-O1 -Werror' build/lint/libbunsho.a
	@twice=$$(nm -g --defined-only build/lint/libbunsho.a | \
	  awk '$$2 == "T" { print $$3 }' | sort | uniq -d); \
	[ -z "$$twice" ] || { echo "two functions of one name: $$twice"; exit 1; }

install: $(BUILD)/bunsho
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(SHARE) \
	  $(DESTDIR)$(PREFIX)/share/man/man1
	install -m 755 $(BUILD)/bunsho $(DESTDIR)$(PREFIX)/bin/bunsho
	install -m 644 man/bunsho.1 $(DESTDIR)$(PREFIX)/share/man/man1/
	for d in schemas criteria stylesheets templates fonts slurm kubernetes; do \
	  cp -R $$d $(DESTDIR)$(SHARE)/ || exit 1; done

clean:
	rm -rf build build-asan build-fuzz out
