import io
import struct
import warnings
import zipfile

import pytest

from seeds.corpus import read_bytes, read_parts
from seeds.errors import UnreadableFile
from seeds.readers import extract
from seeds.records import Report
from tests.seeds.readers.word import paragraph, word

TEXT = "一、工作\n推进医疗改革。\n".encode()
UTF8_FLAG = 0x800


def zipped(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # the same name twice
        for name, data in members:
            archive.writestr(name, data)
    return target.getvalue()


def outcomes(data: bytes) -> list[tuple[str, str]]:
    """Return the source and the reason, or "text", of what a zip gives."""
    return [
        (found.source, getattr(found.content, "reason", "text"))
        for found in extract(data, "全.zip")
    ]


def test_members_are_told_by_their_bytes_and_fail_alone():
    data = zipped(
        ("县区/甲.docx", TEXT),
        ("县区/乙.txt", word(paragraph("推进改革。"))),
        ("丙.docx", word(paragraph("推进改革。"))[:900]),
        ("丁.txt", bytes(range(256)) * 30),
        ("戊.zip", zipped(("a.txt", TEXT))),
        ("己.xlsx", zipped(("[Content_Types].xml", b"<x/>"), ("xl/workbook.xml", b""))),
        ("庚.txt", b""),
        ("空/", b""),
        ("__MACOSX/._甲.docx", b"x"),
        ("~$甲.docx", b"x"),
    )
    assert outcomes(data) == [
        ("全.zip/县区/甲.docx", "text"),
        ("全.zip/县区/乙.txt", "text"),
        ("全.zip/丙.docx", "broken"),
        ("全.zip/丁.txt", "not_text"),
        ("全.zip/戊.zip", "unsupported"),
        ("全.zip/己.xlsx", "unsupported"),
        ("全.zip/庚.txt", "text"),
    ]
    parts = read_parts(data, "全.zip")
    assert [p.source for p in parts if isinstance(p, Report)] == [
        "全.zip/县区/甲.docx", "全.zip/县区/乙.txt",
    ]  # fmt: skip
    assert [p.path for p in parts if isinstance(p, UnreadableFile)][
        -1
    ] == "全.zip/庚.txt"


def test_read_bytes_gives_what_there_is_and_raises_where_there_is_nothing():
    mixed = zipped(("甲.txt", TEXT), ("乙.pdf", b"%PDF-junk"))
    assert [report.source for report in read_bytes(mixed, "全.zip")] == [
        "全.zip/甲.txt"
    ]
    with pytest.raises(UnreadableFile) as caught:
        read_bytes(zipped(("乙.pdf", b"%PDF-junk")), "全.zip")
    assert (caught.value.path, caught.value.reason) == ("全.zip/乙.pdf", "broken")


def test_a_member_has_the_digest_it_would_have_alone():
    (alone,) = extract(TEXT, "甲.txt")
    (packed,) = extract(zipped(("甲.txt", TEXT)), "全.zip")
    assert alone.sha256 == packed.sha256 != ""


def renamed(data: bytes, name: bytes) -> bytes:
    """Return a zip of one member `x…` whose name is these bytes, without UTF-8 flag."""
    return data.replace(b"x" * len(name), name)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_without_the_utf8_flag(encoding):
    name = "卫健委总结.txt".encode(encoding)
    data = renamed(zipped(("x" * len(name), TEXT)), name)
    assert outcomes(data) == [("全.zip/卫健委总结.txt", "text")]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/cron.d/a", "etc/cron.d/a"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\windows\\..\\a.txt", "windows/a.txt"),
        ("a\x1b[31m\u202e.txt", "a_[31m_.txt"),
        ("..", "_"),
        ("长" * 300, "长" * 200),
    ],
)
def test_names_are_only_printed(name, shown, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert outcomes(zipped((name, TEXT))) == [(f"全.zip/{shown}", "text")]
    assert list(tmp_path.iterdir()) == []


def test_the_same_name_twice():
    data = zipped(("甲.txt", TEXT), ("甲.txt", TEXT + TEXT))
    first, second = read_bytes(data, "全.zip")
    assert [first.source, second.source] == ["全.zip/甲.txt", "全.zip/甲.txt(2)"]
    assert len(second.sentences) == 2 * len(first.sentences)


def test_encrypted_members():
    data = bytearray(zipped(("甲.txt", TEXT), ("乙.txt", TEXT)))
    data[6] |= 1  # local header of the first
    at = data.find(b"PK\1\2")
    data[at + 8] |= 1
    assert outcomes(bytes(data)) == [
        ("全.zip/甲.txt", "encrypted"),
        ("全.zip/乙.txt", "text"),
    ]


def test_methods_that_need_much_memory_are_refused():
    data = zipped(("甲.txt", TEXT), method=zipfile.ZIP_LZMA)
    assert outcomes(data) == [("全.zip/甲.txt", "unsupported")]


def test_a_bomb_among_members_stops_no_other():
    data = zipped(("弹.txt", b"a" * 30_000_000), ("甲.txt", TEXT))
    assert outcomes(data) == [("全.zip/弹.txt", "too_large"), ("全.zip/甲.txt", "text")]


def claimed(data: bytes, size: int) -> bytes:
    """Return a zip whose first member claims another inflated size."""
    made = bytearray(data)
    struct.pack_into("<I", made, 22, size)
    struct.pack_into("<I", made, made.find(b"PK\1\2") + 24, size)
    return bytes(made)


def test_claims_beyond_the_total_refuse_the_whole():
    data = claimed(zipped(("甲.txt", TEXT), ("乙.txt", TEXT)), 3_000_000_000)
    assert outcomes(data) == [("全.zip", "too_large")]


def test_a_member_that_lies_about_its_size_is_broken():
    data = zipped(("甲.txt", b"a" * 40_000_000))
    assert outcomes(claimed(data, 1_000)) == [("全.zip/甲.txt", "broken")]


def test_too_many_members():
    many = zipped(*((f"{n}", b"") for n in range(10_001)))
    assert outcomes(many) == [("全.zip", "too_large")]
    hidden = bytearray(many)  # the count is a lie, the list of members is as long
    at = hidden.rfind(b"PK\5\6")
    struct.pack_into("<HH", hidden, at + 8, 1, 1)
    assert outcomes(bytes(hidden)) == [("全.zip", "too_large")]


def test_empty_and_cut():
    assert outcomes(zipped()) == [("全.zip", "empty")]
    data = zipped(("甲.txt", TEXT), ("乙.txt", TEXT))
    assert outcomes(data[:-30]) == [("全.zip", "broken")]
    scarred = data.replace(zipped(("甲.txt", TEXT))[40:50], b"\xff" * 10)
    assert {reason for _, reason in outcomes(scarred)} == {"broken"}
