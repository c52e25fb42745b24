# The commands of this repository, each written once: people run `just NAME`, .ci/run runs the same recipes.
# `just` comes with the test extra as .venv/bin/just. The tools of .venv are found without activating it.

export PATH := justfile_directory() / ".venv/bin:" + env("PATH")

_list:
    @just --list --unsorted

# find faults in the code, wrong layout, and lines that a merge left over
lint: conflicts
    ruff check .
    ruff format --check .
    lint-imports

# mend the layout of the code, and the faults that can be mended without a thought
format:
    ruff check --fix .
    ruff format .

# refuse lines that a merge left over; one example of a disclosure has them on purpose
conflicts:
    @! git grep -nE '^[[:space:]]*(<{7}|\|{7}|={7}|>{7})( |$)' -- . ':!LICENSE*' ':!tests/disclosures/bad/CG005-merge-conflict.yaml' \
        || { echo 'The lines above are left over from a merge: resolve them.'; exit 1; }

# check the types
types:
    mypy

# run the tests, or those that the arguments name
test *arguments:
    pytest -n 2 --dist worksteal {{ arguments }}

# run the tests and measure what they reach, in child processes too
coverage:
    pytest -n 2 --dist worksteal --cov

# check the data: sources, dates, lists, bounds, logic
check:
    commitgraph check

# write what the saved questions answer today to tests/answers/; then read the difference
answers:
    pytest tests/unit/test_answers.py --update-answers

# plant small faults in a copy of the code, and see whether the tests catch nine in ten (by hand: 15 minutes)
mutations *words:
    python -m tests.mutations.run {{ words }}

# run the tests that are not among the usual ones: every example in other SHACL engines, every page by axe, the steps
# of CONTRIBUTING.md (8 minutes)
long *arguments:
    pytest -m long -n 2 --dist worksteal {{ arguments }}

# fuzz each reader of disclosures and the judge for 10 s, led by what they reach (needs the extra `fuzz`)
fuzz *arguments:
    python -m tests.fuzz.run {{ arguments }}

# run the fuzz tests with many more examples, and fuzz for an hour each (by hand: it takes hours)
soak: (fuzz "--seconds" "3600")
    pytest -m soak --hypothesis-profile soak

# install from the source archive into a new environment, and use it from another folder
package:
    #!/usr/bin/env bash
    set -euo pipefail
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    python3 -m venv "$folder/env"
    "$folder/env/bin/pip" install --quiet hatchling
    "$folder/env/bin/hatchling" build --target sdist --directory "$folder"
    held=$(tar -tzf "$folder"/commitgraph-*.tar.gz)
    for file in .ci/run justfile CITATION.cff CHANGELOG.md data/bounds.toml tests/conftest.py; do
        grep -q "^[^/]*/$file$" <<< "$held" || { echo "The source archive lacks $file."; exit 1; }
    done
    if grep '^[^/]*/releases/' <<< "$held"; then
        echo 'The source archive holds the files above, which are published by themselves.'
        exit 1
    fi
    "$folder/env/bin/pip" install --quiet "$folder"/commitgraph-*.tar.gz
    cd "$folder"
    env/bin/commitgraph version
    env/bin/commitgraph who seoul-ai-business-pledge > /dev/null

# all that must hold before a change lands, in a new environment
ci:
    .ci/run
