import dataclasses

import pytest

from annotate.adjudicate import disputed, say_votes
from annotate.errors import LabelFileError
from annotate.gold import LABELS, Role, Vote, load_labels, save_labels
from annotate.screen import ADJUDICATION
from annotate.tasks import answer, read_answer, row_tasks
from annotate.votes import merge, with_votes
from seeds.codebook import load_codebook

CODEBOOK = load_codebook()


def vote(account, at, *themes, comment=""):
    role: Role = "adjudicator" if account.startswith("adjudicator") else "annotator"
    return Vote(account, at, themes, comment, role=role)


@pytest.fixture
def row():
    plain = load_labels(LABELS / "seeds.jsonl", CODEBOOK)[1]
    return dataclasses.replace(plain, votes=(vote("a", "1", "reform", "primary"),))


def test_the_order_of_themes_is_no_disagreement(row):
    same = with_votes(row, [vote("b", "2", "primary", "reform")])
    assert disputed([same]) == []
    assert set(same.themes) == {"reform", "primary"}


def test_the_adjudicator_decides_and_all_votes_stay(row):
    open_ = with_votes(row, [vote("b", "2", "medical")])
    assert disputed([open_]) == [open_]
    done = with_votes(open_, [vote("adjudicator", "3", "medical", comment="见手册")])
    assert done.themes == ("medical",)
    assert [v.account for v in done.votes] == ["a", "b", "adjudicator"]
    assert disputed([done]) == []
    # what is confirmed later stays decided; what contradicts later is open again
    agreeing = with_votes(done, [vote("c", "4", "medical")])
    assert disputed([agreeing]) == []
    against = with_votes(done, [vote("c", "4", "tcm")])
    assert disputed([against]) == [against]
    assert against.themes == ("medical",)
    again = vote("adjudicator", "5", "tcm", comment="再看")
    assert with_votes(against, [again]).themes == ("tcm",)


def test_a_decision_is_kept_in_the_file(row, tmp_path):
    done = with_votes(row, [vote("adjudicator", "3", "medical", comment="见手册")])
    path = tmp_path / "x.jsonl"
    save_labels(path, [done])
    assert load_labels(path, CODEBOOK) == [done]
    text = path.read_text(encoding="utf-8")
    assert text.count('"role"') == 1


@pytest.mark.parametrize(
    ("votes", "themes", "said"),
    [
        ([vote("adjudicator", "3", "tcm")], ("tcm",), "no reason"),
        ([vote("adjudicator", "3", "tcm", comment="因")], ("party",), "not the themes"),
        ([vote("a", "1", "tcm"), vote("b", "1", "tcm")], ("party",), "all accounts"),
    ],
)
def test_loader_refuses_what_was_not_decided(row, tmp_path, votes, themes, said):
    path = tmp_path / "x.jsonl"
    save_labels(path, [dataclasses.replace(row, votes=tuple(votes), themes=themes)])
    with pytest.raises(LabelFileError, match=f"x.jsonl:1: .*{said}"):
        load_labels(path, CODEBOOK)


def test_only_an_adjudicator_decides_and_gives_a_reason():
    given = {"result": answer(["tcm"], "理由")}
    read = read_answer(given, "adjudicator@x", CODEBOOK, ADJUDICATION)
    assert isinstance(read, Vote)
    assert read.role == "adjudicator"
    assert "only accounts" in str(read_answer(given, "a@x", CODEBOOK, ADJUDICATION))
    silent = {"result": answer(["tcm"])}
    said = read_answer(silent, "adjudicator@x", CODEBOOK, ADJUDICATION)
    assert "no reason" in str(said)


def test_the_task_shows_votes_and_context(row):
    rows = load_labels(LABELS / "seeds.jsonl", CODEBOOK)
    hostile = vote("b", "2", comment="<script>alert(1)</script>")
    rows[1] = with_votes(row, [hostile])
    (task,) = row_tasks(rows, {rows[1].key: say_votes(rows[1], CODEBOOK)})
    assert task["sid"] == rows[1].key
    assert "医改、基层" in task["note"]
    assert "无主题" in task["note"]
    assert "<script>" not in task["note"]
    assert (
        f"<mark style='background:#fde68a'>{rows[1].text}</mark>" in task["paragraph"]
    )
    assert rows[2].text in task["paragraph"]


def test_an_authors_label_is_not_silently_overwritten():
    written = load_labels(LABELS / "authored.jsonl", CODEBOOK)
    plain = next(row for row in written if not row.votes and row.themes == ("reform",))
    rows, strangers = merge(written, [], {plain.key: [vote("b", "1", "tcm")]})
    assert not strangers
    assert [row.key for row in rows] == [row.key for row in written]  # the order stays
    (row,) = [row for row in rows if row.key == plain.key]
    assert [v.themes for v in row.votes] == [("reform",), ("tcm",)]
    assert row.themes == ("reform",)
    assert disputed([row]) == [row]
