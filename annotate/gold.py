"""Labelled sentences and the files that hold them (one JSON object a line)."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, get_args

from annotate.errors import LabelFileError
from annotate.lines import Kind, check_fields, read_lines
from annotate.rules import row_problem
from seeds.codebook import Codebook
from seeds.files import write_text
from seeds.records import Half, Report, Sentence

LABELS = Path(__file__).with_name("labels")
Origin = Literal["report", "authored"]
Role = Literal["annotator", "adjudicator"]
_TEXTS = ("origin", "report", "sha256", "text", "section", "half", "cue")
_ROW: dict[str, Kind] = {
    **dict.fromkeys(_TEXTS, str),
    **dict.fromkeys(("index", "start", "end", "paragraph"), int),
    **dict.fromkeys(("headings", "themes"), list[str]),
    "votes": list[dict[str, Any]],
}
_VOTE: dict[str, Kind] = {"account": str, "at": str, "themes": list[str]}


@dataclass(frozen=True, slots=True)
class Vote:
    """One annotator's themes for one sentence."""

    account: str
    at: str  # ISO time, "" if unknown
    themes: tuple[str, ...]
    comment: str = ""
    discuss: bool = False  # 需讨论
    role: Role = "annotator"  # an adjudicator's vote decides and gives its reason


@dataclass(frozen=True, slots=True)
class LabelledSentence:
    """A sentence in its context with its votes and its adjudicated themes.

    Sentences of one `report` stand in the file in their order: the neighbours of a
    sentence are its neighbours in the list. Authored sentences have a passage's name
    instead of a report's; `start` and `end` are then positions in the row of passages.
    """

    origin: Origin
    report: str  # file name (and #n) of the report, name of the authored passage
    sha256: str  # of the report's bytes, "" for authored ones
    index: int  # in the report or passage
    start: int
    end: int
    text: str  # normalised
    section: str
    headings: tuple[str, ...]
    paragraph: int
    half: Half
    cue: str
    themes: tuple[str, ...]
    votes: tuple[Vote, ...] = ()
    meta: tuple[tuple[str, str], ...] = ()  # of authored ones: year, level, register

    @property
    def key(self) -> str:
        """Report (or passage), span and a hash of the text: where votes belong."""
        return sentence_key(self.sha256 or self.report, self.start, self.end, self.text)

    @property
    def group(self) -> str:
        """The file or passage: never split between training and scoring."""
        return self.sha256 or self.report


def sentence_key(owner: str, start: int, end: int, text: str) -> str:
    """Return the stable key of a sentence: `12 hex digits:start:end:8 hex digits`.

    Args:
        owner: sha256 of the report's file, or the name of an authored passage.
        start: first code point in the report's text.
        end: one past the last.
        text: the normalised sentence.
    """
    digest = sha256(text.encode("utf-8")).hexdigest()[:8]
    return f"{owner[:12]}:{start}:{end}:{digest}"


def labelled(
    report: Report,
    sentence: Sentence,
    themes: Sequence[str],
    votes: Sequence[Vote] = (),
) -> LabelledSentence:
    """Join a report's sentence with what was decided about it."""
    return LabelledSentence(
        origin="report",
        report=report.source,
        sha256=report.sha256,
        **asdict(sentence),
        themes=tuple(themes),
        votes=tuple(votes),
    )


def load_labels(
    path: Path, codebook: Codebook, once: bool = True
) -> list[LabelledSentence]:
    """Read a label file.

    Args:
        path: the file.
        codebook: the themes.
        once: whether a key that stands twice is refused.

    Raises:
        LabelFileError: names file and line of a half-written line, an unknown theme,
            more than three themes, a doubled key, a span that holds no text, an empty
            text or a field of the wrong type.
    """
    rows: list[LabelledSentence] = []
    seen: dict[str, int] = {}
    for number, data in read_lines(path):
        try:
            row = row_from_json(data)
        except ValueError as error:
            raise LabelFileError(str(path), number, f"not a label: {error}") from error
        problem = row_problem(row, codebook)
        if row.key in seen:
            problem = f"key {row.key} stands in line {seen[row.key]} already"
        if problem:
            raise LabelFileError(str(path), number, problem)
        if once:
            seen[row.key] = number
        rows.append(row)
    return rows


def save_labels(path: Path, rows: Iterable[LabelledSentence]) -> None:
    """Write a label file, whole or not at all."""
    lines = [json.dumps(row_to_json(row), ensure_ascii=False) for row in rows]
    write_text(path, "".join(f"{line}\n" for line in lines))


def labels_hash(rows: Iterable[LabelledSentence]) -> str:
    """Return a hash of keys and themes: what a model was trained on."""
    lines = [f"{row.key} {','.join(row.themes)}\n" for row in rows]
    return sha256("".join(lines).encode("utf-8")).hexdigest()


def check_spans(
    rows: Iterable[LabelledSentence], reports: Sequence[Report], path: Path
) -> None:
    """Check that the rows of these reports are sentences as they are read now.

    Raises:
        LabelFileError: names the first row that is none.
    """
    known = {report.sha256: len(report.text) for report in reports}
    keys = {
        sentence_key(report.sha256, s.start, s.end, s.text)
        for report in reports
        for s in report.sentences
    }
    for number, row in enumerate(rows, 1):
        if row.sha256 in known and row.key not in keys:
            off = row.end > known[row.sha256]
            what = "span off the text" if off else "read otherwise now"
            how = "run `policy-themes labels rebase`"
            raise LabelFileError(str(path), number, f"{what}: {row.key}; {how}")


def row_to_json(row: LabelledSentence) -> dict[str, Any]:
    """Return a row as it stands in a file."""
    data = asdict(row)
    data["meta"] = dict(row.meta)
    for vote in data["votes"]:
        if vote["role"] == "annotator":
            del vote["role"]
    return data


def row_from_json(data: dict[str, Any]) -> LabelledSentence:
    """Return the row of a line of a file.

    Raises:
        ValueError: names the field that is missing, unknown or of the wrong type.
    """
    check_fields(data, _ROW, {"meta": dict})
    meta = data.get("meta", {})
    check_fields(meta, {}, dict.fromkeys(meta, str))
    return LabelledSentence(
        **{
            **data,
            "headings": tuple(data["headings"]),
            "themes": tuple(data["themes"]),
            "votes": tuple(vote_from_json(vote) for vote in data["votes"]),
            "meta": tuple(meta.items()),
        }
    )


def vote_from_json(data: dict[str, Any]) -> Vote:
    """Return the vote of a line of a file.

    Raises:
        ValueError: names the field that is missing, unknown or of the wrong type.
    """
    check_fields(data, _VOTE, {"comment": str, "discuss": bool, "role": str})
    if data.get("role", "annotator") not in get_args(Role):
        raise ValueError(f"unknown role {data['role']!r}")
    return Vote(**{**data, "themes": tuple(data["themes"])})
