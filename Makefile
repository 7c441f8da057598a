# The two commands of the README, and the ones of a developer's day: make demo, make test, make test-slow, make check.
PYTHON ?= python3
VENV ?= .venv
PIP = $(VENV)/bin/python -m pip --disable-pip-version-check --quiet

.PHONY: demo test test-slow check gate bench clean

demo: $(VENV)/.installed
	$(VENV)/bin/mithaq demo

test: $(VENV)/.tested
	$(VENV)/bin/python -m pytest -n auto

test-slow: $(VENV)/.tested
	$(VENV)/bin/python -m pytest -n auto -m slow

check: $(VENV)/.tested
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(VENV)/bin/mithaq lexicon check
	$(VENV)/bin/python -m pytest -n auto
	$(VENV)/bin/python -m mithaq.evaluate.gate

gate: $(VENV)/.tested
	$(VENV)/bin/python -m mithaq.evaluate.gate

bench: $(VENV)/.tested
	$(VENV)/bin/python bench/read.py
	$(VENV)/bin/python bench/gate.py
	$(VENV)/bin/python bench/memory.py
	$(VENV)/bin/python bench/help.py

$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.tested: $(VENV)/.installed
	$(PIP) install --constraint constraints.txt --editable '.[test]'
	@touch $@

clean:
	rm -rf $(VENV) build dist mithaq-demo .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
