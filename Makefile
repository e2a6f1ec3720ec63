# Postroom's tasks; `make` alone prints them. Needs python3 (3.11 or newer), pip and make, nothing else.

PYTHON ?= python3
ARGS   ?=
BIN    := .venv/bin
PYTEST := $(BIN)/python -m pytest
SUITE  := -n 3 -m "not system and not campaign and not compat and not long"
# Programs for Linux alone: they start Debian's servers, or need a preloaded library.
LINUX_ONLY := --ignore=tests/benchmarks --ignore=tests/campaigns
# Compiled once, not by each of the many processes that tests and servers start: container images like to switch that off.
unexport PYTHONDONTWRITEBYTECODE
# What ruff reads.
READ   := src tests docs fuzz benchmarks clients examples

.DEFAULT_GOAL := help
.PHONY: help run test portable system check windows compat crash soak bench fuzz docs clients clean

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(if $(wildcard .venv/.tested),.venv/.tested,.venv/.installed)  ## a throw-away server to play with, on high loopback ports (ARGS="--data DIR" keeps it)
	@$(BIN)/postroom dev $(ARGS)

test: .venv/.tested  ## the tests, but for the long ones (ARGS="-k name" for some of them)
	@$(PYTEST) $(SUITE) $(ARGS)

portable: .venv/.tested  ## the tests, long ones too, as Windows and macOS would run them: standard loop, spawn, no UNIX sockets
	@POSTROOM_PORTABLE=1 $(PYTEST) -n 2 -m "not system and not campaign and not compat" $(LINUX_ONLY) $(ARGS)

system: .venv/.tested  ## the long tests, and those that need programs of the system: swaks, curl, fetchmail ...
	@$(PYTEST) -n 2 -m long $(ARGS)
	@$(PYTEST) -n 2 --dist loadscope -m system $(ARGS)

check: .venv/.tested  ## lint, types, floors, and whether the generated documentation is current
	@$(BIN)/ruff check --quiet $(READ)
	@$(BIN)/ruff format --check --quiet $(READ)
	@$(BIN)/mypy --no-error-summary src tests docs fuzz
	@$(BIN)/lint-imports
	@$(BIN)/python docs/generate.py --check
	@$(BIN)/python clients/generate.py --check

windows:  ## the COM classes for Windows as DLLs in build/windows (needs mingw-w64)
	@$(MAKE) --no-print-directory --silent -C clients/windows OUT=$(CURDIR)/build/windows

compat: .venv/.tested  ## the clients of other languages against a server: PHP, .NET, Windows' COM under Wine
	@$(PYTEST) -m compat $(ARGS)

crash: .venv/.tested  ## 200 kills, 100 while mail leaves, 1,000 of scripts, 500 power cuts, all faults of the disk: nothing acknowledged may be lost (an hour)
	@for campaign in kill send scripts power fault; do PYTHONPATH=src:tests $(BIN)/python -m campaigns $$campaign || exit; done

soak: .venv/.tested  ## 200,000 steps of IMAP sessions at random against a model, with kills (an hour and more; ARGS="--seed 2 --steps 20000")
	@PYTHONPATH=src:tests $(BIN)/python -m soak $(ARGS)

bench: .venv/.tested  ## Postroom measured beside other mail servers, which must be installed (as root; ARGS="--quick")
	@PYTHONPATH=src:. $(BIN)/python -m benchmarks all $(ARGS)

fuzz: .venv/.tested  ## broken input for every parser (ARGS="--runs 100000 --seed 2")
	@for target in fuzz/*.py; do echo $$target; PYTHONPATH=src:tests $(BIN)/python $$target $(ARGS) || exit; done

docs: .venv/.tested  ## write the generated parts of the documentation anew
	@$(BIN)/python docs/generate.py

clients: .venv/.tested  ## write the generated parts of the clients anew
	@$(BIN)/python clients/generate.py

clean:  ## remove the environment and everything that was made (never a data directory)
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist
	@find . -name __pycache__ -prune -exec rm -rf {} +

# The environment: made once, again when pyproject.toml changes. Debian without python3-venv has no ensurepip: there the
# system's pip fills an environment that has none.
.venv/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	 { echo "Postroom needs Python 3.11 or newer, but $(PYTHON) is $$($(PYTHON) --version 2>&1): name another one, as in make PYTHON=python3.12 run." >&2; exit 1; }
	@echo "Making the environment in .venv (once) ..."
	@$(PYTHON) -m venv .venv >/dev/null 2>&1 || $(PYTHON) -m venv --without-pip .venv
	@touch $@

PIP = $$($(BIN)/python -m pip --version >/dev/null 2>&1 && echo $(BIN)/python -m pip || echo $(PYTHON) -m pip --python $(BIN)/python) \
      install --quiet --disable-pip-version-check

.venv/.installed: .venv/.python pyproject.toml
	@$(PIP) --editable .
	@touch $@

.venv/.tested: .venv/.python pyproject.toml
	@$(PIP) --editable '.[dev]'
	@touch $@
