# Every target prints what it does and is quick when nothing has changed.
PYTHON ?= python3.11
PORT ?= 8000
SERVE ?= 1
VENV := .venv/bin
PIP := -m pip install --quiet --disable-pip-version-check --require-hashes -r
export PYTHONUTF8 = 1

.PHONY: help setup run serve studio test check fix offline lock clean

help:            ## list the targets
	@grep -E '^[a-z]+: .*##|^[a-z]+: *##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

setup: .venv/.product  ## environment of the product, from hash-locked requirements

run: .venv/.product  ## train if there is no model, tag the five reports, serve the page
	@$(VENV)/policy-themes demo
ifneq ($(SERVE),0)
	@$(VENV)/policy-themes serve --port $(PORT)
endif

serve: .venv/.product  ## serve the page and the HTTP service on 127.0.0.1
	@$(VENV)/policy-themes serve --port $(PORT)

studio: .venv/.annotate .venv-studio/.done  ## start Label Studio, ready to label
	@$(VENV)/policy-themes studio up
	@$(VENV)/policy-themes push

test: check .venv-studio/.done  ## ruff, mypy, import order and every test, Label Studio included
	@$(VENV)/python -m pytest

check: .venv/.dev  ## ruff, mypy strict, import order
	@$(VENV)/ruff format --check --quiet .
	@$(VENV)/ruff check --quiet .
	@$(VENV)/mypy
	@$(VENV)/lint-imports --no-cache

fix: .venv/.dev  ## format and mend what can be mended
	@$(VENV)/ruff format .
	@$(VENV)/ruff check --fix .

offline: .venv/.product  ## wheels for a server without internet, into var/offline
	@mkdir -p var/offline
	@$(VENV)/python -m pip wheel --quiet --require-hashes -r requirements/product.lock -w var/offline
	@$(VENV)/python -m pip wheel --quiet --no-deps . -w var/offline
	@echo "var/offline: copy it and see README, 'Without internet'"

lock: .venv/.dev  ## make the locks anew (needs uv)
	@sh requirements/lock.sh

.venv/bin/python:
	@echo "making .venv"
	@$(PYTHON) -m venv .venv || python3 -m venv .venv

.venv/.product: requirements/product.lock pyproject.toml | .venv/bin/python
	@echo "installing the product into .venv"
	@$(VENV)/python $(PIP) requirements/product.lock
	@$(VENV)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

.venv/.annotate: requirements/annotate.lock .venv/.product
	@echo "installing the Label Studio SDK into .venv"
	@$(VENV)/python $(PIP) requirements/annotate.lock
	@touch $@

.venv/.dev: requirements/dev.lock .venv/.product
	@echo "installing the developers' tools into .venv"
	@$(VENV)/python $(PIP) requirements/dev.lock
	@touch $@ .venv/.annotate

.venv-studio/.done: requirements/studio.lock
	@echo "installing the Label Studio server into .venv-studio (takes a minute)"
	@$(PYTHON) -m venv .venv-studio || python3 -m venv .venv-studio
	@.venv-studio/bin/python $(PIP) requirements/studio.lock
	@touch $@
