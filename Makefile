# Two commands matter: `make generate` (set up, run the main job) and `make test` (set up, run the tests).
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PRISM := build/prism/node_modules/.bin/prism

.DEFAULT_GOAL := help
.PHONY: help setup generate check demo test test-slow lint contract corpus bench clean

help: ## Say what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(READY) ## Create the virtual environment

$(READY): pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "vcgen needs Python 3.11 or later; say make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@

generate: $(READY) ## Write the clients under generated/
	$(BIN)/vcgen generate

check: $(READY) ## Fail where generated/ is not what generate would write
	$(BIN)/vcgen check

demo: generate ## Watch a customization through the generated client
	$(BIN)/python tests/standin/demo.py

test: $(READY) ## Run the quick tests
	$(BIN)/python -m pytest

test-slow: $(READY) ## Run the slow tests: packaging, pre-commit, whole documents
	$(BIN)/python -m pytest -m 'slow and not exhaustive and not contract'

lint: $(READY) ## Check style and types of the generator and of what it generated
	$(BIN)/ruff check generator tests
	$(BIN)/black --check --quiet generator tests
	$(BIN)/ruff check --isolated --quiet generated
	$(BIN)/ruff format --isolated --check --quiet generated
	$(BIN)/black --check --quiet --config /dev/null generated
	$(BIN)/mypy
	$(BIN)/pyright

contract: $(READY) $(PRISM) ## Test the generated client against Prism, a mock server made by others
	VCGEN_PRISM=$(PRISM) $(BIN)/python -m pytest -m contract tests/contract

corpus: $(READY) ## Generate every operation of the published documents in ../shared/specs, and check it
	$(BIN)/python tests/corpus/table.py

bench: $(READY) ## Measure: generating, importing, decoding
	$(BIN)/python -m pytest tests/benchmarks --benchmark-enable --benchmark-only

$(PRISM): tests/contract/package.json tests/contract/package-lock.json
	mkdir -p build/prism
	cp $^ build/prism
	npm ci --prefix build/prism --ignore-scripts --silent --no-audit --no-fund
	touch $@

clean: ## Remove what setup and the tests made
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .benchmarks
