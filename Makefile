# The project's commands. `make help` lists them; everything they need is installed into .venv.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules --no-print-directory

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LEVELS := $(VENV)/.levels
WORKERS ?= 2
CODE := leadgate schema resolvers services db domain bench tests

# Hashes, and no addresses: where packages come from is the machine's business. For every platform, and 3.11 or newer.
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --custom-compile-command 'make lock' $(if $(UPGRADE),--upgrade)

DEMO := .demo
DEMO_URL := sqlite+aiosqlite:///$(DEMO)/leadgate.sqlite3

# What `make figures` measures; each run is kept in $(RUNS), so that one that was interrupted goes on where it was.
RUNS := .measured
DATA ?=
SIZES := 20000 200000 1000000
SPEED_SIZES := 100000 1000000 3000000
MEASURED := $(RUNS)/quality-sets.json $(SIZES:%=$(RUNS)/quality-crm-%.json) \
	$(foreach engine,sqlite postgresql,$(SPEED_SIZES:%=$(RUNS)/speed-$(engine)-%.json))

PEERS_OF_GRAPHQL := bench/graphql/peers
PAGE_ACCOUNTS ?= 20000

GRAPHIQL := web/graphiql
AUDITS := web/audits
GRAPHIQL_BUILT := leadgate/static/graphiql/index.html
CLIENTS := web/clients
GRAPHIQL_SOURCES := $(shell find $(GRAPHIQL) -path $(GRAPHIQL)/node_modules -prune -o -type f -print 2>/dev/null)

.PHONY: help
help: ## List the commands
	@awk 'BEGIN { FS = ":.*## " } \
		/^##@ / { printf "\n%s\n", substr($$0, 5) } \
		/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

##@ The two that matter

.PHONY: demo
demo: $(LEVELS)/demo graphiql $(DEMO)/.built ## Serve a believable tenant, with GraphiQL (the data are built once)
	$(BIN)/leadgate db upgrade --database $(DEMO_URL)
	$(BIN)/leadgate serve --demo --database $(DEMO_URL)

.PHONY: test
test: lint types imports schema-check unit ## Everything that has to hold before a change goes in (a quarter of an hour on two cores)

##@ Proofs

.PHONY: test-long
test-long: peers graphiql clients ## The long proofs: real data, many users, killed processes, the bench's peers
	$(BIN)/python -m pytest -m long -n $(WORKERS) --hypothesis-profile=long

##@ The small steps

.PHONY: env
env: $(LEVELS)/dev ## Install .venv from the lock files

.PHONY: peers
peers: env $(LEVELS)/peers ## Install what the bench measures beside Leadgate as well (Splink, pg_trgm)

.PHONY: lint
lint: env ## Check style and formatting
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)

.PHONY: types
types: env ## Check types
	$(BIN)/mypy

.PHONY: imports
imports: env ## Check who imports whom
	$(BIN)/lint-imports

.PHONY: unit
unit: env graphiql clients audits ## Run the tests (one: make unit ARGS="tests/test_house.py -k lock")
	$(BIN)/python -m pytest -n $(WORKERS) $(ARGS)

.PHONY: schema
schema: env ## Write schema.graphql from the code
	$(BIN)/leadgate schema export > schema.graphql

.PHONY: schema-check
schema-check: env ## Check that schema.graphql is what the code serves
	@$(BIN)/leadgate schema export | diff -u schema.graphql - \
		|| { echo 'schema.graphql is not what the code serves: run `make schema` and look at the difference' >&2; exit 1; }

.PHONY: release-schema
release-schema: ## Part of a release: its schema is what later ones must not break
	cp schema.graphql released/schema.graphql
	echo '{}' > released/breaking.json

.PHONY: graphiql
graphiql: $(GRAPHIQL_BUILT) ## Build GraphiQL into leadgate/static

.PHONY: clients
clients: $(CLIENTS)/node_modules/.installed ## Install the clients of other people that tests run
.PHONY: audits
audits: $(AUDITS)/node_modules/.installed ## Install the audits of GraphQL over HTTP, which a test runs

.PHONY: format
format: env ## Format the code and mend what ruff can mend
	$(BIN)/ruff format $(CODE)
	$(BIN)/ruff check --fix $(CODE)

##@ Measurements

.PHONY: figures
figures: $(MEASURED) ## Measure everything, and write tables and plots into docs/matching.md (hours; DATA=... has more sets)
	$(BIN)/python -m bench.figures $(addprefix --quality ,$(filter $(RUNS)/quality-%,$(MEASURED))) \
		$(addprefix --speed ,$(filter $(RUNS)/speed-%,$(MEASURED)))

.PHONY: bench-graphql
bench-graphql: env $(PEERS_OF_GRAPHQL)/node_modules/.installed ## Measure operations beside Strawberry, Apollo and Yoga into docs/performance.md (10 minutes)
	@mkdir -p $(RUNS)
	$(BIN)/python -m bench.graphql --accounts $(PAGE_ACCOUNTS) --keep $(RUNS)/graphql --json $(RUNS)/graphql.json \
		--page docs/performance.md

.PHONY: bench-live
bench-live: env ## Measure how soon subscribers hear of a commit into docs/performance.md (a minute)
	$(BIN)/python -m bench.live --page docs/performance.md

.PHONY: clean-figures
clean-figures: ## Forget what was measured, so that the next `make figures` measures anew (the page stays)
	rm -rf $(RUNS)

##@ Upkeep

