# The commands of every day. `make help` lists them.
PYTHON ?= python3
BIN := .venv/bin
NODE := $(shell command -v node 2>/dev/null)
FRONT := miniprogram
FRONT_SOURCES := $(shell find $(FRONT)/src $(FRONT)/index.html $(FRONT)/vite.config.ts $(FRONT)/package-lock.json -type f 2>/dev/null)
# Settings given on the command line (make run PORT=9000 DATA_DIR=...) reach the program as environment:
# make hands its own command-line variables on.

.DEFAULT_GOAL := help

.PHONY: help
help: ## List these commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

# --- what must be there ---------------------------------------------------------------------------

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	$(PYTHON) -m venv .venv

.venv/.runtime: requirements.lock | .venv/bin/python
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

.venv/.dev: requirements-dev.lock .venv/.runtime
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

ifdef NODE
$(FRONT)/node_modules/.installed: $(FRONT)/package-lock.json
	cd $(FRONT) && CI=1 npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(FRONT)/dist/h5/index.html: $(FRONT)/node_modules/.installed $(FRONT_SOURCES)
	cd $(FRONT) && CI=1 npm run build:h5
	@touch $@

FRONT_INSTALLED := $(FRONT)/node_modules/.installed
FRONT_BUILT := $(FRONT)/dist/h5/index.html
else
FRONT_INSTALLED :=
FRONT_BUILT := no-node
endif

.PHONY: no-node
no-node:
	@echo "Node.js was not found: the residents' page at / is missing; everything else runs."

# --- every day ------------------------------------------------------------------------------------

.PHONY: setup
setup: .venv/.runtime $(FRONT_INSTALLED) ## Install what the service needs, and the front end's packages

.PHONY: run
run: .venv/.runtime $(FRONT_BUILT) ## Set everything up and serve the sample county
	@exec $(BIN)/python -m backend run

.PHONY: dev
dev: .venv/.dev $(FRONT_BUILT) ## The same, started anew when a source file changes
	@exec $(BIN)/python -m backend run --reload

.PHONY: test
test: .venv/.dev $(FRONT_BUILT) front-test ## Run every test (T=cases only those of tests/cases)
	$(BIN)/python -m pytest $(if $(T),tests/$(T))

.PHONY: front-test
front-test: $(FRONT_BUILT)
ifdef NODE
ifndef T
	cd $(FRONT) && CI=1 npm run -s test && npm run -s check:vue && npm run -s types:check
	cd $(FRONT) && CI=1 npm run -s build:weixin && npm run -s check:weixin
endif
endif

.PHONY: check
check: .venv/.dev ## What the gate runs besides the tests: lint, types, directions
	$(BIN)/ruff check backend tests
	$(BIN)/ruff format --check backend tests
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m backend docs --check

.PHONY: bench
bench: .venv/.dev ## Measure speed, start and memory against what this machine can do (three minutes)
	$(BIN)/python -m tests.bench.assistant
	$(BIN)/python -m tests.bench.bench

.PHONY: docs
docs: .venv/.dev ## Write the generated pages of docs/ anew
	$(BIN)/python -m backend docs

.PHONY: lock
lock: .venv/.dev ## Resolve the pinned versions anew (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q \
	  pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q \
	  --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock
