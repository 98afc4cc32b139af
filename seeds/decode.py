"""Bytes to text: byte order marks, UTF-8, UTF-16, GB18030, Big5-HKSCS.

No detection library: a Chinese text is UTF-8, or the one of the other encodings that
gives more of the commonest Chinese characters.
"""

import codecs
import re

from seeds.errors import UnreadableFile

# The commonest characters of official prose, both scripts.
_COMMON = re.compile(
    "[的一是在和有不人为中了年市医生卫康健工作全服务家公国民大上实施开展加强推进"
    "為衞衛與業務實開進強療癒縣區體個來時會對發學醫國"
    "建设管理机构院疗县区与体个来时会对发学。，、]"
)
_WIDE = re.compile(r"[^\x00-\x7f]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UTF16 = ("utf-16-le", "utf-16-be")
_SAMPLE = 40_000  # bytes looked at when encodings are compared
_MAY_BE_LOST = 0.001  # share of broken characters that is forgiven
_LEAST_COMMON = 0.02  # share of common characters below which it is no Chinese


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
            return _forgiving(data[len(mark) :], encoding, path)
    if b"\0" in data[:4096]:
        return _with_zeros(data, path)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if _cut_or_scarred_utf8(data, error):
            return data.decode("utf-8", errors="replace")
    return _forgiving(data, _likeliest(data, ("gb18030", "big5hkscs", *_UTF16)), path)


def _cut_or_scarred_utf8(data: bytes, error: UnicodeDecodeError) -> bool:
    """Tell whether a few broken bytes are all that is wrong with the UTF-8."""
    if error.start >= len(data) - 3 and error.start > 0:
        return True
    text = data[:_SAMPLE].decode("utf-8", errors="replace")
    wide = sum(char > "\u2e80" for char in text)
    return text.count("\ufffd") <= _MAY_BE_LOST * wide


def _with_zeros(data: bytes, path: str) -> str:
    """Decode UTF-16 without its mark, or a text with stray NULs; no binary file."""
    encoding = _likeliest(data, _UTF16)
    sample = data[:_SAMPLE]
    text = sample.decode(encoding, errors="replace")
    zeros = sample.count(0)
    if _common_share(text) >= _LEAST_COMMON:
        return _forgiving(data, encoding, path)
    if text.isascii() and zeros * 3 > len(sample):
        return _forgiving(data, encoding, path)
    if zeros > 2 + _MAY_BE_LOST * len(sample):
        raise UnreadableFile(path, "not_text", "binary data")
    try:
        return data.decode("utf-8")  # the cleaner takes the NULs out
    except UnicodeDecodeError:
        return _forgiving(data, _likeliest(data, ("gb18030", "big5hkscs")), path)


def _likeliest(data: bytes, encodings: tuple[str, ...]) -> str:
    sample = data[:_SAMPLE]
    return max(
        encodings, key=lambda name: _common_share(sample.decode(name, "replace"))
    )


def _common_share(text: str) -> float:
    """Return the share of common characters among the non-ASCII ones.

    A text that is mostly ASCII counts as Chinese in no encoding: 0.
    """
    wide = len(_WIDE.findall(text))
    return len(_COMMON.findall(text)) / wide if wide else 0.0


def _forgiving(data: bytes, encoding: str, path: str) -> str:
    """Decode; a few broken characters become U+FFFD, many refuse the file."""
    text = data.decode(encoding, errors="replace")
    lost = text.count("\ufffd")
    if lost > 2 + _MAY_BE_LOST * 10 * len(text) or _binary(text):
        raise UnreadableFile(path, "not_text", f"{lost} characters do not decode")
    return text


def _binary(text: str) -> bool:
    sample = text[:_SAMPLE]
    return len(_CONTROL.findall(sample)) > 4 + 0.01 * len(sample)
