# Needs Python 3.11 or later; everything else goes into .venv.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
AS_AT := 2026-11-22

.PHONY: demo test lint docs golden bench accuracy clean

$(VENV)/installed: setup.cfg pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[dev]"
	touch $@

# The main job on the example policies and registers. The examples hold faults, so the check itself exits with 1.
demo: $(VENV)/installed
	$(BIN)/checker check policies registers --as-at $(AS_AT) || test $$? -eq 1

test: $(VENV)/installed
	$(BIN)/python -m pytest -n auto

lint: $(VENV)/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python docs/build.py --check

# Pages written from the catalogue.
docs: $(VENV)/installed
	$(BIN)/python docs/build.py

# The reports that the tests hold: read the difference before you commit it.
golden: $(VENV)/installed
	$(BIN)/python -m pytest tests/reports --golden -q

accuracy: $(VENV)/installed
	$(BIN)/python tests/accuracy/measure.py

bench: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[bench]"
	$(BIN)/python -m benchmarks.pdf_speed
	$(BIN)/python -m benchmarks.policy_checks
	$(BIN)/python benchmarks/registers.py
	$(BIN)/python -m benchmarks.policies_bulk

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
