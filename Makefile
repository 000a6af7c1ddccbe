# Everything a fresh machine needs: Python 3.11+, make, git. Node is taken from PyPI where there is none.
PYTHON ?= python3
DATA ?= var/data
HOST ?= 127.0.0.1
PORT ?= 8050
BIN := .venv/bin

.PHONY: run test check bench clean

run: .venv/run node_modules/.installed ## install, make the demonstration district once, serve
	@test -f $(DATA)/store/current.json || $(BIN)/python -m geodata demo --data $(DATA)
	@exec $(BIN)/python app.py --host $(HOST) --port $(PORT) --data $(DATA)

test: .venv/dev node_modules/.installed ## every test, browser journeys included
	@tools/browser
	$(BIN)/python -m pytest -n 2 --dist loadscope --no-loadscope-reorder

check: .venv/dev ## format, lint, types, generated docs up to date
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m docs.generate --check

bench: .venv/dev node_modules/.installed ## the tables of benchmarks/, printed
	@tools/browser
	$(BIN)/python -m benchmarks

.venv/run: requirements.txt
	$(PYTHON) tools/venv requirements.txt
	@$(BIN)/python -m geodata.addresses.ahead
	@touch $@

.venv/dev: requirements.txt requirements-dev.txt
	$(PYTHON) tools/venv requirements-dev.txt
	@$(BIN)/python -m geodata.addresses.ahead
	@touch $@ .venv/run

node_modules/.installed: package.json package-lock.json
	$(PYTHON) tools/node_packages
	@touch $@

clean: ## what can be made again
	rm -rf .venv node_modules var .pytest_cache .mypy_cache .ruff_cache
