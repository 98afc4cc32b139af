import dataclasses
import json
import random
from collections.abc import Hashable

import pytest

from annotate.accounts import email_of
from annotate.agreement import cohen_kappa, measure_agreement
from annotate.alpha import alpha, alpha_interval, masi
from annotate.errors import AgreementError
from annotate.gold import LABELS, Vote, load_labels, save_labels
from api.agree import run_agreement
from seeds.codebook import load_codebook

CODEBOOK = load_codebook()


def units(*observers):
    """One row of values an observer; `.` is missing."""
    columns = zip(*(row.split() for row in observers), strict=True)
    return [[frozenset(v) for v in column if v != "."] for column in columns]


# Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), examples A, B, C.
@pytest.mark.parametrize(
    ("observers", "expected"),
    [
        (("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0"), 0.095),
        (("a a b b d c c c e d d a", "b a b b b c c c e d d d"), 0.692),
        (
            (
                "1 2 3 3 2 1 4 1 2 . . .",
                "1 2 3 3 2 2 4 1 2 5 . 3",
                ". 3 3 3 2 3 4 2 2 5 1 .",
                "1 2 3 3 2 4 4 1 2 5 1 .",
            ),
            0.743,
        ),
    ],
)
def test_alpha_of_the_literature(observers, expected):
    assert alpha(units(*observers)) == pytest.approx(expected, abs=0.0005)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("", "", 0),
        ("a", "a", 0),
        ("", "a", 1),
        ("a", "b", 1),
        ("ab", "abc", 1 - 2 / 3 * 2 / 3),  # one holds the other
        ("ab", "bc", 1 - 1 / 3 * 1 / 3),  # they overlap
    ],
)
def test_masi(one, other, expected):
    assert masi(frozenset(one), frozenset(other)) == pytest.approx(expected)
    assert masi(frozenset(other), frozenset(one)) == pytest.approx(expected)


def test_alpha_by_hand():
    """Values a, ab, a, c: Do = (1/4)(2·2/3 + 0·2)…, worked out on paper."""
    a, ab, c = frozenset("a"), frozenset("ab"), frozenset("c")
    found = alpha([[a, ab], [a, a], [c, c]])
    # d(a,ab) = 1 - 1/2·2/3 = 2/3; Do = (2·2/3)/6; n = 6: a 3, ab 1, c 2
    # De = 2(3·1·2/3 + 3·2·1 + 1·2·1)/(6·5) = 20/30
    assert found == pytest.approx(1 - (4 / 3 / 6) / (20 / 30))


def test_alpha_of_empty_and_equal_sets():
    none: frozenset[str] = frozenset()
    a = frozenset("a")
    assert alpha([[none, none], [a, a]]) == 1
    assert alpha([[none, none], [none, none]]) is None
    assert alpha([[a], []]) is None


def test_alpha_is_that_of_nltk():
    task = pytest.importorskip("nltk.metrics.agreement")
    distance = pytest.importorskip("nltk.metrics.distance")
    draw = random.Random(5)
    codes = "abcdef"
    some, triples = [], []
    for item in range(300):
        unit: list[frozenset[str]] = []
        for coder in ("one", "two"):
            themes = frozenset(draw.sample(codes, draw.randint(0, 3)))
            if coder == "two" and draw.random() < 0.6:
                themes = unit[0]
            unit.append(themes)
            triples.append((coder, item, themes or frozenset({"_none"})))
        some.append(unit)
    oracle = task.AnnotationTask(data=triples, distance=distance.masi_distance)
    # nltk's MASI: 1 - |both| / |either| x (1, 0.67, 0.33, 0) up to rounding in a version
    full, part = frozenset("ab"), frozenset("abc")
    constant = (1 - distance.masi_distance(full, part)) / (2 / 3)
    slack = abs(constant - 2 / 3) + 1e-9
    assert alpha(some) == pytest.approx(oracle.alpha(), abs=slack)


