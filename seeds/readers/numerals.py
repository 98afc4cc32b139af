"""Numbers as Word prints them: `w:numFmt` and a value give the text of the number."""

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LONGEST = 32_767  # Word counts no further


def numeral(style: str, value: int) -> str:
    """Return a number in one of Word's styles, as a decimal where it has no such form.

    Args:
        style: the value of `w:numFmt`.
        value: the number, from 0.
    """
    if style == "none":
        return ""
    value = max(0, min(value, _LONGEST))
    return _STYLES.get(style, str)(value) or str(value)


def _counted(value: int, digits: str, tens: str, hundreds: str, thousands: str) -> str:
    """Count with place words: 25 is 二十五, 305 is 三百零五."""
    if not 0 < value < 10_000:
        return ""
    said, gap = "", False
    for place, word in ((1000, thousands), (100, hundreds), (10, tens), (1, "")):
        digit = value // place % 10
        if digit:
            zero = "零" if gap and said else ""
            said += zero + digits[digit] + word
        gap = not digit
    if digits is _DIGITS and 10 <= value < 20:
        return said[1:]
    return said


def _chinese(value: int) -> str:
    return _counted(value, _DIGITS, "十", "百", "千")


def _chinese_short(value: int) -> str:
    """Count in words below a hundred, digit by digit from there on."""
    return _chinese(value) if value < 100 else _by_digits(value)


def _legal(value: int) -> str:
    return _counted(value, _LEGAL, "拾", "佰", "仟")


def _by_digits(value: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(value))


def _japanese(value: int) -> str:
    """Count in words, without 一 before 百 and 千: 100 is 百."""
    said = _chinese(value).replace("零", "")
    return said.replace("一百", "百").replace("一千", "千")


def _roman(value: int) -> str:
    said = ""
    for worth, letters in _ROMAN:
        said += letters * (value // worth)
        value %= worth
    return said


def _letters(value: int) -> str:
    """Count a, b, z, then aa, bb."""
    if not 0 < value <= 26 * 30:
        return ""
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)


def _circled(value: int) -> str:
    for first, last, code in ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1)):
        if first <= value <= last:
            return chr(code + value - first)
    return ""


def _one_of(code: str, count: int) -> Callable[[int], str]:
    """Return a style that has a character for each number from 1."""
    return lambda value: chr(ord(code) + value - 1) if 0 < value <= count else ""


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda value: signs[(value - 1) % len(signs)] if value else ""


def _full_width(value: int) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(value))


def _upper(style: Callable[[int], str]) -> Callable[[int], str]:
    return lambda value: style(value).upper()


def _zodiac(value: int) -> str:
    return _STEMS[(value - 1) % 10] + _BRANCHES[(value - 1) % 12] if value else ""


_STYLES: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda value: f"{value:02}",
    "upperRoman": _upper(_roman),
    "lowerRoman": _roman,
    "upperLetter": _upper(_letters),
    "lowerLetter": _letters,
    "chineseCounting": _chinese_short,
    "chineseCountingThousand": _chinese,
    "taiwaneseCounting": _chinese_short,
    "taiwaneseCountingThousand": _chinese,
    "ideographLegalTraditional": _legal,
    "chineseLegalSimplified": _legal,
    "ideographDigital": _by_digits,
    "taiwaneseDigital": _by_digits,
    "japaneseDigitalTenThousand": _by_digits,
    "japaneseCounting": _japanese,
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "ideographZodiacTraditional": _zodiac,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "ideographEnclosedCircle": _one_of("㊀", 10),
    "decimalEnclosedParen": _one_of("⑴", 20),
    "decimalEnclosedFullstop": _one_of("⒈", 20),
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "numberInDash": lambda value: f"- {value} -",
}
