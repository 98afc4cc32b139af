"""Texts nobody wrote: pieces of sentences, mixed, with odd things put between."""

import random
from collections.abc import Sequence

_ODD = (
    # letters, figures, masks, enumerations
    "a", "CT", "DRG", "x-ray", "a.b", "Wi-Fi6", "COVID-19", "ＤＩＰ", "ⅳ", "é", "ß", "ﬁ",
    "7", "1.2.3", "98.5%", "2024", "1,234", "10:30", "３６５", "٣", "xx.xx%", "××", "**",
    "一是", "第二要", "(三)", "3、", "④", "⑾", "1.", "\n二是",
    # case folding that changes the length or leads into the alphabet
    "İ", "\u212a", "\u017f", "ǅ",
    # rare characters: extensions A and B, compatibility, radicals, edges of the ranges
    "㐀", "䶿", "一", "\u9fff", "\u9ffe", "\U00020000", "\U0002a6d6", "豈", "⼀", "々", "〇",
    # lone surrogates, beyond the plane, private use, no characters
    "\ud800", "\udfff", "\ud83d", "😀", "👩‍⚕️", "\U0010ffff", "\ue000", "\ufffd", "\uffff",
    # white space, controls, marks
    " ", "  ", "\t", "\r", "\r\n", "\n", "\n\n", "\v", "\x00", "\x1f", "\x85", "\u00a0",
    "\u2028", "\u3000", "\u200b", "\ufeff", "\u0301", "\u202e", "م", "ก็",
    # punctuation
    "，", "。", "；", "、", "：“", "”", "《", "》", "——", "…", "%", "(", "\\", "'", "&", "<",
)  # fmt: skip


def made_texts(sources: Sequence[str], number: int, seed: int) -> list[str]:
    """Return texts made from others; the same seed gives the same."""
    seeded = random.Random(seed)
    return [_WAYS[at % len(_WAYS)](seeded, sources) for at in range(number)]


def _cut(seeded: random.Random, sources: Sequence[str]) -> str:
    text = seeded.choice(sources)
    start, end = sorted(seeded.choices(range(len(text) + 1), k=2))
    return text[start:end]


def _mixed(seeded: random.Random, sources: Sequence[str]) -> str:
    return "".join(_cut(seeded, sources) for _ in range(seeded.randint(2, 4)))


def _shuffled(seeded: random.Random, sources: Sequence[str]) -> str:
    text = _cut(seeded, sources)
    return "".join(seeded.sample(text, len(text)))


def _sprinkled(seeded: random.Random, sources: Sequence[str]) -> str:
    """Put odd things anywhere into a cut text, at its ends too."""
    pieces = list(_cut(seeded, sources))
    for odd in seeded.choices(_ODD, k=seeded.randint(1, 5)):
        pieces.insert(seeded.randint(0, len(pieces)), odd)
    return "".join(pieces)


def _odd(seeded: random.Random, _: Sequence[str]) -> str:
    """Odd things alone; none of them gives the empty text."""
    return "".join(seeded.choices(_ODD, k=seeded.randint(0, 6)))


def _repeated(seeded: random.Random, sources: Sequence[str]) -> str:
    """A few characters many times: counts above one, words over their own edges."""
    return _cut(seeded, sources)[: seeded.randint(1, 4)] * seeded.randint(2, 20)


def _displaced(seeded: random.Random, sources: Sequence[str]) -> str:
    """Some characters moved to the next plane: the same lower 16 bits, no known one."""
    return "".join(
        chr(ord(char) + 0x10000)
        if ord(char) < 0x10000 and seeded.random() < 0.2
        else char
        for char in _cut(seeded, sources)
    )


_WAYS = (
    _cut, _mixed, _mixed, _shuffled, _sprinkled, _sprinkled, _odd, _repeated, _displaced,
)  # fmt: skip
