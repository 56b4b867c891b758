# Every target is one or two lines that can be typed by hand.

.DEFAULT_GOAL := help
FUZZTIME ?= 30s
SOAKTIME ?= 10m
ORACLE_N ?= 2500
ORACLE_SEED ?= 1

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: build
build: ## build bin/veloc
	go build -o bin/ ./cmd/veloc

.PHONY: test
test: ## run all tests
	go test ./...

.PHONY: race
race: ## run the runtime's tests under the race detector
	go test -race ./runtime/...

.PHONY: lint
lint: ## gofumpt, go vet, staticcheck
	@test -z "$$(go tool gofumpt -l .)" || { go tool gofumpt -d .; exit 1; }
	go vet ./...
	go tool staticcheck ./...

.PHONY: format
format: ## format Go and SQL
	go tool gofumpt -w .
	go run ./cmd/veloc fmt -w ./examples/...

.PHONY: generate
generate: ## regenerate the examples
	go run ./cmd/veloc generate ./examples/...

.PHONY: update
update: ## rewrite golden files and scripts; review the difference
	go test ./golden ./golden/embed ./docs ./compiler/bind ./parser -update
	UPDATE_SCRIPTS=1 go test ./cmd/veloc

.PHONY: bench
bench: ## compare with hand-written Go and DuckDB on the same data
	cd bench && go run .

.PHONY: oracle
oracle: ## compare ORACLE_N (2500) random programs from ORACLE_SEED (1) on with DuckDB and the type checker
	cd bench && go test ./oracle -v -timeout 6h -run 'Differential|GeneratedCode' -oracle.n $(ORACLE_N) -oracle.seed $(ORACLE_SEED)

.PHONY: fuzz
fuzz: ## run every fuzz test for FUZZTIME (30s)
	@grep -rl --include='*_test.go' '^func Fuzz' parser compiler codegen runtime | while read -r file; do \
		for name in $$(sed -n 's/^func \(Fuzz[A-Za-z0-9_]*\)(.*/\1/p' $$file); do \
			echo "== $$name ($$file)"; \
			go test -run '^$$' -fuzz "^$$name\$$" -fuzztime $(FUZZTIME) ./$$(dirname $$file) || exit 1; \
		done; \
	done

.PHONY: soak
soak: ## run every fuzz test for SOAKTIME (10m)
	$(MAKE) fuzz FUZZTIME=$(SOAKTIME)

.PHONY: ci
ci: ## everything that has to hold before a change is merged
	.ci/run
