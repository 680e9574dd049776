# make run   install, bring the data up to date, serve the dashboard
# make test  install what tests need, then lint, types, unit, pages, browser
# make bench compare with pages in Dash, Panel, folium and bare Leaflet that do the same job, and measure the rest; ROUNDS=4
#            is quicker, NATIONS="--keep FOLDER" goes to 84,000 villages; the tables are written as JSON to tests/bench/hasil too
# make lock  write requirements*.txt, with hashes, from requirements*.in; RAISE=--upgrade raises what those leave open
PORT ?= 8501
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
S3 := .venv-s3
KKB_DATA ?= var
ROUNDS ?= 12
NATIONS ?= --villages 131 2000
RESULTS := tests/bench/hasil
export KKB_DATA

.PHONY: run data test bench lock chromium postgres s3 clean

$(VENV)/.run: requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	touch $@

$(VENV)/.test: requirements-test.txt $(VENV)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.txt
	touch $@

$(VENV)/.bench: requirements-bench.txt $(VENV)/.test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.txt
	touch $@

data: $(VENV)/.run
	$(BIN)/python -m kkb build

run: data
	$(BIN)/python -m streamlit run app.py --server.port $(PORT)

chromium:
	@sh tests/chromium.sh

postgres:
	@sh tests/postgres.sh

$(S3)/.run: requirements-s3.txt
	$(PYTHON) -m venv $(S3)
	$(S3)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-s3.txt
	touch $@

s3: $(S3)/.run

test: $(VENV)/.test chromium postgres s3
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest

bench: $(VENV)/.bench data chromium postgres
	mkdir -p $(RESULTS)
	$(BIN)/python -m tests.bench.run --rounds $(ROUNDS) --json $(RESULTS)/halaman.json
	$(BIN)/python -m tests.bench.skala $(NATIONS) --json $(RESULTS)/skala.json
	$(BIN)/python -m tests.bench.classify
	$(BIN)/python -m tests.bench.impor
	$(BIN)/python -m tests.bench.rapat
	$(BIN)/python -m tests.bench.satu
	$(BIN)/python -m tests.bench.danau
	$(BIN)/python -m tests.bench.beban --json $(RESULTS)/beban.json

LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-emit-index-url \
	--custom-compile-command "make lock" $(RAISE)
lock: $(VENV)/.test
	for set in requirements requirements-danau requirements-test requirements-bench requirements-s3; do $(LOCK) $$set.in -o $$set.txt || exit 1; done

clean:
	rm -rf $(VENV) $(S3) .mypy_cache .pytest_cache .ruff_cache
