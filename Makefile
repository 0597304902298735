PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

# A command that may not keep bytecode compiles all that it imports at every start: half of its time.
unexport PYTHONDONTWRITEBYTECODE

# Plain 'make' does what CI does.
all: check test

.PHONY: all setup demo test test-fast check docs site pictures bench flicker starved matrix mutants package names clean

setup: $(READY) names

$(READY): pyproject.toml setup.py
	$(PYTHON) -c 'import sys; sys.exit("Greenroom needs Python 3.11 or newer; call make with PYTHON=python3.11") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $(READY)

# Type checkers and editors see the installed names through links outside version control. A link that is there stays:
# somebody may be reading it.
names:
	@mkdir -p .names/greenroom && find -L .names -maxdepth 2 -type l -exec rm {} +
	@for entry in greenroom/* contracts connectors simulators; do \
		link=".names/greenroom/$$(basename $$entry)"; [ -e "$$link" ] || ln -sf "../../$$entry" "$$link"; done

demo: setup
	@echo '$$ greenroom certify connectors/reference/clio.py --crm clio --interface cancelAppointment'
	@$(BIN)/greenroom certify connectors/reference/clio.py --crm clio --interface cancelAppointment
	@echo
	@echo '$$ greenroom certify connectors/reference/netsuite.py --crm netsuite --interface cancelAppointment'
	@$(BIN)/greenroom certify connectors/reference/netsuite.py --crm netsuite --interface cancelAppointment
	@echo
	@echo 'And one that is broken: it takes a lost connection for a success.'
	@echo '$$ greenroom certify tests/faulty/truth.lost-is-not-done.clio.py --crm clio --scenario lost-requests'
	@$(BIN)/greenroom certify tests/faulty/truth.lost-is-not-done.clio.py --crm clio --scenario lost-requests; test $$? -eq 1

# What the JavaScript tests need; where Node is missing they are skipped, and say so.
tests/node_modules/.ready: tests/package.json tests/package-lock.json
	@if command -v npm >/dev/null; then cd tests && npm ci --no-audit --no-fund --loglevel=error && touch node_modules/.ready; else echo 'npm is not installed: tests of JavaScript connectors will be skipped'; fi

# More processes than cores: many tests wait for a time-out, a browser or a child process.
test: setup tests/node_modules/.ready
	@$(BIN)/python -m compileall -q greenroom contracts connectors simulators
	@ls tests/__pycache__/*-pytest-*.pyc >/dev/null 2>&1 || $(BIN)/python -m pytest -q --collect-only >/dev/null  # else each process compiles them all
	$(BIN)/python -m pytest -n 6 --dist worksteal --durations 20

# The pure layers only: what needs no server, no process and no browser.
test-fast: setup
	$(BIN)/python -m pytest -q $(FAST)

FAST := $(addprefix tests/contracts/test_,attribution.py call.py causes.py clauses.py doubt.py judge.py log_ins.py schemas.py \
	secrecy.py toast.py waivers.py) tests/connectors/test_target.py tests/simulators/core/test_parts.py \
	tests/simulators/core/test_store.py tests/test_architecture.py tests/test_catalogue.py tests/test_matrix.py tests/test_prose.py

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy -p greenroom -p tests -p benchmarks -p docs
	$(BIN)/python docs/generate.py --check
	$(BIN)/python -m docs.website

docs: setup
	$(BIN)/python docs/generate.py
	$(BIN)/python examples/register/make.py --if-stale

# The documentation as a site, to read from the folder site/ or to put on a server; fails at a broken link.
site: setup
	$(BIN)/python -m docs.website

# The pages as the README shows them; needs a browser (Debian's chromium).
pictures: setup
	$(BIN)/python -m docs.pictures

# SHORT=1: what CI runs; it fails where a ratio got worse by more than a third.
bench: setup
	$(BIN)/python -m benchmarks $(if $(SHORT),--short)

# One outcome each (verdict, clauses, scenarios), however often: connectors that are chosen for their races.
RUNS ?= 100
flicker: setup tests/node_modules/.ready
	$(BIN)/python -m benchmarks.flicker $(RUNS) $(SCENARIOS)

# Nobody is accused on a machine without time: two busy loops for each core beside the runs.
starved: setup tests/node_modules/.ready
	$(BIN)/python -m benchmarks.starved $(RUNS) $(SCENARIOS)

# Every faulty and every correct connector (or ONLY='safety.*'), whole, against every clause: docs/reference/kill-matrix.md.
# SAMPLE=2: two of them, whose turn it is at this commit; nothing is written.
# CLUSTER=local:2 (or tcp://HOST:PORT): on the workers of a cluster.
matrix: setup tests/node_modules/.ready
	$(BIN)/python -m tests.matrix $(if $(CLUSTER),--cluster $(CLUSTER)) $(if $(SAMPLE),--sample $(SAMPLE)) $(if $(ONLY),'$(ONLY)')

# The code of the clauses, changed in small ways: which changes does no test notice?
mutants: setup
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[mutants]'
	$(BIN)/python -m tests.mutants $(MODULES)

# What is published, in dist/: the wheel, the sdist and a bill of materials (CycloneDX) of a bare environment with the wheel.
# tests/test_packaging.py installs both; with GREENROOM_TESTS_WHOLE=1 in bare environments, with old and new dependencies.
package: setup
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[package]'
	rm -rf dist build
	$(BIN)/python -m build --outdir dist .
	$(BIN)/twine check --strict dist/*
	$(BIN)/check-wheel-contents dist/*.whl
	$(BIN)/uv venv --quiet --python $(BIN)/python build/bare
	$(BIN)/uv pip install --quiet --python build/bare dist/*.whl
	$(BIN)/cyclonedx-py environment --output-reproducible --pyproject pyproject.toml \
		--output-file "$$(ls dist/*.whl | sed 's/-py3-none-any.whl//').cdx.json" build/bare/bin/python

clean:
	rm -rf $(VENV) .names site build dist *.egg-info