.PHONY: lock
lock: env ## Pin what pyproject.toml asks for; newer versions with UPGRADE=1
	$(LOCK) --group bootstrap --output-file requirements/bootstrap.txt
	$(LOCK) pyproject.toml --output-file requirements/runtime.txt
	$(LOCK) pyproject.toml $(addprefix --group ,graphiql build) --constraint requirements/runtime.txt \
		--output-file requirements/demo.txt
	$(LOCK) pyproject.toml $(addprefix --group ,graphiql build test lint) --constraint requirements/demo.txt \
		--output-file requirements/dev.txt
	$(LOCK) --group peers --constraint requirements/dev.txt --output-file requirements/peers.txt

.PHONY: wheel
wheel: env graphiql ## Build the package into dist/
	$(BIN)/uv build --quiet --wheel --no-build-isolation --python $(BIN)/python

.PHONY: clean-demo
clean-demo: ## Forget the demo's data, so that the next `make demo` builds them anew
	rm -rf $(DEMO)

.PHONY: clean
clean: clean-demo ## Remove everything that was built, the environment too
	rm -rf $(VENV) build dist leadgate/static $(addsuffix /node_modules,$(GRAPHIQL) $(CLIENTS) $(AUDITS))
	rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# ------------------------------------------------------------------------------------------------ what is installed

# Three levels, each with its lock: what the demo needs, what tests and linters need besides, and the bench's peers. One
# that is installed stays when another comes; anything else that was in .venv goes. pip only brings uv, by its hash; uv
# brings the rest, by theirs.
$(addprefix $(LEVELS)/,demo dev peers): $(LEVELS)/%: requirements/%.txt requirements/bootstrap.txt pyproject.toml | $(BIN)/python
	@mkdir -p $(LEVELS)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bootstrap.txt
	$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements/bootstrap.txt \
		$$(printf 'requirements/%s.txt\n' $* $$(ls $(LEVELS)) | sort -u)
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@ $(if $(filter dev,$*),$(LEVELS)/demo)

$(BIN)/python:
	@command -v $(PYTHON) > /dev/null \
		|| { echo 'Python 3.11 or newer is needed; `$(PYTHON)` was not found (make PYTHON=... names another)' >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed; \`$(PYTHON)\` is $$($(PYTHON) -V) (make PYTHON=... names another)" >&2; exit 1; }
	@if $(PYTHON) -c 'import ensurepip, venv' 2> /dev/null; then $(PYTHON) -m venv $(VENV); \
	elif command -v uv > /dev/null; then \
		echo 'This Python comes without ensurepip; making .venv with uv instead'; \
		uv venv --quiet --seed --python "$$(command -v $(PYTHON))" $(VENV); \
	elif $(PYTHON) -c 'import virtualenv' 2> /dev/null; then \
		echo 'This Python comes without ensurepip; making .venv with virtualenv instead'; \
		$(PYTHON) -m virtualenv --quiet $(VENV); \
	else \
		echo 'This Python cannot make environments: it lacks ensurepip.' >&2; \
		echo 'On Debian and Ubuntu: apt-get install python3-venv. Elsewhere: install uv or virtualenv.' >&2; exit 1; \
	fi

# The machine's Node builds GraphiQL and runs the audits if it is new enough (20.19+ or 22.12+), else the one in .venv does.
NEW_NODE := node -e 'const [a, b] = process.versions.node.split(".").map(Number); \
	process.exit(a > 22 || (a == 22 && b >= 12) || (a == 20 && b >= 19) ? 0 : 1)'
WITH_NODE = if ! { command -v npm && $(NEW_NODE); } > /dev/null 2>&1; then export PATH="$(CURDIR)/$(BIN):$$PATH"; fi; cd

web/%/node_modules/.installed: web/%/package.json web/%/package-lock.json | $(LEVELS)/demo
	@$(WITH_NODE) web/$*; npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(PEERS_OF_GRAPHQL)/node_modules/.installed: $(PEERS_OF_GRAPHQL)/package.json $(PEERS_OF_GRAPHQL)/package-lock.json | $(LEVELS)/demo
	@$(WITH_NODE) $(PEERS_OF_GRAPHQL); npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(GRAPHIQL_BUILT): $(GRAPHIQL_SOURCES) $(GRAPHIQL)/node_modules/.installed
	@$(WITH_NODE) $(GRAPHIQL); npm run --silent build
	@touch $@

# Automatic choices and near misses are told of a million accounts, and need many leads; the peers take a second and more
# for each there, so they are asked a few.
LEADS_20000 := --leads 2000 --peer-queries 500
LEADS_200000 := --leads 5000 --peer-queries 200
LEADS_1000000 := --leads 40000 --peer-queries 60

$(MEASURED): | $(LEVELS)/dev $(LEVELS)/peers $(RUNS)

$(RUNS):
	@mkdir -p $@

$(RUNS)/quality-sets.json:
	$(BIN)/python -m bench.quality $(if $(DATA),--data $(DATA) --sets $(ALL_SETS),--sets $(FEBRL_SETS)) --peers --json $@

FEBRL_SETS := febrl1,febrl2,febrl3,febrl4
ALL_SETS := $(FEBRL_SETS),fodors_zagats,historical,name_bench

$(RUNS)/quality-crm-%.json:
	$(BIN)/python -m bench.quality --sets crm --accounts $* $(LEADS_$*) --peers --json $@

# pg_trgm takes more than a second for a lead at a million accounts, and longer beyond.
$(RUNS)/speed-sqlite-%.json:
	$(BIN)/python -m bench.speed --engine sqlite --accounts $* $(if $(filter-out 3000000,$*),--peers) --json $@

$(RUNS)/speed-postgresql-%.json:
	$(BIN)/python -m bench.speed --engine postgresql --accounts $* $(if $(filter-out 3000000,$*),--peers) --json $@

$(DEMO)/.built: | $(LEVELS)/demo
	@rm -rf $(DEMO) && mkdir -p $(DEMO)
	$(BIN)/leadgate db upgrade --database $(DEMO_URL)
	$(BIN)/python -m bench.demo
	@touch $@
