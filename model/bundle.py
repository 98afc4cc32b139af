"""Published models: a directory with a manifest, checked before anything is used."""

import io
import json
import shutil
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import joblib
import numpy as np

from annotate.gold import LabelledSentence, labels_hash
from model.card import write_card
from model.decide import Thresholds
from model.errors import BundleError
from model.lexicon import load_lexicon
from model.scorer import from_arrays
from model.tagger import Tagger
from seeds.codebook import load_codebook
from seeds.files import write_text

FORMAT = 1
_CURRENT = "current"
_DAMAGE = (OSError, ValueError, KeyError, TypeError, EOFError, BadZipFile)
_FILES = (
    "card.md", "metrics.json", "pipeline.joblib", "scorer.npz", "thresholds.json",
    "vocabulary.json",
)  # fmt: skip
_LIBRARIES = ("scikit-learn", "numpy", "scipy", "rjieba", "jieba")


def publish(
    model: Any,
    rows: Sequence[LabelledSentence],
    data_dir: Path,
    metrics: dict[str, Any] | None = None,
) -> Path:
    """Write a bundle beside the others and make it the current one.

    Args:
        model: a fitted `model.fit.Model`.
        rows: what it was trained on.
        data_dir: bundles go to `models/` below it.
        metrics: held-out figures; None says that nothing was measured.
    """
    from model.compile import compile_pipeline

    scorer = compile_pipeline(model.own, model.themes)
    arrays = scorer.arrays() | {
        "context_weights": model.context.weights,
        "context_bias": model.context.bias,
    }
    files = {
        "scorer.npz": _npz(arrays),
        "vocabulary.json": _json(scorer.known_words()),
        "thresholds.json": _json(
            {"theme": model.thresholds.theme, "doubt": model.thresholds.doubt}
        ),
        "metrics.json": _json(metrics or {}),
        "pipeline.joblib": _dump(model),
    }
    digest = sha256(files["scorer.npz"] + files["thresholds.json"]).hexdigest()
    name = f"{datetime.now(UTC):%Y.%m.%d}-{digest[:6]}"
    manifest = _manifest(name, model, rows)
    files["card.md"] = write_card(manifest, metrics).encode()
    manifest["files"] = {
        file: {"sha256": sha256(data).hexdigest(), "size": len(data)}
        for file, data in files.items()
    }
    files["manifest.json"] = _json(manifest)
    folder = data_dir / "models" / name
    beside = folder.with_name(f".{name}.part")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    for file, data in files.items():
        (beside / file).write_bytes(data)
    shutil.rmtree(folder, ignore_errors=True)
    beside.rename(folder)
    make_current(folder)
    return folder


def make_current(folder: Path) -> None:
    """Point to a bundle of the same place; whoever loads from now on gets it."""
    write_text(folder.with_name(_CURRENT), f"{folder.name}\n")


def current(data_dir: Path) -> Path:
    """Return the folder of the bundle in use.

    Raises:
        BundleError: none is published there.
    """
    pointer = data_dir / "models" / _CURRENT
    try:
        name = pointer.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise BundleError(
            f"{pointer}: no model is published here; `policy-themes train` makes one"
        ) from error
    folder = pointer.with_name(name)
    if not name or folder.parent != pointer.parent or not folder.is_dir():
        raise BundleError(f"{pointer}: points to {name!r}, which is not there")
    return folder


