import os
import stat
from pathlib import Path

import pytest

from seeds.errors import UnreadableFile
from seeds.readers import extract
from seeds.readers.doc import office
from seeds.readers.sandbox import Limits
from tests.conftest import missing

CASE = Path(__file__).parents[2] / "data" / "reading" / "doc-report" / "input.doc"


@pytest.fixture
def _office() -> None:
    if office() is None:
        missing(
            "LibreOffice", "apt-get install --no-install-recommends libreoffice-writer"
        )


def failed(data: bytes, limits: Limits | None = None) -> UnreadableFile:
    (found,) = extract(data, "某.doc", limits=limits or Limits())
    assert isinstance(found.content, UnreadableFile)
    return found.content


@pytest.mark.usefixtures("_office")
def test_an_old_word_file():
    (found,) = extract(CASE.read_bytes(), "某.doc")
    assert not isinstance(found.content, UnreadableFile)
    assert "一、主要工作" in found.content.text
    assert [hint.level for hint in found.content.hints] == [1, 2, 2, 1]


@pytest.mark.usefixtures("_office")
def test_rich_text():
    said = "".join(f"\\u{ord(char)}?" for char in "推进医疗改革。")
    (found,) = extract(f"{{\\rtf1\\ansi {said}\\par}}".encode(), "某.doc")
    assert not isinstance(found.content, UnreadableFile)
    assert found.content.text == "推进医疗改革。"


@pytest.mark.usefixtures("_office")
def test_a_scarred_file_is_broken():
    data = CASE.read_bytes()
    scarred = data[:512] + b"\0" * 4_096 + data[4_608:]
    assert failed(scarred).reason == "broken"


def program(folder: Path, script: str) -> None:
    """Put a program called `soffice` into a folder."""
    made = folder / "soffice"
    made.write_text(f"#!/bin/sh\n{script}\n")
    made.chmod(made.stat().st_mode | stat.S_IXUSR)


def test_without_libreoffice_the_way_out_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    error = failed(CASE.read_bytes())
    assert error.reason == "unsupported"
    assert "libreoffice-writer" in error.detail
    assert "docx" in error.detail


def test_a_conversion_that_hangs_is_ended_with_all_it_started(tmp_path, monkeypatch):
    started = tmp_path / "pid"
    program(tmp_path, f"sleep 600 & echo $! > {started}; wait")
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    error = failed(CASE.read_bytes(), Limits(convert_seconds=1))
    assert error.reason == "too_slow"
    state = Path(f"/proc/{int(started.read_text())}/stat")
    assert not state.exists() or state.read_text().split()[2] == "Z"


def test_a_conversion_that_makes_nothing_is_broken(tmp_path, monkeypatch):
    program(tmp_path, "exit 0")
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert failed(CASE.read_bytes()).reason == "broken"


def test_the_conversion_has_a_home_of_its_own_and_no_secrets(tmp_path, monkeypatch):
    said = tmp_path / "said"
    program(tmp_path, f"env > {said}; echo $@ >> {said}")
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("POLICY_THEMES_TOKEN", "secret")
    failed(CASE.read_bytes())
    text = said.read_text()
    assert "secret" not in text
    (home,) = [line[5:] for line in text.splitlines() if line.startswith("HOME=")]
    assert f"UserInstallation=file://{home}/profile" in text
    assert not Path(home).exists()
