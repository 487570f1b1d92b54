# Shopbell. `make run` opens the program, `make test` tries all of it, `make help` lists the rest.
# Missing system packages are installed where that is needed (see .ci/need); nothing else on the system is changed.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run build test lint vet bench fuzz clean need-go

GOLANGCI := github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
# The build tag by which Fyne knows that all changes to the window are made through fyne.Do.
TAGS     := migrated_fynedo
ARGS     ?=
FUZZTIME ?= 5s
BENCH    ?= .
TIMEOUT  ?= 30m

export GOFLAGS := $(strip $(GOFLAGS) -buildvcs=false -tags=$(TAGS))
export LANG := C.UTF-8

help: ## this list
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

run: build ## build and open the window (ARGS='--home DIR' passes flags on)
	@if [[ -z "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ]]; then \
		echo "Shopbell was built, but there is no screen here to open its window on (neither DISPLAY nor WAYLAND_DISPLAY is set)." >&2; \
		echo "On a server, run it without a window:  bin/shopbell station   (shopbell station --help tells more)" >&2; \
		exit 1; \
	fi
	@exec bin/shopbell $(ARGS)

build: need-go ## build all programs into bin/
	@.ci/need build
	@mkdir -p bin
	go build -o bin/ ./cmd/...

test: need-go ## run all tests with the race detector, with a private PostgreSQL, keyring and screen
	@.ci/need build test
	@.ci/bed go test -race -timeout $(TIMEOUT) ./...

lint: need-go ## golangci-lint, as .golangci.yml says
	@.ci/need build
	GOFLAGS=-buildvcs=false go run $(GOLANGCI) run

vet: need-go ## go vet and gofmt
	@.ci/need build
	go vet ./...
	@unformatted=$$(gofmt -l $$(go list -f '{{.Dir}}' ./...)); if [[ -n $$unformatted ]]; then echo "not gofmt'd:"; echo "$$unformatted"; exit 1; fi

bench: need-go ## run the benchmarks and set each against its limit (BENCH=pattern)
	@.ci/need build test
	@SHOPBELL_BENCH_CACHE="$${XDG_CACHE_HOME:-$$HOME/.cache}" .ci/bed .ci/bench '$(BENCH)'

fuzz: need-go ## fuzz every fuzz target for FUZZTIME (5s)
	@.ci/need build
	@.ci/fuzz $(FUZZTIME)

clean: ## remove what was built
	rm -rf bin
	go clean -testcache

need-go:
	@command -v go >/dev/null || { echo "Go is missing. Install Go $$(sed -n 's/^go //p' go.mod) or newer from https://go.dev/dl and put it on the PATH." >&2; exit 1; }
