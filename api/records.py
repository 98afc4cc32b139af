"""The output contract: one record a sentence, the same for files, service and page."""

from collections.abc import Iterator, Sequence
from typing import Any

from model.records import Decision, Evidence
from model.tagger import Tagger
from seeds.codebook import Codebook
from seeds.records import Report


def records(
    report: Report, tagger: Tagger, codebook: Codebook, evidence: bool = True
) -> Iterator[dict[str, Any]]:
    """Tag a report and yield one record a sentence, in order."""
    decisions = tagger.tag_report(report, evidence)
    return contract(report, decisions, codebook, tagger.name)


def contract(
    report: Report, decisions: Sequence[Decision], codebook: Codebook, model: str
) -> Iterator[dict[str, Any]]:
    """Yield the records of decisions that were made already."""
    for sentence, decision in zip(report.sentences, decisions, strict=True):
        yield {
            "report": report.source,
            "file_sha256": report.sha256,
            "index": sentence.index,
            "start": sentence.start,
            "end": sentence.end,
            "text": report.slice(sentence),
            "section": sentence.section,
            "headings": list(sentence.headings),
            "half": sentence.half,
            "cue": sentence.cue,
            **decided(decision, codebook),
            "model": model,
            "codebook": codebook.version,
        }


def decided(decision: Decision, codebook: Codebook) -> dict[str, Any]:
    """Return the part of a record that the model decides."""
    return {
        "themes": list(decision.themes),
        "names": [codebook.name(code) for code in decision.themes],
        "scores": decision.scores,
        "uncertain": decision.uncertain,
        "evidence": [_evidence(piece) for piece in decision.evidence],
    }


def _evidence(piece: Evidence) -> dict[str, Any]:
    return {
        "theme": piece.theme,
        "start": piece.start,
        "end": piece.end,
        "share": piece.share,
        "from": piece.source,
    }
