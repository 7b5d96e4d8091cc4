# Everything starts from here; every target sets up what it needs.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help setup run samples test check lint types contracts golden format schemas record bench lock clean

# What the recorded readings reach against the golden fixtures: F1 of items 0.983, of values 0.997, and
# one critical error. A change may not lower it.
GOLDEN_FLOORS := --min-f1 0.98 --min-leaf-f1 0.996 --max-critical 1
# What rules alone reach on the same articles: F1 of items 0.982 and no critical error.
EMBEDDED_FLOORS := --min-f1 0.97 --max-critical 0

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

setup: $(STAMP) ## make .venv from the lock

$(STAMP): requirements-dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Readout needs Python 3.11 or newer; set PYTHON=/path/to/python3.11" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

run: setup ## serve over HTTP on this machine, until Ctrl-C
	@$(BIN)/readout serve --host 127.0.0.1

samples: setup ## read the five sample articles from the recorded replies
	@$(BIN)/python -m tests.standin --run $(CURDIR)/$(BIN)/readout summarize $(CURDIR)/seeds/*.txt

test: setup ## run all tests
	$(BIN)/python -m pytest

check: lint types contracts test golden ## lint, types, import contracts, tests, golden gate

lint: setup ## ruff: rules and form
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup ## mypy, strict
	$(BIN)/mypy

contracts: setup ## who may import whom
	$(BIN)/lint-imports

golden: setup ## hold the recorded readings, and what rules find, against the golden fixtures
	@$(BIN)/readout golden check $(CURDIR)/tests/golden
	@$(BIN)/python -m tests.standin --run $(CURDIR)/$(BIN)/readout compare --read \
		$(CURDIR)/seeds $(CURDIR)/tests/golden $(GOLDEN_FLOORS)
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && \
		READOUT_READER=embedded READOUT_DATABASE_URL="sqlite:///$$folder/readout.db" \
		$(BIN)/readout compare --read seeds tests/golden $(EMBEDDED_FLOORS)

format: setup ## put the code into form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

schemas: setup ## write schemas/json again
	$(BIN)/python -m schemas.export

record: setup ## take in new replies, write out the requests that lack one
	$(BIN)/python -m tests.recorded.record

bench: setup ## measure, side by side in one run
	$(BIN)/python -m tests.bench

lock: setup ## resolve the pins of pyproject.toml again, with hashes
	PIP_CONFIG_FILE=/dev/null PIP_FIND_LINKS= $(BIN)/pip-compile $(LOCK_FLAGS) --extra scale --extra tables -o requirements.txt pyproject.toml
	PIP_CONFIG_FILE=/dev/null PIP_FIND_LINKS= $(BIN)/pip-compile $(LOCK_FLAGS) --extra dev --extra scale --extra tables -c requirements.txt -o requirements-dev.txt pyproject.toml

LOCK_FLAGS := --quiet --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-find-links

clean: ## remove what setup and the tools made
	rm -rf $(VENV) .venv-rivals .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache *.egg-info build
