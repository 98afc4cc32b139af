#!/bin/sh
# Makes the hash-locked requirements anew. No index or link line may get into them.
set -eu
cd "$(dirname "$0")/.."
flags="--quiet --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links --python-version 3.11"
uv pip compile pyproject.toml --extra annotate --group dev $flags -o requirements/dev.lock >/dev/null
uv pip compile pyproject.toml -c requirements/dev.lock $flags -o requirements/product.lock >/dev/null
uv pip compile pyproject.toml --extra annotate -c requirements/dev.lock $flags -o requirements/annotate.lock >/dev/null
uv pip compile requirements/studio.in $flags -o requirements/studio.lock >/dev/null
echo "locked: $(ls requirements/*.lock | tr '\n' ' ')"
