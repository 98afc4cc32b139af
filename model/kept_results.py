"""Results kept in a file, so that a run that was stopped goes on where it stopped."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

from annotate.gold import LabelledSentence, labels_hash
from model.fit import Recipe
from seeds.files import write_lines

# Modules that measure or serve, and do not change what is learned.
_APART = frozenset(
    {
        "ablation.py", "baselines.py", "bundle.py", "compile.py", "confusions.py",
        "coverage.py", "deletion.py", "evaluate.py", "evidence.py",
        "fasttext_baseline.py", "intervals.py", "kept_results.py",
        "leak.py", "learning_curve.py", "metrics.py", "near.py", "outside.py", "processes.py",
        "records.py", "registry.py", "rivals.py", "scorer.py", "shares.py", "single.py", "tagger.py",
        "train.py", "trie.py",
    }
)  # fmt: skip


class KeptResults:
    """Results by key, one JSON object a line; each new one is written at once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        self._found: dict[str, Any] = {}
        for line in lines:
            entry = json.loads(line)
            self._found[entry["key"]] = entry["result"]

    def get(self, key: str) -> Any:
        """Return the result of a key, None where there is none."""
        return self._found.get(key)

    def put(self, key: str, result: Any) -> None:
        """Keep a result; the file is written whole."""
        self._found[key] = result
        write_lines(
            self._path,
            (
                json.dumps({"key": key, "result": result}, ensure_ascii=False)
                for key, result in self._found.items()
            ),
        )


def key_of(what: str, recipe: Recipe, labels: Iterable[LabelledSentence]) -> str:
    """Return a key that changes with the recipe, the labels and the code that learns.

    Args:
        what: words that tell the result apart.
        recipe: what is trained.
        labels: what it is trained on and scored on.
    """
    parts = json.dumps(asdict(recipe), sort_keys=True), labels_hash(labels), _code()
    return f"{what} {sha256(' '.join(parts).encode()).hexdigest()[:16]}"


def _code() -> str:
    """Return a hash of the modules and data files that change what is learned."""
    files = sorted(
        path
        for path in Path(__file__).parent.iterdir()
        if path.suffix in (".py", ".toml", ".txt") and path.name not in _APART
    )
    return sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
