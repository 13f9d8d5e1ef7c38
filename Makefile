# `make book` builds the report (HTML and PDF), `make test` runs the tests, `make audit` says what is old, due or wrong.
# Each installs what it needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: book test audit lint lock clean
.DEFAULT_GOAL := book

book: $(READY)
	@$(BIN)/python -m helpers.book

test: $(READY)
	@$(BIN)/python -m pytest

audit: $(READY)
	@$(BIN)/python -m helpers.audit $(ARGS)

lint: $(READY)
	@$(BIN)/ruff check src tests && $(BIN)/ruff format --check src tests

$(READY): requirements.txt pyproject.toml
	@echo "Installing into $(VENV) (about a minute the first time)"
	@$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info < (3, 14) else "Python 3.11, 3.12 or 3.13 is needed, this is " + sys.version.split()[0])'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)

# Resolve the dependencies of pyproject.toml anew, for Linux, macOS and Windows and Python 3.11 to 3.13 (needs uv).
lock:
	uv pip compile --universal --generate-hashes --python-version 3.11 --fork-strategy fewest --extra test --no-header pyproject.toml -o requirements.txt

clean:
	rm -rf _build
