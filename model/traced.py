"""A sentence as the model reads it, each character with its place in the original."""

from difflib import SequenceMatcher

from model.tokens import fold, fold_positions
from seeds.clean import kept_positions, squeeze, view

Span = tuple[int, int]


class Traced:
    """Folded text with the way back.

    Attributes:
        folded: what features are counted in.
        spans: of each folded character, in code points of the text the offset is of.

    Args:
        original: the sentence as it stands in the file.
        normalised: as the reader gave it, which may lack what a page put inside
            (`第 3 页`); worked out from the original where it is left out.
        offset: of the original in its text.
    """

    def __init__(
        self, original: str, normalised: str | None = None, offset: int = 0
    ) -> None:
        seen = view(original)
        kept = kept_positions(seen.text)
        text = squeeze(seen.text)
        if normalised is not None and normalised != text:
            kept = [kept[at] for at in _aligned(normalised, text)]
            text = normalised
        self.folded = fold(text)
        spans = seen.originals(
            [(kept[at], kept[at] + 1) for at in fold_positions(text)]
        )
        self.spans: list[Span] = [
            (offset + start, offset + end) for start, end in spans
        ]

    def span(self, start: int, end: int) -> Span:
        """Return the original span of a non-empty span of the folded text."""
        return self.spans[start][0], self.spans[end - 1][1]


def _aligned(wanted: str, text: str) -> list[int]:
    """Return for each character of `wanted` where it stands, or stood, in `text`."""
    places: list[int] = []
    matcher = SequenceMatcher(None, wanted, text, autojunk=False)
    for _, start, end, first, last in matcher.get_opcodes():
        limit = min(max(last - 1, first), len(text) - 1)
        places.extend(min(first + at, limit) for at in range(end - start))
    return places
