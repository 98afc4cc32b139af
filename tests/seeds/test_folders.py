import gc
import os
from pathlib import Path

import pytest

from seeds.corpus import read_path
from seeds.errors import UnreadableFile
from seeds.folders import read_paths
from seeds.records import Report

TEXT = "一、医改\n推进医共体建设。\n"


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    return folder


def put(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT)


def sources(folder: Path) -> list[str]:
    """Return the source of each report, `source: reason` of each error."""
    return [
        f"{found.path}: {found.reason}"
        if isinstance(found, UnreadableFile)
        else found.source
        for found in read_paths([folder])
    ]


def test_files_come_in_order_without_hidden_ones(folder):
    put(folder, "b.txt", "a/2.txt", "a/1.txt", "c.txt")
    put(folder, ".x.txt", ".git/y.txt", "~$b.docx", "a/.z.txt")
    assert sources(folder) == ["a/1.txt", "a/2.txt", "b.txt", "c.txt"]


def test_litter_is_skipped(folder):
    put(folder, "Thumbs.db", "desktop.ini", "页_files/a.js", "别_files/a.txt", "页.htm")
    assert sources(folder) == ["别_files/a.txt", "页.htm"]


def test_a_link_inside_is_read_once(folder):
    put(folder, "a/1.txt")
    (folder / "b.txt").symlink_to(folder / "a" / "1.txt")
    (folder / "d").symlink_to("a")
    assert sources(folder) == ["a/1.txt"]


def test_links_to_hidden_files_are_followed_once(folder):
    put(folder, ".store/1.txt", ".store/sub/2.txt")
    (folder / "a.txt").symlink_to(".store/1.txt")
    (folder / "b.txt").symlink_to(".store/1.txt")
    (folder / "c").symlink_to(".store/sub")
    (folder / ".store" / "sub" / "loop").symlink_to("..")
    assert sources(folder) == ["a.txt", "c/2.txt", "c/loop/1.txt", "c/loop/sub/2.txt"]


def test_loops_end(folder):
    put(folder, "a/1.txt")
    (folder / "a" / "up").symlink_to("..")
    (folder / "self").symlink_to("self")
    assert sources(folder) == ["a/1.txt", "self: not_found"]


def test_a_link_outside_is_an_error(folder, tmp_path):
    put(tmp_path, "secret.txt", "other/1.txt")
    put(folder, "a.txt")
    (folder / "b.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "c").symlink_to("../other")
    (folder / "d.txt").symlink_to("gone.txt")
    assert sources(folder) == [
        "a.txt",
        "b.txt: outside",
        "c: outside",
        "d.txt: not_found",
    ]


def test_the_folder_itself_may_be_a_link(folder, tmp_path):
    put(folder, "a.txt")
    (tmp_path / "link").symlink_to(folder)
    assert sources(tmp_path / "link") == ["a.txt"]


def test_what_is_no_file_is_an_error(folder):
    put(folder, "a.txt")
    os.mkfifo(folder / "b.txt")
    (fifo, other) = read_paths([folder / "b.txt", folder / "nowhere.txt"])
    assert isinstance(fifo, UnreadableFile)
    assert fifo.reason == "unsupported"
    assert isinstance(other, UnreadableFile)
    assert other.reason == "not_found"
    assert sources(folder) == ["a.txt", "b.txt: unsupported"]


def test_an_unexpected_error_is_a_row_and_stops_no_other(folder, monkeypatch, caplog):
    put(folder, "a.txt", "b.txt", "c.txt")

    def fails_once(
        path: Path, source: str, column: str
    ) -> list[Report | UnreadableFile]:
        if source == "b.txt":
            raise ZeroDivisionError("a reader's mistake")
        return read_path(path, source, column)

    monkeypatch.setattr("seeds.folders.read_path", fails_once)
    _, error, last = read_paths([folder])
    assert isinstance(error, UnreadableFile)
    assert (error.path, error.reason, error.detail) == (
        "b.txt", "broken", "ZeroDivisionError",
    )  # fmt: skip
    assert isinstance(last, Report)
    assert "reading b.txt failed: ZeroDivisionError" in caplog.text


def test_tables_give_a_report_a_row(folder):
    (folder / "表.csv").write_text("标题,正文\n甲,推进医改。\n乙,\n丙,抓好防控。\n")
    put(folder, "a.txt")
    found = list(read_paths([folder], column="正文"))
    assert [getattr(f, "source", f) for f in found] == ["a.txt", "表.csv#2", "表.csv#4"]
    (error,) = read_paths([folder / "表.csv"], column="内容")
    assert isinstance(error, UnreadableFile)
    assert error.reason == "no_column"


def test_a_thousand_files_are_streamed(folder):
    put(folder, *(f"{n % 10}/{n:04}.txt" for n in range(1_000)))
    told: list[int] = []
    alive: list[int] = []
    for number, _ in enumerate(
        read_paths([folder], progress=lambda n, _: told.append(n))
    ):
        if number % 250 == 0:
            alive.append(sum(isinstance(o, Report) for o in gc.get_objects()))
    assert told == list(range(1, 1_001))
    assert max(alive) <= alive[0] + 2
