.PHONY: run build test test-engines bench format lint docs golden

run: build                      ## build and open Pharos with the sample workspace on http://127.0.0.1:8080
	.build/release/pharos serve --samples --open

build:
	scripts/setup
	swift build -c release --product pharos

test: lint                      ## everything the tests need is installed first; the browser tests run what `make run` starts
	scripts/setup test
	swift build --build-tests
	swift test --skip-build
	swift build -c release --product pharos
	PHAROS=.build/release/pharos scripts/test-browser

test-engines:                   ## the engines alone, without the web stack
	PHAROS_ONLY=WorkingTime,Markup,ProcessMining,Measures,Scheduling swift test --scratch-path .build-engines

bench:                          ## figures for docs/BENCHMARKS.md
	swift build -c release --package-path Benchmarks
	for bench in cpm "forecast --each" simulate; do Benchmarks/.build/release/pharos-bench $$bench || exit 1; done
	Benchmarks/.build/release/plan-bench

format:
	swift format format -i -p -r Sources Tests Benchmarks/Sources Package.swift

golden:                         ## write what documents and pictures look like anew; then look at git diff
	swift build --build-tests
	PHAROS_GOLDEN=write swift test --skip-build --filter GoldenTests

docs:                           ## docs/findings.md from the rules
	swift build --product pharos
	.build/debug/pharos findings > docs/findings.md

lint:                           ## what `make format` would change fails
	swift format lint -s -r Sources Tests Benchmarks/Sources Package.swift
