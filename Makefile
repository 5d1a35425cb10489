# One front door. Each target is a few plain commands that also work by hand.

.DEFAULT_GOAL := help
.PHONY: help run test check fix screenshots constraints messages load-tools search-tools bench clean system-run system-test

BIN := .venv/bin
PLONE := .venv/plone-$(or $(PULIH_PLONE),6.2)
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check --constraint constraints.txt

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 14

run: .venv/.run-ready  ## the demo office in a browser (PORT=5000)
	$(BIN)/pulih demo var/demo
	$(BIN)/pulih serve --office var/demo $(if $(PORT),--port $(PORT))

# Two files at a time, as each process of the tests starts servers and browsers of its own.
test: system-test .venv/.dev-ready $(PLONE)/.ready  ## all tests (ARGS="tests/domain -x")
	$(BIN)/pytest -n 2 --dist loadfile $(ARGS)

check: .venv/.dev-ready  ## under a minute: format, lint, types, architecture, fast tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/pytest -q -n auto -m "not slow and not browser and not lab and not postgres and not bucket and not plone"

fix: .venv/.dev-ready  ## format, and mend what a machine can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

screenshots: system-test .venv/.dev-ready  ## the main pages at 360 and 1280 px, in var/screenshots
	$(BIN)/python tests/browser/screenshots.py

# Whose first argument people read, beside gettext's own functions
SPOKEN := Sentence sentence say PulihError Refused OutOfOrder Finished Conflict Duplicate \
  NotAllowed NotYourStep NotFound NotSignedIn TooManyTries Unavailable Contended Damaged Stopped StoreAway StoreFull StoreClosed Uncertain FilesAway SentBefore

messages: .venv/.dev-ready  ## collect the words people read, bring the English catalogue up to date
	@mkdir -p var
	$(BIN)/pybabel -q extract -F pyproject.toml $(addprefix -k ,$(SPOKEN)) --sort-by-file \
	  --add-location file --project Pulih -o var/messages.pot plugin/pulih diagnostics/periksa
	$(BIN)/pybabel -q update --init-missing --ignore-pot-creation-date --ignore-obsolete \
	  --no-fuzzy-matching -l en -i var/messages.pot -d plugin/pulih/translations
	$(BIN)/pybabel compile --statistics -d plugin/pulih/translations
	$(BIN)/python plugin/plone-addon/collect_words.py

constraints: .venv/.run-ready  ## newest versions of all packages, written to constraints.txt
	@test -x var/uv/bin/uv || { $(BIN)/python -m venv var/uv && var/uv/bin/pip install -qq uv; }
	UV_PYTHON_DOWNLOADS=never var/uv/bin/uv pip compile --quiet --upgrade --universal \
	  --python-version 3.11 --all-extras --group dev --group load --group peers --no-annotate --no-emit-index-url \
	  --custom-compile-command "make constraints" -o constraints.txt pyproject.toml

load-tools: .venv/.dev-ready  ## what bench/load.py needs besides
	$(PIP) --group load

search-tools: .venv/.dev-ready  ## what bench/search.py, relevance.py and documents.py compare with
	$(PIP) --group peers

bench: .venv/.dev-ready  ## how to measure
	@echo "$(BIN)/python bench/NAME.py, where NAME is one of:"
	@ls bench/[a-z]*.py 2>/dev/null | xargs -rn1 basename -s .py

clean:  ## remove what can be made again, but no office under var/
	rm -rf .venv site dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage
	find . -name __pycache__ -prune -exec rm -rf {} +

# ---- What the targets stand on ----

# Checked each time: costs nothing when all is there, and says what it installs when not.
system-run:
	@.ci/system-packages run

system-test:
	@.ci/system-packages run test

# Two stamps, so that `make run` need not wait for the developers' tools.
.venv/.run-ready: pyproject.toml constraints.txt | system-run
	@echo "Menyiapkan .venv, sekali saja … (setting up .venv, once)"
	@$(BIN)/python -c '' 2>/dev/null || { python=$$(.ci/python) && $$python -m venv --clear .venv; }
	@$(PIP) 'pip>=25.1'  # --group needs it
	@$(PIP) --editable .
	@touch $@

.venv/.dev-ready: .venv/.run-ready
	@echo "Menambah alat pengembang … (adding the developers' tools)"
	@$(PIP) --editable '.[postgres,s3]' --group dev
	@touch $@

# A Plone of its own for the tests, with sites that each run copies; PULIH_PLONE=6.1 asks for another version.
.venv/plone-%/.ready: tests/plone/constraints-%.txt tests/tools/plone_making.py tests/tools/plone.py plugin/plone-addon/pyproject.toml | .venv/.dev-ready
	@echo "Memasang Plone $* untuk tes, sekali saja … (installing Plone $* for the tests, once)"
	@PULIH_PLONE=$* $(BIN)/python tests/tools/plone_making.py
