"""Bytes to text: byte order marks, UTF-8, UTF-16, GB18030, Big5-HKSCS.

No detection library: a Chinese text is UTF-8, or the one of GB18030 and Big5 that
gives more of the commonest Chinese characters.
"""

import codecs

from seeds.errors import UnreadableFile

# The commonest characters of official prose, both scripts.
_COMMON = frozenset(
    "的一是在和有不人为中了年市医生卫康健工作全服务家公国民大上实施开展加强推进"
    "為衞衛與業務實開進強療癒縣區體個來時會對發學"
    "建设管理机构院疗县区与体个来时会对发学。，、"
)
_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 200_000  # bytes looked at when two encodings are compared
_MAY_BE_LOST = 0.001  # share of broken characters that is forgiven


def decode(data: bytes, path: str) -> str:
    """Return the text of a file, without its byte order mark.

    Args:
        data: the bytes of the file.
        path: named in errors only.

    Raises:
        UnreadableFile: `not_text` where no encoding fits.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _forgiving(data, encoding, path).removeprefix("\ufeff")
    if b"\0" in data[:4096]:
        return _utf16_without_mark(data, path)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if _cut_or_scarred_utf8(data, error):
            return data.decode("utf-8", errors="replace")
    return _forgiving(data, _likelier(data), path)


def _cut_or_scarred_utf8(data: bytes, error: UnicodeDecodeError) -> bool:
    """Tell whether a few broken bytes are all that is wrong with the UTF-8."""
    if error.start >= len(data) - 3 and error.start > 0:
        return True
    text = data[:_SAMPLE].decode("utf-8", errors="replace")
    wide = sum(char > "\u2e80" for char in text)
    return text.count("\ufffd") <= _MAY_BE_LOST * wide


def _utf16_without_mark(data: bytes, path: str) -> str:
    """Decode UTF-16 that lost its mark; a binary file ends here too."""
    even, odd = data[:4096:2].count(0), data[1:4096:2].count(0)
    if not even and odd:
        return _plausible(data, "utf-16-le", path)
    if even and not odd:
        return _plausible(data, "utf-16-be", path)
    if even + odd <= 2:  # a stray NUL in a text: the cleaner takes it out
        return decode(data.replace(b"\0", b"\x01"), path).replace("\x01", "\0")
    raise UnreadableFile(path, "not_text", "binary data")


def _plausible(data: bytes, encoding: str, path: str) -> str:
    text = _forgiving(data, encoding, path)
    if _common_share(text[:_SAMPLE]) < 0.02 and not text[:_SAMPLE].isascii():
        raise UnreadableFile(path, "not_text", "binary data")
    return text


def _likelier(data: bytes) -> str:
    sample = data[:_SAMPLE]
    return max(
        ("gb18030", "big5hkscs"),
        key=lambda name: _common_share(sample.decode(name, errors="replace")),
    )


def _common_share(text: str) -> float:
    """Return the share of common characters among the non-ASCII ones."""
    wide = [char for char in text if char > "\x7f"]
    if not wide:
        return 0.0
    return sum(char in _COMMON for char in wide) / len(wide)


def _forgiving(data: bytes, encoding: str, path: str) -> str:
    """Decode; a few broken characters become U+FFFD, many refuse the file."""
    text = data.decode(encoding, errors="replace")
    lost = text.count("\ufffd")
    if lost > 2 + _MAY_BE_LOST * 10 * len(text) or _binary(text):
        raise UnreadableFile(path, "not_text", f"{lost} characters do not decode")
    return text


def _binary(text: str) -> bool:
    sample = text[:_SAMPLE]
    odd = sum(char < " " and char not in "\t\n\r\f\v" for char in sample)
    return odd > 4 + 0.01 * len(sample)
