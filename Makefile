# Two commands matter: `make generate` (set up, run the main job) and `make test` (set up, run the tests).
PYTHON ?= python3
VENV ?= .venv
SECONDS ?= 3600
BIN := $(VENV)/bin
# What is installed: vcgen alone, or with what an extra of pyproject.toml names.
READY := $(VENV)/.ready
READY_DEV := $(READY)-dev
PRISM := build/prism/node_modules/.bin/prism
SERVERS := build/servers/bin/python
DEBIAN := build/debian/ready

.DEFAULT_GOAL := help
.PHONY: help setup generate check demo docs test test-slow lint contract corpus corpus-sample corpus-public fuzz bench clean

help: ## Print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(READY_DEV) ## Create the virtual environment, with all that development needs

$(READY): pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "vcgen needs Python 3.11 or later; run make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(READY)-%: $(READY)
	$(BIN)/python -m pip install --quiet --editable '.[$*]'
	touch $@

generate: $(READY) ## Write the clients under generated/, and print which files changed
	$(BIN)/vcgen generate

check: $(READY) ## Fail if generated/ is not what generate would write
	$(BIN)/vcgen check

demo: generate $(READY)-client ## Watch a customization through the generated client
	$(BIN)/python tests/standin/demo.py

docs: $(READY)-docs ## Build the site of the documentation in build/docs/site; a broken link fails
	$(BIN)/python tests/docs/site/stage.py
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet --config-file docs/site/mkdocs.yml

test: $(READY_DEV) ## Run the quick tests
	@echo "The quick tests take 4 to 9 minutes on two cores."
	$(BIN)/python -m pytest --numprocesses=auto --dist=worksteal

test-slow: $(READY_DEV) ## Run the slow tests: packaging, pre-commit, whole documents
	$(BIN)/python -m pytest --numprocesses=2 --dist=loadfile --no-loadscope-reorder -m 'slow and not exhaustive and not contract'

lint: $(READY_DEV) ## Check style and types of the generator and of what it generated
	$(BIN)/ruff check generator tests
	$(BIN)/black --check --quiet generator tests
	$(BIN)/ruff check --isolated --quiet generated
	$(BIN)/ruff format --isolated --check --quiet generated
	$(BIN)/black --check --quiet --config /dev/null generated
	$(BIN)/mypy
	$(BIN)/pyright

contract: $(READY_DEV) $(PRISM) $(SERVERS) $(DEBIAN) ## Test generated clients against servers made by others
	VCGEN_PRISM=$(PRISM) $(BIN)/python -m pytest -m contract tests/contract

corpus-sample: $(READY_DEV) ## The same, without the largest documents
	$(BIN)/python tests/corpus/table.py --sample

corpus: $(READY_DEV) ## Generate every operation of the published documents in ../shared/specs, and check it
	$(BIN)/python tests/corpus/table.py

corpus-public: $(READY_DEV) ## Generate clients for the documents of APIs.guru (make corpus-public SHARE=20 for a few)
	$(BIN)/python tests/corpus/directory.py $(SHARE)

fuzz: $(READY_DEV) ## Try hostile input for an hour (make fuzz SECONDS=60 SEED=1); failures become seeds
	PYTHONPATH=tests $(BIN)/python tests/hostile/fuzzing.py --seconds $(SECONDS) $(if $(SEED),--seed $(SEED)) $(if $(SAMPLE),--sample $(SAMPLE))

bench: $(READY_DEV) ## Measure beside other generators, and write docs/performance.md; about 10 minutes
	$(BIN)/python tests/benchmarks/table.py

$(PRISM): tests/contract/package.json tests/contract/package-lock.json
	mkdir -p build/prism
	cp $^ build/prism
	npm ci --prefix build/prism --ignore-scripts --silent --no-audit --no-fund
	touch $@

# A server that cannot be installed in time is no reason to try none: the tests say what they skip.
$(SERVERS): tests/contract/servers/requirements.txt
	rm -rf build/servers
	$(PYTHON) -m venv build/servers
	-timeout 180 $@ -m pip install --quiet --disable-pip-version-check --requirement $< || rm -rf build/servers

# Unpacked, not installed: nothing outside of the folder changes, and no service is started.
$(DEBIAN): tests/contract/servers/debian.txt
	rm -rf $(@D)
	mkdir -p $(@D)
	-cd $(@D) && timeout 120 apt-get download -qq $$(grep -v '^#' $(CURDIR)/$<)
	-for one in $(@D)/*.deb; do dpkg -x $$one $(@D); done
	touch $@

clean: ## Remove what setup and the tests made
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .benchmarks
