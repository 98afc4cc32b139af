"""Theme shares of a report."""

from collections.abc import Sequence

from model.records import Decision


def shares(decisions: Sequence[Decision], themes: Sequence[str]) -> dict[str, float]:
    """Return for each theme the share (0 to 1) of sentences that have it.

    Shares of several themes overlap: a sentence may have up to three.
    """
    total = max(len(decisions), 1)
    return {
        theme: sum(theme in decision.themes for decision in decisions) / total
        for theme in themes
    }
