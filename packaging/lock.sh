#!/usr/bin/env bash
# Writes the lock files anew (make locks). No index address, no annotation: two people who lock the
# same versions get the same bytes, wherever they get their packages from.
set -euo pipefail
cd "$(dirname "$0")/.."

lock() {
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-annotate --no-header --no-emit-index-url --no-emit-find-links \
        ${UPGRADE:+--upgrade} "$@"
}

lock pyproject.toml --output-file packaging/requirements.lock
# The tools must not move the product's own versions.
lock pyproject.toml --group dev --constraint packaging/requirements.lock \
    --output-file packaging/requirements-dev.lock
lock packaging/requirements-bench.in pyproject.toml --constraint packaging/requirements.lock \
    --output-file packaging/requirements-bench.lock
# The console for Windows: the versions of the product's own lock, as wheels of that system.
.venv/bin/uv pip compile --quiet pyproject.toml --constraint packaging/requirements.lock \
    --python-platform x86_64-pc-windows-msvc --python-version 3.13 --only-binary :all: \
    --generate-hashes --no-annotate --no-header --no-emit-index-url --no-emit-find-links \
    --output-file packaging/windows/requirements.lock
