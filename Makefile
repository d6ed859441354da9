# The store's commands. A machine with Python 3.11 or newer, git and make is enough for `make run`.
# ARGS adds words to a command: `make test ARGS="tests/core -x"`.

PY := .venv/bin/python
.DEFAULT_GOAL := help
.PHONY: help pressed run test check format lock words shots bench clean

help:
	@echo "make run     the whole store on this machine: web, worker, payments that move no money"
	@echo "make test    the fast tests, on SQLite and on PostgreSQL where it is installed"
	@echo "make check   style, types, floors, security, templates"
	@echo "make format  put the source into shape"
	@echo "make lock    choose the newest packages that fit, with hashes"
	@echo "make words   gather the words of the store for translation, and say which are missing"
	@echo "make shots   photograph the running store for the documents"
	@echo "make bench   measure it beside a bare view on the same server"
	@echo "make clean   remove what was installed and cached; var/ with its data stays"

run: pressed
	@exec $(PY) deploy/run.py $(ARGS)

test: .venv/dev.stamp pressed
	@PYTHONDONTWRITEBYTECODE= $(PY) -m pytest -n auto $(ARGS)  # to rewrite the asserts of all tests takes each run 8 s else

check: .venv/dev.stamp
	@$(PY) deploy/check.py $(ARGS)

format: .venv/dev.stamp
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

lock: .venv/dev.stamp
	@$(PY) -m uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --custom-compile-command "make lock" requirements.in -o requirements.txt $(ARGS)
	@$(PY) -m uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --custom-compile-command "make lock" requirements-dev.in -o requirements-dev.txt $(ARGS)

words: .venv/dev.stamp
	@$(PY) -m translations $(ARGS)

shots: .venv/dev.stamp
	@$(PY) docs/shots.py $(ARGS)

bench: .venv/dev.stamp pressed
	@$(PY) -m bench $(ARGS)

clean:
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Python compiles what it reads at every start where it is told not to write (PYTHONDONTWRITEBYTECODE).
pressed: .venv/run.stamp
	@$(PY) -m compileall -q app.py shop

.venv/run.stamp: requirements.txt
	@python=$$(sh deploy/find-python.sh) || exit 1; \
	$(PY) -c '' 2>/dev/null || { echo "Making .venv with $$python ..."; $$python -m venv --clear .venv; }
	@echo "Installing the store's packages (about 20 s) ..."
	@$(PY) -m pip install -q --disable-pip-version-check --no-compile --no-deps --require-hashes -r requirements.txt
	@$(PY) -m compileall -qq -j 0 .venv/lib || true  # on all cores; pip does it on one. Some packages carry files of other Pythons
	@touch $@

.venv/dev.stamp: .venv/run.stamp requirements-dev.txt
	@echo "Installing what tests and checks need (about 20 s) ..."
	@$(PY) -m pip install -q --disable-pip-version-check --no-compile --no-deps --require-hashes -r requirements-dev.txt
	@touch $@
