"""Held-out decisions as records of the output contract."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from api.records import contract
from model.evaluate import HeldOut
from model.records import Decision
from seeds.codebook import Codebook
from seeds.corpus import seed_reports


def held_out_records(held: HeldOut, codebook: Codebook) -> Iterator[dict[str, Any]]:
    """Yield a record for each held-out sentence of the five reports."""
    decided: dict[tuple[str, int, int], Decision] = {}
    for row, p, chosen, doubt in zip(
        held.rows, held.probabilities, held.chosen, held.uncertain, strict=True
    ):
        order = [int(i) for i in (-p).argsort(kind="stable") if chosen[i]]
        scores = {c: round(float(x), 4) for c, x in zip(codebook.codes, p, strict=True)}
        names = tuple(codebook.codes[i] for i in order)
        decided[row.report, row.start, row.end] = Decision(names, scores, bool(doubt))
    for report in seed_reports():
        places = [(report.source, s.start, s.end) for s in report.sentences]
        pairs = zip(report.sentences, places, strict=True)
        kept = tuple(sentence for sentence, place in pairs if place in decided)
        decisions = [decided[place] for place in places if place in decided]
        only = replace(report, sentences=kept)
        yield from contract(only, decisions, codebook, "held-out")
