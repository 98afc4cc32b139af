"""`policy-themes read`, and what it shares with `tag`."""

import csv
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app

ROOT = Path(__file__).parents[2]
TEXT = (
    "云河县卫生健康局2024年工作总结和2025年工作计划\n开局良好。\n一、2024年工作\n推进医改。抓好防控。\n"
    "二、2025年计划\n建设医院。\n来源：甲县政府网\n"
)


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "reports"
    (folder / "2024").mkdir(parents=True)
    (folder / "2024" / "甲.txt").write_text(TEXT)
    (folder / "坏.txt").write_bytes(b"")
    return folder


def read(*arguments: object) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["read", *map(str, arguments)])
    return done.exit_code, done.stdout, done.stderr


def test_a_folder_is_shown_as_trees_and_errors_come_last(folder):
    code, shown, said = read(folder)
    assert code == 1
    assert shown.splitlines() == [
        "2024/甲.txt  云河县卫生健康局2024年工作总结和2025年工作计划  云河县"
        "  总结 2024 计划 2025  4 句 2 节  总结 3 计划 1",
        "  (标题之前)  总结 1",
        "  一、2024年工作  总结 2",
        "  二、2025年计划  计划 1",
    ]
    assert said.splitlines() == ["policy-themes: 坏.txt: empty (没有可用的句子)"]


def test_dropped_spans_are_counted_and_shown(folder):
    code, shown, _ = read(folder / "2024", "--dropped")
    assert code == 0
    below = shown.splitlines()[4:]
    assert below[0] == "heading 2  title 1  chrome 1"
    assert below[1] == "[0:27] title: 云河县卫生健康局2024年工作总结和2025年工作计划"
    assert below[-1].endswith("chrome: 来源：甲县政府网")


def test_jsonl_goes_to_a_file_with_what_was_dropped(folder, tmp_path):
    target = tmp_path / "out" / "read.jsonl"
    code, shown, _ = read(
        folder / "2024", "--format", "jsonl", "--dropped", "--output", target
    )
    assert (code, shown) == (0, "")
    records = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    assert [r["text"] for r in records if "index" in r] == [
        "开局良好。", "推进医改。", "抓好防控。", "建设医院。",
    ]  # fmt: skip
    for record in records:
        if "dropped" in record:
            assert TEXT[record["start"] : record["end"]] == record["text"]
    assert {r["report"] for r in records} == {"甲.txt"}


def test_text_is_printed_once_for_several_reports(tmp_path):
    both = "【篇一】甲县工作总结\n推进医改。\n【篇二】乙县工作总结\n抓好防控。\n"
    (tmp_path / "x.txt").write_text(both)
    assert read(tmp_path / "x.txt", "--text")[1] == both + "\n"


def test_the_table_of_errors(folder, tmp_path):
    (folder / "=x.txt").write_bytes(b"")
    table = tmp_path / "errors.csv"
    assert read(folder, "nowhere.txt", "--errors", table)[0] == 1
    with table.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [(row["文件"], row["原因"]) for row in rows] == [
        ("'=x.txt", "empty"), ("坏.txt", "empty"), ("nowhere.txt", "not_found"),
    ]  # fmt: skip
    assert rows[0]["说明"] == "没有可用的句子"


def test_column_and_metadata(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "表.csv").write_text("题,正文\n甲,推进医改。\n乙,抓好防控。\n")
    table = tmp_path / "about.csv"
    table.write_text("路径,地区,年份\n表.csv#2,乙县,2021\n没有.txt,丙县,\n")
    code, shown, said = read(tmp_path / "in", "--column", "正文", "--metadata", table)
    assert code == 1
    first, _, second, _ = shown.splitlines()
    assert first.startswith("表.csv#2  乙县  总结 2021  1 句")
    assert second.startswith("表.csv#3  1 句")
    assert said == "policy-themes: metadata: no report is called 没有.txt (row 3)\n"


def test_a_missing_column_names_those_found(tmp_path):
    (tmp_path / "表.csv").write_text("题,正文\n甲,推进医改。\n")
    code, _, said = read(tmp_path / "表.csv", "--column", "内容")
    assert code == 1
    assert "no_column" in said
    assert "题、正文" in said


def test_a_bad_metadata_table_is_one_line(command, folder):
    table = folder / "about.csv"
    table.write_text("路径,年份\na.txt,去年\n")
    done = command("read", str(folder), "--metadata", str(table))
    assert done.returncode == 2
    assert done.stderr.decode() == (
        "policy-themes: about.csv: row 2, column '年份': '去年' is no year\n"
    )


def test_hostile_text_cannot_steer_the_terminal(tmp_path):
    (tmp_path / "a\x1b[2J.txt").write_text(
        "一、医改\n推进。\n来源：\x1b]0;x\x07\x9b2J\n"
    )
    shown = read(tmp_path, "--dropped")[1]
    assert "来源" in shown
    assert not {char for char in shown if ord(char) < 32 or 127 <= ord(char) < 160} - {
        "\n"
    }


def test_tag_takes_column_and_metadata(command, tmp_path):
    (tmp_path / "表.csv").write_text("题,正文\n甲,推进医共体建设。\n")
    done = command("tag", str(tmp_path / "表.csv"), "--column", "正文")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["report"] == "表.csv#2"
    (tmp_path / "about.csv").write_text("路径,地区\n没有,甲县\n")
    options = ["--column", "正文", "--metadata", str(tmp_path / "about.csv")]
    done = command("tag", str(tmp_path / "表.csv"), *options)
    assert done.returncode == 1
    assert "no report is called 没有" in done.stderr.decode()


@pytest.mark.parametrize("terminal", ["stdout", "stderr"])
def test_only_a_terminal_gets_colours_and_progress(folder, terminal):
    ours, theirs = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "api", "read", str(folder / "2024")],
        cwd=ROOT,
        env=os.environ | {"TERM": "xterm", "COLUMNS": "100"},
        stdout=theirs if terminal == "stdout" else subprocess.PIPE,
        stderr=theirs if terminal == "stderr" else subprocess.PIPE,
        check=True,
        timeout=60,
    )
    os.close(theirs)
    with os.fdopen(ours, "rb") as screen:
        drawn = screen.read1(100_000).decode()
    assert "\x1b[" in drawn
    if terminal == "stdout":
        assert "└── 二、2025年计划" in drawn
        assert done.stderr == b""
    else:
        assert "1  甲.txt" in drawn
        assert b"\x1b" not in done.stdout
