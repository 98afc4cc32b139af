"""Which words, headings and neighbours speak for a theme.

Both stages are linear, so a theme's score falls apart into what each column adds. The
first stage's part is laid on the characters that made it; what headings and neighbours
add in the second stage is named as such.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from model.context import Place
from model.scorer import Scorer
from model.tokens import segment
from model.trie import Hits

Array = NDArray[np.float64]

MOST_SPANS = 3
_STRONG = 0.3  # of the strongest character: where a span begins


def shares(adds: Mapping[Place, float]) -> dict[Place, float]:
    """Return the share of each place in what speaks for a theme; they sum to 1.

    Args:
        adds: what each place adds to the logit; what speaks against it has no share.
    """
    total = sum(max(part, 0.0) for part in adds.values())
    if total <= 0:
        return {"own": 1.0}
    return {place: part / total for place, part in adds.items() if part > 0}


def character_scores(scorer: Scorer, folded: str) -> Array:
    """Return what each character adds to each theme's first-stage score.

    Grams, words and lexicon terms are laid on their characters in equal parts; the
    columns sum to the score less the intercept.

    Returns:
        Shape (characters, themes).
    """
    adds = np.zeros((len(folded), len(scorer.intercept)))
    reading = scorer.read([folded])
    columns = scorer.node_gram[reading.hits.node]
    matrix = scorer.gram_matrix(reading, 1)
    values = dict(zip(matrix.indices.tolist(), matrix.data.tolist(), strict=True))
    times = np.bincount(columns[columns >= 0], minlength=1)
    for column, start, size in zip(
        columns, reading.hits.start, reading.hits.size, strict=True
    ):
        if column >= 0:
            part = values[int(column)] / times[column] / size
            adds[start : start + size] += part * scorer.grams.weights[column]
    _lay_words(scorer, folded, adds)
    _lay_terms(scorer, reading.hits, reading.lexicon[0], adds)
    return adds


def _lay_words(scorer: Scorer, folded: str, adds: Array) -> None:
    rows, columns = scorer.word_columns([folded])
    [tokens] = segment([folded])
    matrix = scorer.words.matrix(rows, columns, 1)
    values = dict(zip(matrix.indices.tolist(), matrix.data.tolist(), strict=True))
    times = np.bincount(columns, minlength=1) if len(columns) else columns
    spans = list(_places(folded, tokens))
    known = [scorer.vocabulary.get(token, -1) for token in tokens]
    places = [s for s, k in zip(spans, known, strict=True) if k >= 0]
    total = len(scorer.word_column)
    for at in range(len(known) - 1):
        if known[at] >= 0 and known[at + 1] >= 0:
            key = known[at] * total + known[at + 1]
            slot = int(np.searchsorted(scorer.pair_keys, key))
            if slot < len(scorer.pair_keys) and scorer.pair_keys[slot] == key:
                places.append((spans[at][0], spans[at + 1][1]))
    for column, (start, end) in zip(columns, places, strict=True):
        part = values[int(column)] / times[column] / (end - start)
        adds[start:end] += part * scorer.words.weights[column]


def _lay_terms(scorer: Scorer, hits: Hits, counts: Array, adds: Array) -> None:
    node, start, size = hits
    worth = scorer.lexicon_weights * counts[:, None]  # (spoken for, scored)
    number = np.expm1(counts)
    for term, begin, length in zip(scorer.node_terms[node], start, size, strict=True):
        if term >= 0:
            share = scorer.term_themes[term] / np.maximum(number, 1e-300) / length
            adds[begin : begin + length] += share @ worth


def _places(folded: str, tokens: Sequence[str]) -> Iterator[tuple[int, int]]:
    at = 0
    for token in tokens:
        at = folded.index(token, at)
        yield at, at + len(token)
        at += len(token)


def strongest(adds: Array) -> list[tuple[int, int, float]]:
    """Return the spans that add most, with their share of all that speaks for it.

    Args:
        adds: what each character adds to one theme.

    Returns:
        Start, end and share (0 to 1) of at most three spans, the strongest first.
    """
    positive = np.maximum(adds, 0.0)
    if not positive.size or positive.max() <= 0:
        return []
    high = np.concatenate([[False], positive >= _STRONG * positive.max(), [False]])
    edges = np.flatnonzero(high[1:] != high[:-1]).reshape(-1, 2)
    total = positive.sum()
    spans = [(int(s), int(e), float(positive[s:e].sum() / total)) for s, e in edges]
    return sorted(spans, key=lambda span: -span[2])[:MOST_SPANS]
