# Every target says what it does behind ##; `make help` lists them.
BIN := .venv/bin
.DEFAULT_GOAL := help
.PHONY: help install check live lint format types layers test index cli-reference limits-reference criteria-reference requirements starter-db sensor bench growth fuzz console life wheel changelog clean

help:  ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install:  ## Install everything that development needs into .venv
	@./check --version >/dev/null

check:  ## Style, types, layers and all tests
	@./check

live:  ## The same with every real part installed (as root); a skip is a failure
	@OAKUM_LIVE=all ./check

lint: install  ## ruff, all rules
	@$(BIN)/ruff check src tests bench scripts hatch_build.py && $(BIN)/ruff format --check src tests bench

format: install  ## Format the sources
	@$(BIN)/ruff check --fix-only src tests bench scripts hatch_build.py; $(BIN)/ruff format src tests bench

types: install  ## mypy --strict
	@$(BIN)/mypy

layers: install  ## The contracts between the rooms
	@$(BIN)/lint-imports

test: install  ## The tests alone
	@$(BIN)/python -m pytest

index: install  ## Derive the index of every plug-in folder
	@$(BIN)/python scripts/make_index.py

cli-reference: install  ## Write docs/reference/cli.md out of the help texts
	@$(BIN)/python scripts/make_cli_reference.py

limits-reference: install  ## Write docs/reference/limits.md out of kit/limits.py
	@$(BIN)/python scripts/make_limits_reference.py

criteria-reference: install  ## Write docs/reference/criteria.md out of the criteria
	@$(BIN)/python scripts/make_criteria_reference.py

requirements: install  ## Pin every requirement anew, with hashes
	@for list in uv run dev; do $(BIN)/uv pip compile -q --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-annotate --no-header --upgrade requirements/$$list.in -o requirements/$$list.txt; done

starter-db: install  ## Make the starter data: make starter-db BASE=folder-in-osv-layout
	@test -n "$(BASE)" || { echo "say where the advisories are: make starter-db BASE=..."; exit 64; }
	@$(BIN)/oakum db build --starter --from "$(BASE)" --out src/oakum/intel/starter.db.zst

sensor:  ## Build the kernel sensor's object (needs clang, llvm, libbpf-dev and bpftool)
	@$(MAKE) -s -C bpf

console:  ## Build the web console (needs Node.js 20 or newer)
	@cd web && npm ci --no-audit --no-fund --loglevel=error && npm run -s build

life: install sensor console  ## One container's whole life, for real, as root: make life [SCREENS=DIR]
	@$(BIN)/python -m bench.life $(if $(SCREENS),--screens $(SCREENS))

bench: install  ## Paired benchmarks: make bench IMAGES=… PEERS=… ADVISORIES=… (bench/README.md)
	@$(BIN)/python -m bench.run --images "$(IMAGES)" --peers "$(PEERS)" --advisories "$(ADVISORIES)" --write

fuzz: install  ## Fuzz every parser of hostile bytes: make fuzz SECONDS=3600 [ONLY="cataloger- wire-"]
	@PYTHONPATH=src $(BIN)/python -m bench.fuzz --seconds "$(or $(SECONDS),600)" --seed "$(or $(SEED),1)" --only $(ONLY)

growth: install  ## How cost grows with layers, files, packages and sizes; writes docs/reference/growth.md
	@$(BIN)/python -m bench.growth --write

wheel: install  ## Build the wheel, with sealed indexes
	@$(BIN)/uv build --wheel --no-build-isolation --python $(BIN)/python

changelog: install  ## Show what the next release's changelog says
	@$(BIN)/towncrier build --draft --version next

clean:  ## Remove everything that was made here
	@rm -rf .venv dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find src tests bench scripts -name __pycache__ -prune -exec rm -rf {} + ; find src -name _index.json -delete
