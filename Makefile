# Everything a person or a machine needs to do with this project, one word each.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test check install lock bench train format

demo: install
	@$(BIN)/askfirst demo

test: install
	@$(BIN)/python -m pytest

install: $(STAMP)

$(STAMP): requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Ask First needs Python 3.11 or newer: try make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "On Debian and Ubuntu first run: apt-get install python3-venv"; exit 1; }
	@echo "Installing what Ask First needs into $(VENV) (a minute or two, once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

check: install
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/codespell

format: install
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: install
	@$(BIN)/python -m tests.bench

# Training needs one package more than running or testing does.
train: install
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-train.lock
	@$(BIN)/python -m policy_kb.training

# Write the lock files anew from pyproject.toml: hashes, and no address of any registry.
lock:
	@$(PYTHON) -m venv build/lock && build/lock/bin/python -m pip install --quiet uv
	@for what in "requirements.lock" "requirements-dev.lock --extra dev" "requirements-train.lock --extra train"; do \
		set -- $$what; out=$$1; shift; \
		build/lock/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
			--no-annotate --no-header --python-version 3.11 $$@ -o $$out pyproject.toml; \
	done
