"""From sentences to Label Studio tasks, and from its answers back to votes."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from annotate.gold import Vote, sentence_key
from annotate.screen import COMMENT, DISCUSS, NONE, THEMES
from seeds.codebook import MOST_THEMES, NO_THEME, Codebook
from seeds.records import Report, Sentence

_MARK = "<mark style='background:#fde68a'>{}</mark>"


def task_data(report: Report, sentence: Sentence) -> dict[str, Any]:
    """Return the data of a task; `sid` is the key votes come back by.

    `paragraph` is HTML of which every piece went through `html.escape`.
    """
    return {
        "sid": sentence_key(report.sha256, sentence.start, sentence.end, sentence.text),
        "report": report.source,
        "sha256": report.sha256,
        "index": sentence.index,
        "start": sentence.start,
        "end": sentence.end,
        "headings": " › ".join(sentence.headings) or "（无标题）",
        "sentence": sentence.text,
        "paragraph": _paragraph(report, sentence),
        "cue": f"责任科室：{sentence.cue}" if sentence.cue else "　",
    }


def _paragraph(report: Report, sentence: Sentence) -> str:
    """Return the paragraph and one sentence on either side, the sentence marked."""
    here = report.paragraph_of(sentence)
    first, last = here[0].index, here[-1].index
    shown = report.sentences[max(first - 1, 0) : last + 2]
    pieces = []
    for other in shown:
        text = escape(other.text)
        if other.index == sentence.index:
            text = _MARK.format(text)
        apart = other.index < first or other.index > last
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
    annotation: Mapping[str, Any], account: str, codebook: Codebook
) -> Vote | str:
    """Return the vote of an annotation, or what is wrong with it."""
    values: dict[str, list[str]] = {}
    for item in annotation.get("result") or []:
        value = item.get("value", {})
        found = value.get("choices") or value.get("text") or []
        values.setdefault(item.get("from_name", ""), []).extend(found)
    chosen = list(dict.fromkeys(values.get(THEMES, [])))
    problem = _problem(chosen, codebook)
    if problem:
        return problem
    return Vote(
        account=account,
        at=str(annotation.get("updated_at") or annotation.get("created_at") or ""),
        themes=tuple(code for code in chosen if code != NONE),
        comment=" ".join(values.get(COMMENT, [])),
        discuss=bool(values.get(DISCUSS)),
    )


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
