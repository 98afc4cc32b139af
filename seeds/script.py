"""Traditional to simplified characters (the only module that meets OpenCC).

OpenCC's `hk2s` keeps the length, so positions survive. It stops silently at a NUL and
refuses lone surrogates: `seeds.clean` takes both out before.
"""

import functools
import re

import opencc

# What hk2s leaves: 台帳 becomes 台帐 (a tent is written so, an account is not), and 着
# written 著 before these verbs' objects.
_ZHANG = re.compile("(?<![蚊营])[帳帐](?![篷幕子])")
_ZHU = re.compile("著(?=[力眼手重实])|(?<=[随跟意沿])著")


@functools.cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("hk2s")


@functools.cache
def _traditional() -> re.Pattern[str]:
    """Return a pattern of the characters that have a simplified form."""
    every = "".join(map(chr, range(0x4E00, 0xA000)))
    simple = _converter().convert(every)
    only = "".join(a for a, b in zip(every, simple, strict=True) if a != b)
    return re.compile(f"[{only}]")


def to_simplified(text: str) -> str:
    """Return the text in simplified characters, of the same length."""
    found = _traditional().search
    if not found(text):
        return text
    lines = text.split("\n")
    at = [number for number, line in enumerate(lines) if found(line)]
    simple = _converted("\n".join(lines[number] for number in at))
    for number, line in zip(at, simple.split("\n"), strict=True):
        lines[number] = line
    return "\n".join(lines)


def _converted(text: str) -> str:
    simple = _converter().convert(text)
    if len(simple) != len(text):  # a conversion by phrases: one character at a time
        convert = _converter().convert
        simple = "".join(convert(char)[:1] or char for char in text)
    return _ZHU.sub("着", _ZHANG.sub("账", simple))
