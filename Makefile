# The commands of Gwanje. Each sets up what it needs first (packaging/setup_env.py).

PYTHON ?= python3
BIN := .venv/bin
PY := $(BIN)/python
SET_UP := $(PYTHON) packaging/setup_env.py
# Words after a command: make demo ARGS="--layout 16", make bench PART=wall, make test ARGS="-k wall"
ARGS ?=
PART ?= wall

.DEFAULT_GOAL := help
.PHONY: help demo test check unit coverage bench soak faults show-wall show-hub show-desk show-sharing show-windows windows show-linux linux guide pictures fmt translations locks set-up clean

help: ## these lines
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22

demo: ## cameras, a hub, incidents and the console; without a monitor 30 s on a virtual one and a screenshot
	@$(SET_UP) run
	@mkdir -p out
	@$(PY) packaging/with_display.py --when-virtual=--run-for=30 \
		--when-virtual=--screenshot=out/demo.png --when-virtual=--report=out/demo.json \
		-- $(PY) main.py --demo --demo-station $(ARGS)

test: check ## everything that must hold
	@$(PY) -m pytest -m "not soak and not faults" $(ARGS)

check: set-up ## format, lint, types, import rules, spelling, dead code
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/codespell
	$(BIN)/vulture

unit: set-up ## the quick tests only
	@$(PY) -m pytest tests/unit tests/architecture $(ARGS)

coverage: set-up ## tests with branch coverage
	@$(BIN)/coverage erase
	@$(BIN)/coverage run -m pytest -m "not soak and not faults" $(ARGS)
	@$(BIN)/coverage combine -q
	@$(BIN)/coverage report

bench: ## figures beside their rivals (PART=wall)
	@$(SET_UP) dev
	@$(SET_UP) bench
	@$(PY) -m tests.bench $(PART) $(ARGS)

soak: set-up ## the long run: flat memory over reconnects
	@$(PY) -m pytest -m soak --timeout=0 -o faulthandler_timeout=0 -s $(ARGS)

faults: set-up ## everything that can be broken, broken
	@$(PY) -m pytest -m faults $(ARGS)

show-wall: set-up ## the wall, end to end, in three minutes; last line: figures as JSON
	@$(PY) -m tests.bench.show_wall $(ARGS)

show-hub: set-up ## the hub, end to end, in three minutes; last line: figures as JSON
	@$(PY) -m tests.bench.show_hub $(ARGS)

pictures: set-up ## every screen, in both languages and themes, at 1080p and 4K, into out/pictures (six minutes)
	@$(PY) -m tests.bench.pictures $(ARGS)

guide: set-up ## renews the pictures of docs/guide from the running program
	@$(PY) -m tests.bench.show_desk --guide --lang ko
	@$(PY) -m tests.bench.show_desk --guide --lang en
	@$(PY) -m tests.bench.show_sharing --guide --lang ko
	@$(PY) -m tests.bench.show_sharing --guide --lang en

show-desk: set-up ## from a report to the right pictures, by real keys; last line: figures as JSON
	@$(PY) -m tests.bench.show_desk $(ARGS)

windows: ## the installer for Windows, built here (needs a Python 3.13); into out/windows
	@$(SET_UP) windows
	@$(PY) packaging/windows/build.py $(ARGS)

show-windows: ## that installer under Wine: installed, tested, upgraded, removed; last line: JSON
	@$(SET_UP) windows
	@$(PY) -m tests.bench.show_windows $(ARGS)

linux: set-up ## the packages for Debian, console and hub; into out/linux
	@PYTHONPATH=packaging $(PY) -m linux.build $(ARGS)

show-linux: ## those packages in a fresh Debian: installed, tested, upgraded, removed; as root; last line: JSON
	@$(SET_UP) linux
	@$(PY) -m tests.bench.show_linux $(ARGS)

show-sharing: set-up ## sharing, end to end, in three minutes; last line: figures as JSON
	@$(PY) -m tests.bench.show_sharing $(ARGS)

fmt: set-up ## format, and mend what can be mended without a thought
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

translations: set-up ## read new words into the .ts, compile the .qm
	$(PY) packaging/translations.py

locks: set-up ## lock the newest allowed versions (UPGRADE=1), with hashes and without an index address
	UPGRADE=$(UPGRADE) packaging/lock.sh

set-up:
	@$(SET_UP) dev

clean: ## what was built; profiles and recordings are elsewhere
	rm -rf .venv .venv-bench .cache .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis out build dist
	find resources -name '*.qm' -delete
