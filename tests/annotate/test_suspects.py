import dataclasses

import numpy as np
import pytest

from annotate.confident import against, wrong
from annotate.gold import LABELS, load_labels
from annotate.suspects import rank_suspects
from seeds.codebook import load_codebook

CODEBOOK = load_codebook()
CODES = CODEBOOK.codes


def noisy(seed, n=400, themes=4):
    draw = np.random.default_rng(seed)
    truth = draw.random((n, themes)) < 0.3
    p = np.clip(
        np.where(truth, 0.75, 0.2) + draw.normal(0, 0.2, truth.shape), 0.01, 0.99
    )
    flipped = draw.random(truth.shape) < 0.05
    return p, truth ^ flipped, flipped


@pytest.mark.parametrize("seed", range(5))
def test_confident_learning_is_that_of_cleanlab(seed):
    cleanlab = pytest.importorskip("cleanlab.filter")
    p, given, _ = noisy(seed)
    mine = wrong(p, given)
    for column in range(p.shape[1]):
        oracle = cleanlab.find_label_issues(
            given[:, column].astype(int),
            np.column_stack([1 - p[:, column], p[:, column]]),
            filter_by="confident_learning",
            n_jobs=1,
        )
        assert oracle.any()
        assert (mine[:, column] == oracle).all()


def test_flipped_labels_come_first():
    p, given, flipped = noisy(9)
    order = np.argsort(-against(p, given).max(axis=1))
    bad = flipped.any(axis=1)
    assert bad[order[: bad.sum()]].mean() > 0.7


def test_thresholds_by_hand():
    p = np.array([[0.9], [0.5], [0.1], [0.3]])
    given = np.array([[True], [True], [False], [False]])
    # has: mean of 0.9, 0.5; lacks: mean of 0.9, 0.7
    expected = [[0.1 - 0.8], [0.5 - 0.8], [0.1 - 0.7], [0.3 - 0.7]]
    assert against(p, given) == pytest.approx(np.array(expected))
    nobody = np.zeros((4, 1), dtype=bool)
    assert (against(p, nobody) <= 0).all()


@pytest.fixture
def rows():
    return load_labels(LABELS / "seeds.jsonl", CODEBOOK)[:40]


def certain(rows):
    """Probabilities that agree with every label."""
    return np.array([[0.9 if c in row.themes else 0.02 for c in CODES] for row in rows])


def changed(row, *themes, **more):
    return dataclasses.replace(row, themes=themes, **more)


def test_the_model_against_a_label(rows):
    p = certain(rows)
    rows[7] = changed(rows[7], "tcm")
    first, *_ = rank_suspects(rows, p, [], CODEBOOK)
    assert first.row is rows[7]
    assert any(
        "标了“中医药”" in reason and "0.02" in reason for reason in first.reasons
    )
    assert any("没有标" in reason and "0.90" in reason for reason in first.reasons)


def test_opposite_labels_on_near_equal_sentences(rows):
    p = certain(rows)
    rows[3] = changed(rows[3], "reform", text="推进云龙行动。", cue="")
    rows[9] = changed(rows[9], "tcm", text="推进云龙行动2。", cue="")
    p[3], p[9] = p.mean(axis=0), p.mean(axis=0)
    plain = rank_suspects(rows, p, [], CODEBOOK)
    found = rank_suspects(rows, p, [(3, 9, 0.95)], CODEBOOK)
    score = {s.row.key: s for s in plain}
    for suspect in found:
        more = suspect.score - score[suspect.row.key].score
        assert more == pytest.approx(0.285 if suspect.row in (rows[3], rows[9]) else 0)
    (three,) = [s for s in found if s.row is rows[3]]
    assert "相近的句子（0.95）标的是“中医药”：推进云龙行动2。" in three.reasons


def test_key_terms_and_department_speak_against_a_label(rows):
    row = changed(rows[5], "party", text="新建中医馆。", cue="中医药管理科")
    p = certain([*rows, row])
    (found,) = [s for s in rank_suspects([*rows, row], p, [], CODEBOOK) if s.row is row]
    assert any("关键词" in r and "“中医馆”（中医药）" in r for r in found.reasons)
    assert any("责任科室“中医药管理科”" in r for r in found.reasons)
    right = changed(row, "tcm")
    p = certain([*rows, right])
    ranked = rank_suspects([*rows, right], p, [], CODEBOOK)
    (fine,) = [s for s in ranked if s.row is right]
    (reason,) = fine.reasons
    assert "最没有把握" in reason
    assert fine.score < found.score


def test_an_office_is_not_the_office(rows):
    row = changed(rows[5], "tcm", text="推进云龙行动。", cue="信息化办公室")
    ranked = rank_suspects([*rows, row], certain([*rows, row]), [], CODEBOOK)
    (found,) = [s for s in ranked if s.row is row]
    (reason,) = found.reasons
    assert reason.endswith("信息化")
