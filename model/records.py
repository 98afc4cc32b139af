"""What the model says about a sentence."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import chain
from typing import Literal

Source = Literal["own", "heading", "context"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A span of the report's original text that speaks for a theme.

    `share` is the part (0 to 1) of everything that speaks for the theme. Spans are of
    the sentence itself where `source` is "own", of a heading or of a neighbour else.
    """

    theme: str
    start: int
    end: int
    share: float
    source: Source


@dataclass(frozen=True, slots=True)
class Decision:
    """Themes of one sentence with their probabilities.

    `themes` is the decision, most probable first, at most three; empty says "no theme".
    `uncertain` says that a person should look.
    """

    themes: tuple[str, ...]
    scores: dict[str, float]  # theme code -> probability, all themes
    uncertain: bool
    evidence: tuple[Evidence, ...] = ()

    def explained(self, found: Iterable[Iterable[Evidence]]) -> "Decision":
        """Return the same decision with its evidence, theme by theme."""
        return replace(self, evidence=tuple(chain.from_iterable(found)))