def load_tagger(folder: Path) -> Tagger:
    """Load a bundle after checking all of it; no pickle is opened.

    Raises:
        BundleError: says what was expected and what was found.
    """
    manifest = _checked_manifest(folder)
    try:
        # allow_pickle is off: an array of objects is refused.
        with (
            (folder / "scorer.npz").open("rb") as file,
            np.load(file, allow_pickle=False) as archive,
        ):
            arrays = {name: archive[name] for name in archive.files}
        weights, bias = arrays.pop("context_weights"), arrays.pop("context_bias")
        words = json.loads((folder / "vocabulary.json").read_text(encoding="utf-8"))
        limits = json.loads((folder / "thresholds.json").read_text(encoding="utf-8"))
        name, themes = str(manifest["name"]), tuple(manifest["themes"])
        trained_on = frozenset(manifest["trained_on"])
        thresholds = Thresholds(float(limits["theme"]), float(limits["doubt"]))
        scorer = from_arrays(arrays, words)
        if not (np.isfinite(weights).all() and np.isfinite(bias).all()):
            raise ValueError("the second stage's weights hold NaN or infinity")
        metrics = json.loads((folder / "metrics.json").read_text(encoding="utf-8"))
    except _DAMAGE as error:
        raise BundleError(f"{folder.name}: damaged: {error}") from error
    card = {k: v for k, v in manifest.items() if k not in ("files", "trained_on")}
    return Tagger(
        name=name,
        codebook=manifest["codebook"]["version"],
        themes=themes,
        trained_on=trained_on,
        scorer=scorer,
        weights=weights,
        bias=bias,
        thresholds=thresholds,
        card=card | {"metrics": metrics},
    )


def load_model(folder: Path) -> Any:
    """Load the scikit-learn form of a bundle, after its hash was found right."""
    _checked_manifest(folder)
    return joblib.load(io.BytesIO((folder / "pipeline.joblib").read_bytes()))


def _checked_manifest(folder: Path) -> dict[str, Any]:
    try:
        text = (folder / "manifest.json").read_text(encoding="utf-8")
        manifest: dict[str, Any] = json.loads(text)
        listed = manifest["files"]
        _expect(folder, "format", FORMAT, manifest["format"])
        codebook = load_codebook()
        _expect(
            folder,
            "codebook",
            codebook.fingerprint,
            manifest["codebook"]["fingerprint"],
        )
        _expect(folder, "themes", list(codebook.codes), manifest["themes"])
        _expect(folder, "files", list(_FILES), sorted(listed))
        for name, facts in listed.items():
            data = (folder / name).read_bytes()
            _expect(folder, f"size of {name}", facts["size"], len(data))
            found = sha256(data).hexdigest()
            _expect(folder, f"sha256 of {name}", facts["sha256"], found)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BundleError(f"{folder.name}: no whole bundle: {error}") from error
    return manifest


def _expect(folder: Path, what: str, expected: object, found: object) -> None:
    if expected != found:
        raise BundleError(f"{folder.name}: {what}: expected {expected}, found {found}")


def _manifest(
    name: str, model: Any, rows: Sequence[LabelledSentence]
) -> dict[str, Any]:
    codebook = load_codebook()
    return {
        "name": name,
        "format": FORMAT,
        "made": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "themes": list(model.themes),
        "codebook": {
            "version": codebook.version,
            "fingerprint": codebook.fingerprint,
        },
        "labels": {
            "sha256": labels_hash(rows),
            "report": sum(row.origin == "report" for row in rows),
            "authored": sum(row.origin == "authored" for row in rows),
        },
        "lexicon": load_lexicon(model.themes).fingerprint,
        "libraries": {library: version(library) for library in _LIBRARIES},
        "commit": _commit(),
        "trained_on": sorted({row.sha256 for row in rows if row.sha256}),
    }


def _commit() -> str:
    """Return the git commit of the code, or `unknown` outside a checkout."""
    command = ["git", "-C", str(Path(__file__).parent), "rev-parse", "HEAD"]
    try:
        done = subprocess.run(  # noqa: S603  fixed command
            command, capture_output=True, text=True, check=True, timeout=10
        )
    except (OSError, subprocess.SubprocessError):
        return "unknown"
    return done.stdout.strip()


def _npz(arrays: dict[str, Any]) -> bytes:
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)
    return buffer.getvalue()


def _dump(model: Any) -> bytes:
    buffer = io.BytesIO()
    joblib.dump(model, buffer, compress=3)
    return buffer.getvalue()


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
