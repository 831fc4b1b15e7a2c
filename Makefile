# Two commands do everything on a fresh machine: `make run` and `make test`. The other targets are their parts.
# Needs python3 (3.11 or newer, with venv), node (20.19 or newer), npm and make; all else is installed into this folder.
.DEFAULT_GOAL := run
.DELETE_ON_ERROR:
.PHONY: run test check check-python check-pages check-scripts build unit server content promises journeys \
	bench bench-push shots lint clean python node FORCE

PYTHON ?= python3
PY := .venv/bin/python
PIP := .venv/bin/pip install --quiet --disable-pip-version-check --require-hashes

# A stamp is written when its step has ended well, so an interrupted step is done again and a finished one is not.
RUNTIME := .venv/.runtime
DEV := .venv/.dev
PACKAGES := node_modules/.installed
BUILD := build/build.json

run: $(RUNTIME) $(BUILD)
	@exec $(PY) -m server run

test: check unit server content promises journeys

# --- What has to be there -------------------------------------------------------------------------------------------

python:
	@$(PYTHON) -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Nightjar needs Python 3.11 or newer with venv; '$(PYTHON)' is not that." \
			"Install it, or name another one: make run PYTHON=python3.12" >&2; exit 1; }

node:
	@node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)' \
		2>/dev/null && command -v npm >/dev/null || { \
		echo "Nightjar needs Node.js 20.19 or newer with npm; none was found on this machine's PATH." >&2; exit 1; }

$(RUNTIME): requirements.lock | python
	@echo "Installing what the server needs (once) ..."
	@$(PY) -c '' 2>/dev/null || $(PYTHON) -m venv --clear .venv
	@$(PIP) -r requirements.lock
	@touch $@

$(DEV): requirements-dev.lock $(RUNTIME)
	@echo "Installing what the tests need (once) ..."
	@$(PIP) -r requirements-dev.lock
	@touch $@

# No package may run code of its own while it is being installed.
$(PACKAGES): package.json package-lock.json | node
	@echo "Installing what the build needs (once) ..."
	@npm ci --ignore-scripts --silent --no-audit --no-fund
	@touch $@

# Folders are listed too: one changes when a file in it is deleted.
$(BUILD): $(shell find pwa ! -name '.*') $(PACKAGES) .cache/own-covers
	@echo "Building the app ..."
	@node pwa/build.mjs $(if $(NIGHTJAR_OWN_COVERS),--covers "$(NIGHTJAR_OWN_COVERS)")

# A host's own covers may change at any time, so with them the build, a matter of a second, is always made.
.cache/own-covers: FORCE
	@mkdir -p .cache
	@{ [ -z "$(NIGHTJAR_OWN_COVERS)" ] && [ -f $@ ] && [ ! -s $@ ]; } || printf '%s' "$(NIGHTJAR_OWN_COVERS)" > $@

build: $(BUILD)

# --- Checks: they read, never write, and take seconds ---------------------------------------------------------------

check: check-python check-pages check-scripts

check-python: $(DEV)
	@echo "Checking Python ..."
	@.venv/bin/ruff format --check --quiet .
	@.venv/bin/ruff check --quiet .
	@$(PY) -m mypy --no-error-summary
	@.venv/bin/lint-imports --no-logo --cache-dir .cache/import_linter > .cache/layers.txt || \
		{ cat .cache/layers.txt; exit 1; }

check-pages: $(DEV)
	@echo "Checking templates ..."
	@.venv/bin/djlint --lint --quiet pwa

check-scripts: $(PACKAGES)
	@echo "Checking scripts and styles ..."
	@node_modules/.bin/tsc --build
	@node_modules/.bin/eslint --cache --cache-location .cache/eslint --max-warnings 0 .
	@node_modules/.bin/prettier --check --log-level warn --cache --cache-location .cache/prettier .
	@node_modules/.bin/knip

# Everything that can be put right by a machine.
lint: $(DEV) $(PACKAGES)
	@.venv/bin/ruff check --fix --quiet . || true
	@.venv/bin/ruff format --quiet .
	@node_modules/.bin/eslint --fix . || true
	@node_modules/.bin/prettier --write --log-level warn .

# --- Tests ----------------------------------------------------------------------------------------------------------

unit: $(PACKAGES)
	@echo "Testing scripts ..."
	@node_modules/.bin/vitest run --reporter=minimal

# Two files of tests at a time: each mostly waits, for a browser or a database. 0 runs one after the other, in one process.
FILES_AT_ONCE ?= 2
SIDE_BY_SIDE := --numprocesses $(FILES_AT_ONCE) --dist loadfile

server: $(DEV) $(BUILD)
	@echo "Testing the server ..."
	@$(PY) -m pytest tests/server $(SIDE_BY_SIDE)

content: $(DEV) $(BUILD)
	@echo "Testing the content ..."
	@$(PY) -m pytest tests/content

promises: $(DEV) $(BUILD)
	@echo "Testing the promises ..."
	@$(PY) -m pytest tests/promises $(SIDE_BY_SIDE)

# Real browsers; one that is not on this machine is skipped, unless NIGHTJAR_REQUIRE_BROWSERS names it.
journeys: $(DEV) $(BUILD)
	@echo "Testing in browsers ..."
	@$(PY) -m pytest tests/journeys $(SIDE_BY_SIDE)

# --- Pictures and figures -------------------------------------------------------------------------------------------

shots: $(DEV) $(BUILD)
	@$(PY) -m tests.journeys.shots

bench: $(DEV) $(BUILD)
	@for figure in $(filter-out __init__,$(basename $(notdir $(wildcard bench/*.py)))); do \
		$(PY) -m bench.$$figure || exit 1; done

# What a push costs this machine, beside other senders.
bench-push: $(DEV)
	@$(PY) -m bench.push

# The data folder stays: it holds the host's keys and database.
clean:
	@rm -rf .venv node_modules build build.fresh .cache .coverage coverage
	@find server tests bench -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
