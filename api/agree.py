"""What `agree` prints and writes."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from annotate.accounts import email_of
from annotate.adjudicate import disputed
from annotate.agreement import Agreement, Confusion, measure_agreement
from annotate.errors import AgreementError
from annotate.gold import LabelledSentence, load_labels
from seeds.codebook import Codebook, load_codebook
from seeds.files import write_text

_SHOWN = 10  # confused pairs


def run_agreement(
    path: Path, accounts: str | None, figures: Path | None
) -> Iterator[str]:
    """Yield the tables of two accounts' agreement; write the figures where asked.

    Args:
        path: of a label file.
        accounts: two, a comma between: as they stand in the votes, or as given to
            `labels answer`; the busiest two where left out.
        figures: a JSON file.

    Raises:
        LabelFileError: the file is damaged.
        AgreementError: there are no two accounts to compare.
    """
    codebook = load_codebook()
    rows = load_labels(path, codebook)
    names = _accounts(accounts, rows) if accounts else None
    found = measure_agreement(rows, codebook.codes, names)
    yield from _tables(found, codebook)
    yield f"sentences to be decided: {len(disputed(rows))}"
    if figures:
        text = json.dumps(_figures(found), ensure_ascii=False, indent=1)
        write_text(figures, text + "\n")


def _accounts(names: str, rows: list[LabelledSentence]) -> tuple[str, str]:
    known = {vote.account for row in rows for vote in row.votes}
    found = [name.strip() for name in names.split(",") if name.strip()]
    if len(found) != 2:
        raise AgreementError(f"{names!r}: two accounts are compared, not {len(found)}")
    first, second = (name if name in known else email_of(name) for name in found)
    return first, second


def _tables(found: Agreement, codebook: Codebook) -> Iterator[str]:
    first, second = found.accounts
    yield f"{found.sentences} sentences answered by {first} and {second}"
    yield f"Krippendorff's alpha (MASI): {_shown(found.alpha)}"
    if found.interval:
        spread = found.interval
        yield (
            f"95 %: {spread.low:.3f} to {spread.high:.3f} "
            f"({spread.clusters} top-level sections drawn)"
        )
    yield f"same themes: {found.exact:.3f}"
    yield ""
    yield f"{'theme':16}{'kappa':>12}{'positive':>12}{'first':>8}{'second':>8}"
    for theme in found.themes:
        yield (
            f"{theme.theme:16}{_shown(theme.kappa):>12}{_shown(theme.positive):>12}"
            f"{theme.first:8.3f}{theme.second:8.3f}"
        )
    yield ""
    for report, value in found.reports.items():
        yield f"{report:32}{_shown(value):>12}"
    yield ""
    for confusion in found.confusions[:_SHOWN]:
        yield from _confusion(confusion, codebook)
    yield ""
    same, several = found.same_order
    yield f"same themes, two or more: {several}, of these in the same order: {same}"
    yield f"the same comment from both: {len(found.same_comments)}"
    yield from (f"  {key}" for key in found.same_comments)


def _confusion(confusion: Confusion, codebook: Codebook) -> Iterator[str]:
    one, other = (
        codebook.name(code) if code else "—"
        for code in (confusion.one, confusion.other)
    )
    yield f"{confusion.count:4d}  {one} / {other}"
    for row in confusion.examples:
        yield f"        {row.key}  {row.text}"


def _shown(value: float | None) -> str:
    return "not defined" if value is None else f"{value:.3f}"


def _figures(found: Agreement) -> dict[str, Any]:
    same, several = found.same_order
    return {
        **{
            name: getattr(found, name)
            for name in ("accounts", "sentences", "alpha", "exact", "reports")
        },
        "interval": asdict(found.interval) if found.interval else None,
        "themes": {theme.theme: asdict(theme) for theme in found.themes},
        "confusions": [
            {
                "themes": [pair.one, pair.other],
                "count": pair.count,
                "examples": [row.key for row in pair.examples],
            }
            for pair in found.confusions
        ],
        "same_comments": found.same_comments,
        "same_order": {"same": same, "of": several},
    }
