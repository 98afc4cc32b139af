"""What an authored file adds: new words, and how near it is to what is there."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from annotate.authored import find_doubles, read_authored
from annotate.errors import AuthoredError
from annotate.gold import LABELS, LabelledSentence, load_labels, save_labels
from annotate.lines import read_lines
from model.near import NEAR, near_pairs, nearest
from model.tokens import fold, fold_all, segment
from model.train import TRAINING
from seeds.codebook import load_codebook
from seeds.split import split_sentences

AUTHORED = LABELS / "authored.jsonl"
_KNOWN = (*TRAINING, "outside.jsonl")
_SHOWN = 10
_WORDS_SHOWN = 40


def novelty(path: Path) -> Iterator[str]:
    """Yield a report on an author's file or a label file beside the other label files.

    Raises:
        LabelFileError: a file is damaged.
        AuthoredError: there is nothing to compare, or to compare with.
    """
    rows, known = _read(path), _known(besides=path)
    if not rows or not known:
        raise AuthoredError([f"{path}: nothing to compare ({len(known)} known)"])
    texts, others = [row.text for row in rows], [row.text for row in known]
    yield f"{len(rows)} sentences beside {len(known)} in {LABELS}"
    yield from _new_words(texts, others)
    at, cosine = nearest(texts, others)
    low, middle, high = np.quantile(cosine, [0.1, 0.5, 0.9])
    yield f"nearest neighbour, cosine: median {middle:.2f}, 10 % {low:.2f}, 90 % {high:.2f}"
    yield f"nearer than {NEAR}: {int((cosine >= NEAR).sum())} sentences"
    for i in np.argsort(-cosine, kind="stable")[:_SHOWN]:
        yield f"{cosine[i]:.2f}  {rows[i].key}  {rows[i].text}"
        yield f"      {known[at[i]].key}  {known[at[i]].text}"
    inside = list(near_pairs(texts))
    yield f"near-equal pairs inside the file: {len(inside)}"
    for i, j, near in sorted(inside, key=lambda pair: -pair[2])[:_SHOWN]:
        yield f"{near:.2f}  {rows[i].key}  {texts[i]}"
        yield f"      {rows[j].key}  {texts[j]}"


def add_authored(
    path: Path, name: str, output: Path = AUTHORED, leave_out_doubles: bool = False
) -> Iterator[str]:
    """Add an author's file to a label file and yield what to print.

    Args:
        path: of the author's file.
        name: of its passages; new in the label file.
        output: the label file; written whole or not at all.
        leave_out_doubles: leave out what stands in a label file already, instead of
            refusing the file.

    Raises:
        LabelFileError: a file is damaged.
        AuthoredError: the name is used already, or sentences are doubles.
    """
    codebook = load_codebook()
    rows = read_authored(path, name, codebook)
    before = load_labels(output, codebook) if output.exists() else []
    if any(row.report.startswith(f"{name}-") for row in before):
        raise AuthoredError([f"{output}: {name!r} is there already"])
    known = [*before, *_known(besides=output)]
    doubles = find_doubles(rows, known, fold)
    if doubles and not leave_out_doubles:
        raise AuthoredError(
            [
                f"{path}:{_line(row)}: {row.text} stands in {doubles[row.key].key}"
                for row in rows
                if row.key in doubles
            ]
        )
    kept = [row for row in rows if row.key not in doubles]
    save_labels(output, [*before, *kept])
    for row in kept:
        if len(split_sentences(row.text, 0, len(row.text))) > 1:
            yield f"{path}:{_line(row)}: the reader would cut this one: {row.text}"
    yield f"{output}: {len(kept)} sentences added, {len(doubles)} doubles left out"


def _line(row: LabelledSentence) -> int:
    return int(row.report.rpartition("-")[2])


def _read(path: Path) -> list[LabelledSentence]:
    codebook = load_codebook()
    first = next(read_lines(path), (0, {}))[1]
    if "origin" in first:
        return load_labels(path, codebook)
    return read_authored(path, "new", codebook)


def _known(besides: Path) -> list[LabelledSentence]:
    codebook = load_codebook()
    paths = [LABELS / name for name in _KNOWN]
    return [
        row
        for path in paths
        if path.exists() and path.resolve() != besides.resolve()
        for row in load_labels(path, codebook)
    ]


def _new_words(texts: Sequence[str], others: Sequence[str]) -> Iterator[str]:
    old = {word for words in segment(fold_all(others)) for word in words}
    words = segment(fold_all(texts))
    new = Counter(word for row in words for word in set(row) if word not in old)
    rate = 100 * len(new) / len(texts)
    running = 100 * sum(new.values()) / max(sum(map(len, words)), 1)
    yield f"new words: {len(new)}, {rate:.1f} a hundred sentences, {running:.1f} % of the words"
    yield "  " + " ".join(word for word, _ in new.most_common(_WORDS_SHOWN))
