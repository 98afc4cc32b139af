"""Published models as a table for people."""

from collections.abc import Iterator
from pathlib import Path

from api.description import shown
from api.text_table import Table
from model.registry import Published, published

_HEAD = ("model", "made", "sentences", "codebook", "micro-F1", "MB", "")


def list_models(data_dir: Path) -> Iterator[str]:
    """Yield a table of the published models, oldest first, then what is wrong."""
    found = published(data_dir)
    if not found:
        yield f"no model in {data_dir}; `policy-themes train` makes one"
        return
    wrong = [shown(bundle.wrong) for bundle in found if bundle.wrong]
    title = f"models in {data_dir}"
    yield from Table(title, _HEAD, [_row(bundle) for bundle in found], wrong).lines()


def _row(bundle: Published) -> list[str]:
    state = "current" if bundle.current else ""
    return [
        shown(bundle.name),
        shown(bundle.made),
        "" if bundle.sentences is None else str(bundle.sentences),
        shown(bundle.codebook),
        "not measured" if bundle.micro_f1 is None else f"{bundle.micro_f1:.3f}",
        f"{bundle.size / 1e6:.1f}",
        f"{state} unusable".strip() if bundle.wrong else state,
    ]
