import csv
import json
import subprocess
import sys

import openpyxl

HEAVY = {"sklearn", "pandas", "jieba", "rjieba", "scipy", "fastapi"}


def test_help_imports_nothing_heavy():
    code = (
        "import sys\nfrom api.cli import app\n"
        "try:\n    app(['--help'])\nexcept SystemExit:\n    pass\n"
        "print('LOADED', *sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.rpartition("LOADED")[2].split())
    assert "typer" in loaded
    assert not loaded & HEAVY


def test_tagging_needs_no_scikit_learn(data_dir):
    code = (
        "import sys\nfrom pathlib import Path\n"
        "from model.bundle import current, load_tagger\n"
        f"tagger = load_tagger(current(Path({str(data_dir)!r})))\n"
        "tagger.tag_sentences(['推进医改。'])\nprint('LOADED', *sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.rpartition("LOADED")[2].split())
    assert "rjieba" in loaded
    assert not loaded & {"sklearn", "pandas", "jieba"}


def test_tags_a_folder_and_names_what_it_cannot_read(command, tmp_path):
    folder = tmp_path / "reports"
    (folder / "2024").mkdir(parents=True)
    (folder / "2024" / "好.txt").write_text("一、医改\n=1+1推进医共体建设。\n")
    (folder / "坏.txt").write_bytes(b"")
    target = tmp_path / "out.csv"
    done = command("tag", str(folder), "--format", "csv", "--output", str(target))
    assert done.returncode == 1
    with target.open(encoding="utf-8-sig", newline="") as lines:
        (row,) = list(csv.DictReader(lines))
    assert row["报告"] == "2024/好.txt"
    assert row["主题"] == "医改"
    assert row["句子"].startswith("'=")
    with target.with_name("out.csv.errors.csv").open(encoding="utf-8-sig") as lines:
        (error,) = list(csv.DictReader(lines))
    assert error["文件"] == "坏.txt"
    assert error["原因"] == "empty"


def test_excel_holds_no_formula(command, tmp_path):
    report = tmp_path / "x.txt"
    report.write_text('一、医改\n=HYPERLINK("http://x")推进医共体建设。\n')
    target = tmp_path / "out.xlsx"
    done = command("tag", str(report), "--format", "xlsx", "--output", str(target))
    assert done.returncode == 0, done.stderr
    sheet = openpyxl.load_workbook(target).active
    cells = [cell for cells in sheet.iter_rows(min_row=2) for cell in cells]
    assert cells[4].value.startswith("=HYPERLINK")
    assert all(cell.data_type != "f" for cell in cells)
    assert not any(cell.hyperlink for cell in cells)


def test_errors_are_one_line(command):
    done = command("tag", "nowhere.txt")
    assert done.returncode == 1
    assert "nowhere.txt: not_found" in done.stderr.decode()
    done = command("tag", "x.txt", "--data-dir", "nowhere")
    assert done.returncode == 2
    assert "no model is published" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_jsonl_goes_to_standard_output(command, reports):
    path = f"seeds/documents/{reports[2].source}"
    done = command("tag", path)
    records = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert len(records) == len(reports[2].sentences)
    assert all(reports[2].text[r["start"] : r["end"]] == r["text"] for r in records)
