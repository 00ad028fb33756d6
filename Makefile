# The only commands: run, test, lint, format, bench, faults, e2e, client, lock, wheel, clean.
.DEFAULT_GOAL := run
SHELL := /bin/sh
PYTHON ?= python3
SIZE ?= 100000

BIN := .venv/bin
WITH_NODE := PATH="$(CURDIR)/$(BIN):$$PATH"
SIDE_BY_SIDE := -n 2 --dist loadgroup
NPM := cd web && $(WITH_NODE) npm
WEB_FILES := $(shell find web -type f \
	-not -path '*/node_modules/*' -not -path 'web/dist/*' -not -path 'web/tools/openapi/*' 2>/dev/null)

# Rewritten tests and compiled modules are kept for the next process, whatever the shell says.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: run install web test test-server test-postgres test-web lint format bench faults e2e client lock \
	wheel system clean

run: install web
	@exec $(BIN)/zhike serve

install: $(BIN)/installed

$(BIN)/locked: requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "需要 Python 3.11 或更新")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

$(BIN)/installed: $(BIN)/locked pyproject.toml hatch_build.py
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

web: web/dist/index.html

web/node_modules/.package-lock.json: web/package.json web/package-lock.json $(BIN)/locked
	@$(NPM) ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

web/dist/index.html: web/node_modules/.package-lock.json $(WEB_FILES)
	@$(NPM) run --silent build
	@touch $@

test: system install web test-web test-server test-postgres e2e

test-server: install
	$(BIN)/pytest $(SIDE_BY_SIDE) --ignore=server/tests/journeys

test-postgres: install system
	ZHIKE_TEST_DATABASE=postgres $(BIN)/pytest $(SIDE_BY_SIDE) --ignore=server/tests/journeys

test-web: web/node_modules/.package-lock.json
	$(NPM) test --silent

e2e: system install web
	$(BIN)/pytest $(SIDE_BY_SIDE) server/tests/journeys

system:
	@sh tools/system.sh

lint: install web/node_modules/.package-lock.json
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache
	$(BIN)/mypy
	ZHIKE_DATA=.venv/lint $(BIN)/zhike django makemigrations --check --dry-run
	$(NPM) run --silent lint
	$(NPM) run --silent typecheck
	$(NPM) run --silent boundaries
	$(NPM) run --silent i18n:check
	$(BIN)/python tools/client_is_current.py

format: install web/node_modules/.package-lock.json
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(NPM) run --silent format

bench: install
	$(BIN)/python -m bench --size $(SIZE)

faults: install system
	$(BIN)/python tools/faults.py

wheel: install
	$(BIN)/python -m build --wheel --no-isolation --outdir dist

client: install web/node_modules/.package-lock.json
	$(BIN)/python tools/client_is_current.py --write

lock: install
	CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/python tools/lock.py

clean:
	rm -rf .venv web/node_modules web/dist dist build
