import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date

import openpyxl
import pytest

from seeds.errors import UnreadableFile
from seeds.readers.table import extract_table

HEADER = ["序号", "标题", "正文", "地区", "年份", "单位", "日期"]
ROW = [
    "1",
    "甲县总结",
    "推进医改。\n抓好防控。",
    "甲县",
    "2024",
    "甲县卫健局",
    "2025-01-09",
]
CSV = "序号,标题,正文,地区,年份,单位,日期\r\n" + (
    '1,甲县总结,"推进医改。\n抓好防控。",甲县,2024,甲县卫健局,2025-01-09\r\n'
    "2,乙县总结,  ,乙县,2024,,\r\n3,丙县总结,建设医院。,,2023年度,,2024/1/5\r\n"
)


def workbook(sheets: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def zipped(members: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return target.getvalue()


def reason_of(
    data: bytes, name: str = "x.xlsx", column: str = "正文"
) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught:
        extract_table(data, name, column)
    assert caught.value.path == name
    return caught.value


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_each_filled_cell_of_a_csv_column_is_a_text(codec, delimiter):
    data = CSV.replace(",", delimiter).encode(codec)
    (first, text), (third, other) = extract_table(data, "表.csv", " 正 文")
    assert (first, third) == ("表.csv#2", "表.csv#4")
    assert text.text == "推进医改。\n抓好防控。"
    assert text.facts == {
        "title": "甲县总结", "region": "甲县", "year": "2024", "issuer": "甲县卫健局",
        "date": "2025-01-09",
    }  # fmt: skip
    assert other.facts == {"title": "丙县总结", "year": "2023", "date": "2024-01-05"}


def test_excel_cells_become_text():
    rows: list[Sequence[object]] = [
        [],
        ["某某市工作总结汇总表"],
        HEADER,
        [*ROW[:4], 2024, ROW[5], date(2025, 1, 9)],
    ]
    ((source, text),) = extract_table(workbook({"表": rows}), "x.xlsx", "正文")
    assert source == "x.xlsx#4"
    assert text.text == ROW[2]
    assert text.facts["year"] == "2024"
    assert text.facts["date"] == "2025-01-09"


def test_every_sheet_with_the_column_is_read():
    rows = [["正文"], ["推进医改。"]]
    data = workbook({"说明": [["填表说明"]], "一月": rows, "二月": rows})
    assert [s for s, _ in extract_table(data, "x.xlsx", "正文")] == [
        "x.xlsx#一月!2", "x.xlsx#二月!2",
    ]  # fmt: skip
    del rows[1]
    data = workbook({"说明": [["填表说明"]], "一月": [["正文"], ["甲。"]]})
    assert [s for s, _ in extract_table(data, "x.xlsx", "正文")] == ["x.xlsx#2"]


def test_a_missing_column_is_named_with_those_found():
    data = workbook({"表": [HEADER, ROW], "另": [["备注"], ["无"]]})
    error = reason_of(data, column="内容")
    assert error.reason == "no_column"
    assert "'内容'" in error.detail
    assert "标题、正文、地区" in error.detail
    assert "备注" in error.detail
    assert reason_of(data, column="").reason == "no_column"
    assert reason_of(CSV.encode(), "x.csv", "内容").reason == "no_column"


def test_a_column_without_text_is_an_error():
    assert reason_of(workbook({"表": [HEADER, ["1"]]})).reason == "empty"
    assert reason_of("正文\n \n".encode(), "x.csv").reason == "empty"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "unsupported"),
        (
            b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600,
            "encrypted",
        ),
        (workbook({"表": [HEADER, ROW]})[:-200], "broken"),
        (zipped({"a.txt": b"x"}), "broken"),
        (zipped({"xl/worksheets/sheet1.xml": b" " * 65_000_000}), "too_large"),
        (zipped({f"{n}.xml": b"" for n in range(2_001)}), "too_large"),
        (bytes(range(256)) * 40, "not_text"),
    ],
    ids=["xls", "encrypted", "cut", "no workbook", "bomb", "many", "junk"],
)
def test_broken_and_hostile_files(data, reason):
    assert reason_of(data).reason == reason


def test_two_cells_far_apart_are_refused_unread():
    book = openpyxl.Workbook()
    book.active["A1"] = "正文"
    book.active["XFD1048576"] = "远"
    target = io.BytesIO()
    book.save(target)
    error = reason_of(target.getvalue())
    assert error.reason == "too_large"
    assert "1048576 rows" in error.detail


def test_a_lying_size_is_found():
    data = bytearray(zipped({"xl/workbook.xml": b"<x/>" * 100_000}))
    place = data.rindex(b"PK\1\2") + 24  # the inflated size in the list of members
    data[place : place + 4] = (100).to_bytes(4, "little")
    assert reason_of(bytes(data)).reason == "broken"


def test_a_long_cell_of_a_csv_is_read():
    text = "推进医改。" * 100_000
    ((_, found),) = extract_table(f"正文\n{text}\n".encode(), "x.csv", "正文")
    assert found.text == text
