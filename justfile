# Every command of the laboratory. `just` alone lists them.

laboratory := "cargo run --release --quiet --package semiclassical-experiments --bin semiclassical --"

# List the recipes
default:
    @just --list --unsorted

# The report is rendered whatever the verdicts are; the exit status is that of the verdicts.
[doc('Verify every claim (standard tier), then regenerate tables, figures and the report')]
verify-theorems: build
    {{laboratory}} verify --tier standard; status=$?; {{laboratory}} report && exit $status

# Verify every claim on short ladders, without touching the committed reports
verify-quick: build
    {{laboratory}} verify --tier quick --reports target/reports-quick

# Regenerate tables, figures and the report from what is stored, computing nothing
report: build
    {{laboratory}} report

# The same and the whole report as one page that works offline, reports/index.html
page: build
    {{laboratory}} report --html

# The figures are part of the report
figures: report

# Every test: units, laws, controls, house rules, documentation
test:
    INSTA_UPDATE=no cargo test --release --workspace

# The benches (criterion)
bench:
    cargo bench --workspace

# Format, clippy and documentation, each without a warning
lint:
    cargo fmt --all --check
    cargo clippy --release --workspace --all-targets -- -D warnings
    RUSTDOCFLAGS="{{header}} -D warnings" cargo doc --release --workspace --no-deps

# The documentation with its formulas, in target/doc
doc:
    cargo doc --release --workspace --no-deps

# The binary
build:
    cargo build --release --package semiclassical-experiments

header := "--html-in-header docs/katex-header.html"