def test_interval_draws_clusters_and_is_always_the_same():
    draw = random.Random(1)
    clusters: dict[Hashable, list[list[frozenset[str]]]] = {
        n: [
            [frozenset("a"), frozenset(draw.choice("ab"))]
            if draw.random() < 0.5
            else [frozenset("b")] * 2
            for _ in range(10)
        ]
        for n in range(12)
    }
    found = alpha_interval(clusters)
    assert found == alpha_interval(clusters)
    value = alpha([unit for some in clusters.values() for unit in some])
    assert found is not None
    assert value is not None
    assert found.low < value < found.high
    assert found.clusters == 12
    assert alpha_interval({"only": clusters[0]}) is None
    assert (
        alpha_interval({1: [[frozenset("a")] * 2], 2: [[frozenset("a")] * 2]}) is None
    )


def test_cohen_by_hand():
    # 50 proposals, both yes 20, both no 15, 25 yes of the first, 30 of the second
    assert cohen_kappa(20, 25, 30, 50) == pytest.approx(0.4)
    assert cohen_kappa(0, 0, 0, 50) is None
    assert cohen_kappa(50, 50, 50, 50) is None


@pytest.fixture
def rows():
    """Two accounts on ten sentences; they disagree on two."""
    labels = load_labels(LABELS / "seeds.jsonl", CODEBOOK)[:10]
    done = []
    for at, row in enumerate(labels):
        first = ("reform", "primary") if at % 2 else ("reform",)
        others = {0: ("medical",), 1: first[::-1], 3: first[::-1], 9: ()}
        second = others.get(at, first)
        votes = (
            Vote("a@x", "1", first, "同一句话" if at == 5 else ""),
            Vote("b@x", "1", second, "同一句话" if at == 5 else "别的话"),
            Vote("adjudicator@x", "2", first, "理由", role="adjudicator"),
        )
        done.append(dataclasses.replace(row, themes=first, votes=votes))
    return done


def test_figures_of_two_accounts(rows):
    found = measure_agreement(rows, CODEBOOK.codes)
    assert found.accounts == ("a@x", "b@x")
    assert found.sentences == 10
    assert found.exact == 0.8
    by_theme = {theme.theme: theme for theme in found.themes}
    reform = by_theme["reform"]
    assert (reform.first, reform.second) == (1.0, 0.8)
    assert reform.positive == pytest.approx(2 * 8 / 18)
    assert reform.kappa == pytest.approx(0)
    assert by_theme["tcm"].kappa is None
    assert by_theme["tcm"].positive is None
    pairs = {(c.one, c.other): c for c in found.confusions}
    assert pairs["medical", "reform"].count == 1
    assert pairs["medical", "reform"].examples == (rows[0],)
    assert pairs["", "reform"].examples == (rows[9],)
    assert found.same_comments == (rows[5].key,)
    assert found.same_order == (2, 4)  # 1 and 3 turned round, 5 and 7 not
    assert set(found.reports) == {rows[0].report}


def test_needs_two_accounts_with_common_sentences(rows):
    with pytest.raises(AgreementError, match="c@x"):
        measure_agreement(rows, CODEBOOK.codes, ("a@x", "c@x"))
    alone = [dataclasses.replace(row, votes=row.votes[:1]) for row in rows]
    with pytest.raises(AgreementError, match="votes are of a@x"):
        measure_agreement(alone, CODEBOOK.codes)


def test_command_prints_and_writes(rows, tmp_path, command):
    path, figures = tmp_path / "x.jsonl", tmp_path / "x.json"
    save_labels(path, rows)
    done = command("agree", str(path), "--json", str(figures), "--accounts", "a@x,b@x")
    said = done.stdout.decode()
    assert done.returncode == 0, done.stderr.decode()
    assert "not defined" in said
    assert rows[0].text in said
    assert f"  {rows[5].key}" in said
    found = json.loads(figures.read_text(encoding="utf-8"))
    assert found["themes"]["tcm"]["kappa"] is None
    assert found["exact"] == 0.8


def test_accounts_are_named_as_in_the_votes_or_as_given(rows, tmp_path):
    path = tmp_path / "x.jsonl"
    named = [
        dataclasses.replace(
            row,
            votes=(
                dataclasses.replace(row.votes[0], account="author-1"),
                dataclasses.replace(row.votes[1], account=email_of("annotator-2")),
            ),
        )
        for row in rows
    ]
    save_labels(path, named)
    first = next(run_agreement(path, "author-1, annotator-2", None))
    assert first == f"10 sentences answered by author-1 and {email_of('annotator-2')}"
    with pytest.raises(AgreementError, match="not 1"):
        next(run_agreement(path, "author-1", None))
