"""From sentences to Label Studio tasks, and from its answers back to votes."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Protocol

from annotate.gold import LabelledSentence, Vote, sentence_key
from annotate.screen import (
    ADJUDICATION,
    COMMENT,
    DISCUSS,
    LABELLING,
    NONE,
    THEMES,
    Screen,
)
from seeds.codebook import MOST_THEMES, NO_THEME, Codebook
from seeds.records import Report, Sentence

ADJUDICATOR = "adjudicator"  # accounts that decide begin so
_MARK = "<mark style='background:#fde68a'>{}</mark>"


class Line(Protocol):
    """What a task shows of a sentence: `Sentence` and `LabelledSentence`."""

    @property
    def index(self) -> int:
        """Position in the report."""

    @property
    def start(self) -> int:
        """First code point in the report."""

    @property
    def end(self) -> int:
        """One past the last."""

    @property
    def text(self) -> str:
        """Normalised."""

    @property
    def headings(self) -> tuple[str, ...]:
        """Outermost first."""

    @property
    def paragraph(self) -> int:
        """Index of the paragraph in the report."""

    @property
    def cue(self) -> str:
        """The department named responsible."""


def task_data(report: Report, sentence: Sentence) -> dict[str, Any]:
    """Return the data of a task; `sid` is the key votes come back by.

    `paragraph` is HTML of which every piece went through `html.escape`.
    """
    return {
        "sid": sentence_key(report.sha256, sentence.start, sentence.end, sentence.text),
        "report": report.source,
        "sha256": report.sha256,
        **_shown(report.sentences, sentence.index),
    }


def row_tasks(
    rows: Sequence[LabelledSentence], notes: Mapping[str, Sequence[str]]
) -> list[dict[str, Any]]:
    """Return tasks of labelled sentences, with something said about each.

    Args:
        rows: a label file's rows: the neighbours of a sentence are its context.
        notes: lines to show, by key; in the order in which the tasks come.
    """
    place: dict[str, tuple[list[LabelledSentence], int]] = {}
    of_report: dict[tuple[str, str], list[LabelledSentence]] = {}
    for row in rows:
        together = of_report.setdefault((row.sha256, row.report), [])
        place[row.key] = together, len(together)
        together.append(row)
    tasks = []
    for key, lines in notes.items():
        together, at = place[key]
        row = together[at]
        task = {"sid": key, "report": row.report, "sha256": row.sha256}
        tasks.append({**task, **_shown(together, at), "note": _note(lines)})
    return tasks


def _note(lines: Sequence[str]) -> str:
    body = "".join(f"<p style='margin:4px 0'>{escape(line)}</p>" for line in lines)
    return f"<div style='font-size:15px;background:#f1f5f9;padding:8px'>{body}</div>"


def _shown(lines: Sequence[Line], at: int) -> dict[str, Any]:
    line = lines[at]
    return {
        "index": line.index,
        "start": line.start,
        "end": line.end,
        "headings": " › ".join(line.headings) or "（无标题）",
        "sentence": line.text,
        "paragraph": _paragraph(lines, at),
        "cue": f"责任科室：{line.cue}" if line.cue else "　",
    }


def _paragraph(lines: Sequence[Line], at: int) -> str:
    """Return the paragraph and one sentence on either side, the sentence marked."""
    first = last = at
    while first and lines[first - 1].paragraph == lines[at].paragraph:
        first -= 1
    while last < len(lines) - 1 and lines[last + 1].paragraph == lines[at].paragraph:
        last += 1
    pieces = []
    for number in range(max(first - 1, 0), min(last + 2, len(lines))):
        text = escape(lines[number].text)
        if number == at:
            text = _MARK.format(text)
        apart = not first <= number <= last
        pieces.append(f"<p style='color:#777'>{text}</p>" if apart else text)
    body = "".join(pieces)
    return f"<div style='font-size:15px;line-height:1.8'>{body}</div>"


def spread(report: Report, most: int | None) -> list[Sentence]:
    """Return at most so many sentences, spread evenly over the report."""
    total = len(report.sentences)
    if most is None or most >= total:
        return list(report.sentences)
    return [report.sentences[at * total // most] for at in range(most)]


def answer(themes: Sequence[str], comment: str = "", discuss: bool = False) -> Any:
    """Return the `result` of an annotation: what the screen would store."""
    result = [_choices(THEMES, list(themes) or [NONE])]
    if discuss:
        result.append(_choices(DISCUSS, [DISCUSS]))
    if comment:
        result.append(
            {
                "from_name": COMMENT,
                "to_name": "sentence",
                "type": "textarea",
                "value": {"text": [comment]},
            }
        )
    return result


def _choices(name: str, chosen: list[str]) -> dict[str, Any]:
    return {
        "from_name": name,
        "to_name": "sentence",
        "type": "choices",
        "value": {"choices": chosen},
    }


def read_answer(
    annotation: Mapping[str, Any],
    account: str,
    codebook: Codebook,
    screen: Screen = LABELLING,
) -> Vote | str:
    """Return the vote of an annotation, or what is wrong with it."""
    values: dict[str, list[str]] = {}
    for item in annotation.get("result") or []:
        value = item.get("value", {})
        found = value.get("choices") or value.get("text") or []
        values.setdefault(item.get("from_name", ""), []).extend(found)
    chosen = list(dict.fromkeys(values.get(THEMES, [])))
    comment = " ".join(values.get(COMMENT, []))
    problem = _problem(chosen, codebook)
    if not problem and screen is ADJUDICATION:
        problem = _not_decided(account, comment)
    if problem:
        return problem
    return Vote(
        account=account,
        at=str(annotation.get("updated_at") or annotation.get("created_at") or ""),
        themes=tuple(code for code in chosen if code != NONE),
        comment=comment,
        discuss=bool(values.get(DISCUSS)),
        role="adjudicator" if screen is ADJUDICATION else "annotator",
    )


def _not_decided(account: str, comment: str) -> str:
    if not account.startswith(ADJUDICATOR):
        return f"only accounts named {ADJUDICATOR}… decide"
    return "" if comment.strip() else "no reason given"


def _problem(chosen: Sequence[str], codebook: Codebook) -> str:
    unknown = [code for code in chosen if code not in (*codebook.codes, NONE)]
    if unknown:
        return f"unknown theme {unknown[0]!r}"
    if not chosen:
        return "nothing chosen"
    if NONE in chosen and len(chosen) > 1:
        return f"{NO_THEME} together with a theme"
    if len(chosen) > MOST_THEMES:
        return f"more than {MOST_THEMES} themes"
    return ""
