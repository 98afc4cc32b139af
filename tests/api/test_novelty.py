import json

from annotate.gold import load_labels
from seeds.codebook import load_codebook


def line(text, *themes):
    data = {"kind": "single", "meta": {}, "text": text, "themes": themes}
    return json.dumps(data, ensure_ascii=False) + "\n"


def test_adds_what_is_new_and_refuses_what_is_there(command, tmp_path):
    raw, output = tmp_path / "raw.jsonl", tmp_path / "authored.jsonl"
    add = ("labels", "add-authored", str(raw), "--output", str(output), "--name")
    raw.write_text(line("骡马队驮药进山17趟。", "primary"))
    done = command(*add, "one")
    assert done.returncode == 0, done.stderr.decode()
    again = command(*add, "one")
    assert again.returncode == 2
    assert "is there already" in again.stderr.decode()
    raw.write_text(line("渡口设了巡诊船。", "primary") + line("骡马队驮药进山20趟。"))
    before = output.read_bytes()
    refused = command(*add, "two")
    assert refused.returncode == 2
    assert f"{raw}:2" in refused.stderr.decode()
    assert output.read_bytes() == before
    done = command(*add, "two", "--leave-out-doubles")
    assert "1 sentences added, 1 doubles left out" in done.stdout.decode()
    rows = load_labels(output, load_codebook())
    assert [row.report for row in rows] == ["one-0001", "two-0001"]


def test_novelty_counts_words_and_shows_the_nearest(command, tmp_path):
    raw = tmp_path / "raw.jsonl"
    raw.write_text(line("骡马队驮药进山。", "primary"))
    said = command("labels", "novelty", str(raw)).stdout.decode()
    assert "骡马" in said
    assert "nearest neighbour" in said
    assert said.count("new-0001:0:8:") == 1
