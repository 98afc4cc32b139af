import io

import openpyxl
import pytest

from seeds.errors import MetadataError
from seeds.metadata import load_metadata
from seeds.read import read_text

TEXT = "甲县卫生健康局2023年工作总结\n一、医改\n推进医改。\n"


@pytest.fixture
def report():
    (report,) = read_text(TEXT, "2024/甲.txt")
    return report


def test_the_table_overrides_what_the_text_tells(tmp_path, report):
    table = tmp_path / "表.csv"
    table.write_text(
        "文件,地区,年份,单位\n.\\2024\\甲.txt,乙区,2024年,\n无.txt,丙县,,丙局\n",
        "gb18030",
    )
    metadata = load_metadata(table)
    found = metadata.apply(report)
    assert (found.region, found.year, found.issuer) == ("乙区", 2024, report.issuer)
    assert found.sentences == report.sentences
    assert metadata.unknown() == ["无.txt (row 3)"]


def test_a_row_for_one_of_several_reports_wins(tmp_path):
    both = read_text(
        "【篇一】甲县工作总结\n推进医改。\n【篇二】乙县工作总结\n抓好防控。\n", "x.txt"
    )
    table = tmp_path / "x.csv"
    table.write_text("path;region\nx.txt;两县\nx.txt#2;乙县\n")
    metadata = load_metadata(table)
    assert [metadata.apply(r).region for r in both] == ["两县", "乙县"]
    assert metadata.unknown() == []


def test_reads_excel(tmp_path, report):
    book = openpyxl.Workbook()
    for row in [["路径", "year"], ["2024/甲.txt", 2022]]:
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    (tmp_path / "表.xlsx").write_bytes(target.getvalue())
    assert load_metadata(tmp_path / "表.xlsx").apply(report).year == 2022


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("地区,年份\n甲县,2024\n", ["x.csv", "路径", "found: 地区、年份"]),
        ("路径,备注\na.txt,无\n", ["x.csv", "none of the columns"]),
        ("路径,年份\na.txt,去年\n", ["x.csv", "row 2", "'年份'", "'去年' is no year"]),
        ("路径,年份\n,2024\n", ["x.csv", "row 2", "'路径'", "no path"]),
        (
            "路径,年份\na,2024\n\na,2023\n",
            ["x.csv", "row 4", "'路径'", "in row 2 already"],
        ),
        ("", ["x.csv", "found: "]),
    ],
)
def test_a_bad_table_names_file_row_and_column(tmp_path, text, said):
    table = tmp_path / "x.csv"
    table.write_text(text)
    with pytest.raises(MetadataError) as caught:
        load_metadata(table)
    assert all(words in str(caught.value) for words in said), str(caught.value)


def test_a_table_that_cannot_be_read_is_an_error(tmp_path):
    with pytest.raises(MetadataError, match="No such file"):
        load_metadata(tmp_path / "x.csv")
    (tmp_path / "x.xlsx").write_bytes(b"PK\3\4")
    with pytest.raises(MetadataError, match=r"x\.xlsx: broken"):
        load_metadata(tmp_path / "x.xlsx")
