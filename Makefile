# Two commands: `make run` and `make test`. Both set up what they need first.
#   make run               the product on http://localhost:8000, with the worked example
#   make run PORT=8010     ... on another port
#   make run EXAMPLE=no    ... empty: prints the address of the page that makes the first programme
#   make test              linters, types, contracts, and every test on SQLite and on PostgreSQL
#   make soak              hours of faults at random: FAULTS="redis letters" ROUNDS=30 for some of them, and fewer
#   make setup             the set-up alone
#   make lock              bring requirements/*.txt up to date with pyproject.toml
SHELL := /bin/sh
# A system's own Python is compiled with more care than one that was built at home, and quicker by a tenth or more.
SUITS := import ensurepip, sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))
PYTHON ?= $(shell /usr/bin/python3 -c '$(SUITS)' 2>/dev/null && echo /usr/bin/python3 || echo python3)
EXAMPLE ?= yes
export PORT ?= 8000
# Whoever has set this pays for it with every process: each would compile all that it imports once more.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test soak setup lock
.DEFAULT_GOAL := run

setup:
	@$(PYTHON) requirements/install.py run

run: setup
	@exec .venv/bin/python manage.py serve --example=$(EXAMPLE)

test:
	@$(PYTHON) requirements/install.py test
	@exec .venv/bin/python tests/suite.py

soak:
	@$(PYTHON) requirements/install.py test
	@exec .venv/bin/python bench/soak.py $(FAULTS) $(ROUNDS:%=--rounds %)

lock:
	@$(PYTHON) requirements/install.py lock
