# Everything runs in .venv, which is made on first use from the lock (requirements.lock). The lock names all
# packages: --no-deps keeps pip from asking for one that it leaves out (see [tool.uv] in pyproject.toml).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV ?= uv
STAMP := $(VENV)/.installed
ATHERIS := atheris>=3,<4

.PHONY: help setup demo browser serve screenshots test lint types bench fuzz lock clean

help:            ## list the targets
	@grep -E '^[a-z]+: .*## ' $(MAKEFILE_LIST) | sed -E 's/: .*## /\t/'

setup: $(STAMP)  ## make .venv with the locked packages and counterclaim itself

$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --only-binary :all: -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	touch $@

demo: setup      ## read the sample reports, show the disputes, write build/demo/page.html
	$(BIN)/python samples/demo.py

lint: setup      ## style
	$(BIN)/ruff check src tests eval samples
	$(BIN)/ruff format --check src tests eval samples

types: setup     ## static types, strict
	$(BIN)/mypy

browser: setup   ## a Chromium for the tests in a browser, where the machine has none
	@command -v chromium chromium-browser google-chrome >/dev/null \
	  || (test "$$(id -u)" = 0 && command -v apt-get >/dev/null && apt-get install -y -qq chromium) \
	  || $(BIN)/playwright install chromium || echo "no browser could be had: its tests will be skipped"

serve: setup     ## the pages and the API on the ledger of make demo, http://127.0.0.1:8000
	$(BIN)/counterclaim serve --ledger build/demo/counterclaim.db

screenshots: setup browser ## docs/screenshots anew, from the sample reports
	$(BIN)/python docs/screenshots.py

test: lint types browser ## lint, types, tests and quality floors
	$(BIN)/pytest -n 2 --dist loadscope

bench: setup     ## the figures on the shared benchmarks
	$(BIN)/python eval/bench.py

fuzz: setup      ## ten minutes of bytes that nobody wrote for each parser; SECONDS=60 PARSERS="html pdf" for less
	$(BIN)/python -c 'import atheris' 2>/dev/null \
	  || $(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary :all: '$(ATHERIS)' \
	  || echo "Atheris cannot be had here: Hypothesis is used"
	$(BIN)/python eval/fuzz.py --seconds $(or $(SECONDS),600) $(PARSERS)

lock:            ## make requirements.lock anew (needs uv)
	$(UV) pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --quiet --output-file requirements.lock

clean:           ## remove everything that was made here
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
