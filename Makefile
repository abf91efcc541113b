# Everything a developer or a curious reader runs. `make help` lists it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN_STAMP := $(VENV)/.run
DEV_STAMP := $(VENV)/.dev
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes

.DEFAULT_GOAL := help
.PHONY: help demo test check format soak quality fuzz bench pictures lock clean

help: ## show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit("borderwire needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12 …") if sys.version_info < (3, 11) else None'
	@echo "Making a virtual environment in $(VENV) …"
	@$(PYTHON) -m venv $(VENV)

$(RUN_STAMP): requirements/run.txt | $(BIN)/python
	@echo "Installing what borderwire runs on (once, about half a minute) …"
	@$(PIP) -r requirements/run.txt
	@touch $@

$(DEV_STAMP): requirements/dev.txt requirements/run.txt | $(BIN)/python
	@echo "Installing what borderwire is developed with (once, about a minute) …"
	@$(PIP) -r requirements/dev.txt
	@touch $(RUN_STAMP) $@

demo: $(RUN_STAMP) ## run the whole bot over sample feeds on this machine and show the alerts
	@$(BIN)/python -m bot demo

test: $(DEV_STAMP) ## run all tests
	@$(BIN)/python -m pytest

check: $(DEV_STAMP) ## format, lint, types, import rules
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo 2>/dev/null || $(BIN)/lint-imports

format: $(DEV_STAMP) ## rewrite the code in the house's format
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

soak: $(DEV_STAMP) ## kill the bot 2,040 times, then find each known-bad build (about half an hour)
	@$(BIN)/python -m tests.killtest.soak

quality: $(DEV_STAMP) ## score the news judgement on the labelled sets, with the misses
	@$(BIN)/python -m tests.quality --misses

fuzz: $(DEV_STAMP) ## mutate feeds and let the parser read them (CASES=20000)
	@$(BIN)/python -m tests.feeds.fuzz --cases $(or $(CASES),20000)

bench: $(DEV_STAMP) ## measure speed and memory, beside named peers
	@$(BIN)/python -m bench

pictures: $(RUN_STAMP) ## draw the README's pictures from what the renderers send
	@$(BIN)/python -m docs.pictures.draw

lock: $(BIN)/python ## pin the dependencies anew, with hashes (needs uv)
	@uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url -q -o requirements/run.txt
	@uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url -q -c requirements/run.txt -o requirements/dev.txt

clean: ## remove the virtual environment and all caches (state/ stays)
	@rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage* build dist
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
