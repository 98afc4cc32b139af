import dataclasses

import pytest

from annotate.gold import Vote, labelled, load_labels, save_labels
from annotate.rebase import rebase, rebase_file
from seeds.codebook import load_codebook
from seeds.read import read_text

CODEBOOK = load_codebook()
TEXT = (
    "一、医改\n推进医共体建设。药品零差率。一是招聘护士。二是建设病房。\n"
    "二、基层\n添置担架。总结完毕。添置担架。\n"
)


@pytest.fixture
def report():
    (found,) = read_text(TEXT, "x.txt", "ab" * 32)
    return found


def vote(account, *themes, at="1", **more):
    return Vote(account, at, themes, **more)


@pytest.fixture
def rows(report):
    done = []
    for sentence in report.sentences:
        themes = (CODEBOOK.codes[sentence.index],)
        votes = [vote("a", *themes), vote("b", "tcm")]
        decided = vote(
            "adjudicator", *themes, at="2", comment="理由", role="adjudicator"
        )
        votes += [decided] * (sentence.index % 2)
        done.append(labelled(report, sentence, themes, votes))
    return done


def votes_of(rows):
    return {(row.sha256, vote) for row in rows for vote in row.votes}


def reread(report, *changes):
    """The report with sentences replaced: (index, what instead)."""
    sentences = list(report.sentences)
    for index, instead in sorted(changes, reverse=True, key=lambda c: c[0]):
        sentences[index : index + 1] = instead
    sentences = [dataclasses.replace(s, index=i) for i, s in enumerate(sentences)]
    return dataclasses.replace(report, sentences=tuple(sentences))


def test_nothing_changes_where_nothing_changed(report, rows):
    done = rebase(rows, [report])
    assert done.rows == rows
    assert (done.same, done.carried) == (len(rows), 0)
    assert not done.unplaced
    assert not done.unread


def test_planted_changes_lose_nothing(report, rows):
    s = report.sentences
    replace = dataclasses.replace
    split = [
        replace(s[3], end=s[3].start + 3, text="二是建"),
        replace(s[3], start=s[3].start + 3, text="设病房。"),
    ]
    new = reread(
        report,
        (0, [replace(s[0], headings=("一、三医联动",), section="9")]),
        (1, [replace(s[1], start=s[1].start + 1)]),  # text equal, span moved
        (2, [replace(s[2], text="一是招聘护士")]),  # span equal, text changed
        (3, split),
        (5, [replace(s[5], text="总结,完毕。", start=s[5].start - 1)]),
        (6, [replace(s[6], text="添置担架和药箱。", end=s[6].end + 1)]),
    )
    done = rebase(rows, [new])
    assert votes_of(done.rows) | votes_of(done.unplaced) == votes_of(rows)
    by_text = {row.text: row for row in done.rows}
    assert by_text[s[0].text].headings == ("一、三医联动",)
    assert by_text[s[0].text].votes == rows[0].votes
    assert by_text[s[1].text].start == s[1].start + 1
    assert by_text[s[1].text].themes == rows[1].themes
    assert by_text["一是招聘护士"].votes == rows[2].votes
    assert by_text["总结,完毕。"].votes == rows[5].votes  # but for punctuation equal
    assert done.unplaced == [rows[3], rows[6]]
    assert [x.text for _, x in done.unread] == [
        "二是建",
        "设病房。",
        "添置担架和药箱。",
    ]
    assert (done.same, done.carried) == (0, 5)  # the index moved in the fifth


def test_two_joined_are_not_guessed(report, rows):
    s = report.sentences
    joined = dataclasses.replace(s[0], end=s[1].end, text=s[0].text + s[1].text)
    done = rebase(rows, [reread(report, (0, [joined]), (1, []))])
    assert done.unplaced == rows[:2]
    assert [x.text for _, x in done.unread] == [joined.text]


def test_all_spans_moved_far(report, rows):
    moved = dataclasses.replace(
        report,
        sentences=tuple(
            dataclasses.replace(s, start=s.start + 500, end=s.end + 500)
            for s in report.sentences
        ),
    )
    done = rebase(rows, [moved])
    assert [row.votes for row in done.rows] == [row.votes for row in rows]
    assert not done.unplaced
    # of two equal sentences one is gone: nobody knows whose votes remain
    done = rebase(rows, [reread(moved, (4, []))])
    assert done.unplaced == [rows[4], rows[6]]
    assert votes_of(done.rows) | votes_of(done.unplaced) == votes_of(rows)


def test_contradicting_votes_are_not_overwritten(report, rows):
    other = dataclasses.replace(
        rows[0],
        start=rows[0].start - 1,
        themes=("party",),
        votes=(vote("a", "party", at="9"),),
    )
    done = rebase([*rows, other], [report])
    assert done.unplaced == [other]
    third = dataclasses.replace(other, votes=(vote("c", "party", at="9"),))
    done = rebase([*rows, third], [report])
    assert not done.unplaced
    assert {v.account for v in done.rows[0].votes} == {"a", "b", "c"}
    assert done.rows[0].themes == rows[0].themes


def test_rows_of_other_files_stay(report, rows):
    other = dataclasses.replace(rows[0], sha256="cd" * 32)
    done = rebase([other, *rows], [report])
    assert other in done.rows
    assert len(done.rows) == len(rows) + 1
    assert rebase(rows, []).rows == rows


def test_what_was_kept_aside_comes_back(report, rows, tmp_path):
    path = tmp_path / "x.jsonl"
    save_labels(path, rows)
    joined = dataclasses.replace(
        report.sentences[0],
        end=report.sentences[1].end,
        text=report.sentences[0].text + report.sentences[1].text,
    )
    worse = reread(report, (0, [joined]), (1, []))
    rebase_file(path, [worse], CODEBOOK)
    side = tmp_path / "x.unplaced.jsonl"
    kept = load_labels(path, CODEBOOK)
    aside = load_labels(side, CODEBOOK)
    assert aside == rows[:2]
    assert votes_of(kept) | votes_of(aside) == votes_of(rows)
    rebase_file(path, [worse], CODEBOOK)  # again: nothing is lost, nothing is doubled
    assert load_labels(side, CODEBOOK) == rows[:2]
    save_labels(path, rows)  # somebody brought the old label file back
    rebase_file(path, [worse], CODEBOOK)
    assert load_labels(side, CODEBOOK) == rows[:2]
    rebase_file(path, [report], CODEBOOK)
    assert load_labels(path, CODEBOOK) == rows
    assert load_labels(side, CODEBOOK) == []
