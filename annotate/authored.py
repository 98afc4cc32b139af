"""What authors write, turned into label rows of origin `authored`.

A line of an author's file is a passage or a single sentence:

    {"kind": "passage", "meta": {…}, "headings": […],
     "sentences": [{"text": "…", "themes": […], "new_paragraph": true}]}
    {"kind": "single", "meta": {…}, "text": "…", "themes": […]}

`themes2` beside `themes` are a second annotator's, given without seeing the first;
`headings` in a sentence of a passage is the path from there on.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from annotate.errors import AuthoredError, LabelFileError
from annotate.gold import LabelledSentence, Vote
from annotate.lines import check_fields, read_lines
from annotate.rules import themes_problem
from seeds.clean import View, squeeze, view
from seeds.codebook import Codebook
from seeds.cues import BRACKET_CUE, cue_names
from seeds.outline import build_outline
from seeds.pieces import Piece
from seeds.records import Half
from seeds.split import LONGEST
from seeds.titles import Title

STRIDE = 1000  # positions between the sentences of a passage; none is so long
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,6}")  # keys hold 12 characters of a name
_MOST_LINES = 9999
_SENTENCE = {"text": str, "themes": list[str]}
_MORE = {"themes2": list[str]}


def read_authored(path: Path, name: str, codebook: Codebook) -> list[LabelledSentence]:
    """Return the label rows of an author's file.

    The n-th line becomes the passage `NAME-000n`. Texts are normalised as the reader
    does it; a duty cue in brackets goes into `cue`. A sentence with `themes2` has two
    votes, `NAME.author` and `NAME.second`.

    Raises:
        AuthoredError: the name cannot be used.
        LabelFileError: names file and line of what is wrong.
    """
    if not _NAME.fullmatch(name):
        raise AuthoredError([f"{name!r}: a name is 1 to 7 of A-Z a-z 0-9 _"])
    rows: list[LabelledSentence] = []
    for number, data in read_lines(path):
        try:
            if number > _MOST_LINES:
                raise ValueError(f"more than {_MOST_LINES} lines")
            rows.extend(_passage(data, name, number, codebook))
        except ValueError as error:
            raise LabelFileError(str(path), number, str(error)) from error
    return rows


def find_doubles(
    rows: Sequence[LabelledSentence],
    known: Iterable[LabelledSentence],
    fold: Callable[[str], str],
) -> dict[str, LabelledSentence]:
    """Return by key the new rows whose folded text stands in another row already.

    Args:
        rows: the new rows; of two equal ones the first is no double.
        known: rows of the label files.
        fold: takes away what makes no difference: figures, enumeration, case.
    """
    seen = {fold(row.text): row for row in known}
    doubles: dict[str, LabelledSentence] = {}
    for row in rows:
        other = seen.setdefault(fold(row.text), row)
        if other is not row:
            doubles[row.key] = other
    return doubles


def _passage(
    data: dict[str, Any], name: str, number: int, codebook: Codebook
) -> list[LabelledSentence]:
    """Return the rows of one line of the file."""
    if data.get("kind") == "single":
        check_fields(data, {"kind": str, "meta": dict, **_SENTENCE}, _MORE)
        sentences = [{key: data[key] for key in (*_SENTENCE, *_MORE) if key in data}]
        headings: list[str] = []
    elif data.get("kind") == "passage":
        must = {"kind": str, "meta": dict, "headings": list[str]}
        check_fields(data, {**must, "sentences": list[dict[str, Any]]})
        sentences, headings = data["sentences"], data["headings"]
    else:
        raise ValueError(f"unknown kind {data.get('kind')!r}")
    if not sentences:
        raise ValueError("a passage without a sentence")
    check_fields(data["meta"], {}, dict.fromkeys(data["meta"], str))
    place = _Place(headings, data["meta"])
    rows = []
    for index, sentence in enumerate(sentences):
        check_fields(
            sentence, _SENTENCE, _MORE | {"new_paragraph": bool, "headings": list[str]}
        )
        place.step(sentence)
        rows.append(_row(sentence, f"{name}-{number:04}", index, place, codebook))
    return rows


class _Place:
    """Where in its passage a sentence stands: headings and paragraphs are counted."""

    def __init__(self, headings: Sequence[str], meta: dict[str, str]) -> None:
        self.meta = meta
        self.path: tuple[str, ...] = ()
        self.section = self.paragraph = 0
        self._move(headings)

    def step(self, sentence: dict[str, Any]) -> None:
        """Go on to this sentence."""
        if "headings" in sentence:
            self._move(sentence["headings"])
        elif sentence.get("new_paragraph"):
            self.paragraph += 1

    def _move(self, headings: Sequence[str]) -> None:
        path = tuple(_clean(heading) for heading in headings)
        new = sum(heading not in self.path for heading in path)
        self.path = path
        self.section += new
        self.paragraph += new
        self.half = _half(path, self.meta)


def _row(
    sentence: dict[str, Any], report: str, index: int, place: _Place, codebook: Codebook
) -> LabelledSentence:
    text, cue = _without_cue(_clean(sentence["text"]))
    if not 0 < len(text) <= LONGEST:
        raise ValueError(f"sentence {index}: {len(text)} characters: {text:.20}")
    themes = _themes(sentence["themes"], index, codebook)
    votes: tuple[Vote, ...] = ()
    if "themes2" in sentence:
        account = report.partition("-")[0]
        second = _themes(sentence["themes2"], index, codebook)
        votes = (
            Vote(f"{account}.author", "", themes),
            Vote(f"{account}.second", "", second),
        )
    return LabelledSentence(
        origin="authored",
        report=report,
        sha256="",
        index=index,
        start=STRIDE * index,
        end=STRIDE * index + len(text),
        text=text,
        section=str(place.section) if place.path else "",
        headings=place.path,
        paragraph=place.paragraph,
        half=place.half,
        cue=cue,
        themes=themes,
        votes=votes,
        meta=tuple(place.meta.items()),
    )


def _themes(themes: list[str], index: int, codebook: Codebook) -> tuple[str, ...]:
    problem = themes_problem(themes, codebook)
    if problem:
        raise ValueError(f"sentence {index}: {problem}")
    return tuple(themes)


def _clean(text: str) -> str:
    clean = squeeze(view(text.replace("\n", " ")).text)
    if not clean:
        raise ValueError("an empty text")
    return clean


def _without_cue(text: str) -> tuple[str, str]:
    """Return the text without its duty cues, and the departments they name."""
    cues = [cue_names(match[0]) for match in BRACKET_CUE.finditer(text)]
    return BRACKET_CUE.sub("", text).strip(), "、".join(cue for cue in cues if cue)


def _half(headings: Sequence[str], meta: dict[str, str]) -> Half:
    """Let the reader tell the half: from the register as a title, then the headings."""
    pieces: list[Piece] = []
    start = 0
    for level, heading in enumerate(headings):
        end = start + len(heading)
        pieces.append(Piece("heading", start, end, level, mark=str(level)))
        start = end + 1
    pieces.append(Piece("body", start, start + 1, len(headings)))
    seen = View("\n".join([*headings, "。"]))
    year = int(meta["year"]) if meta.get("year", "").isdecimal() else None
    half = Title(meta.get("register", "")).half
    return build_outline(seen, pieces, half, year).sentences[0].half
