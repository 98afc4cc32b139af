from model.leak import near_share
from model.leave_out import at_random, by_file, in_place, top_section, truth_of
from tests.tiny import row, tiny_labels

LABELS = tiny_labels()
REAL = [r for r in LABELS if r.origin == "report"]


def keys(rows):
    return [r.key for r in rows]


def test_a_file_is_on_one_side_only():
    folds = by_file(LABELS)
    assert [fold.name for fold in folds] == ["a.txt", "b.txt", "c.txt"]
    for fold in folds:
        assert not {r.group for r in fold.training} & {r.group for r in fold.scored}
        assert fold.around == fold.scored
    assert sorted(keys(r for f in folds for r in f.scored)) == sorted(keys(REAL))


def test_authored_sentences_are_trained_on_and_never_scored():
    authored = {r.key for r in LABELS if r.origin == "authored"}
    for fold in (*by_file(LABELS), *at_random(LABELS)):
        assert authored <= set(keys(fold.training))
        assert not authored & set(keys(fold.scored))


def test_a_random_split_splits_reports():
    folds = at_random(LABELS)
    assert len(folds) == len(by_file(LABELS))
    for fold in folds:
        assert not set(keys(fold.training)) & set(keys(fold.scored))
        shared = {r.group for r in fold.training} & {r.group for r in fold.scored}
        assert len(shared) == 3  # every file is on both sides
        assert {r.group for r in fold.around} >= {r.group for r in fold.scored}
    assert sorted(keys(r for f in folds for r in f.scored)) == sorted(keys(REAL))
    assert at_random(LABELS) == folds


def test_near_equal_sentences_are_counted():
    copies = [
        row("大力推进家庭医生签约服务工作。", report=f"{name}.txt", index=at)
        for at, name in enumerate("aabbcc")
    ]
    assert near_share(by_file(copies)) == 1.0
    assert near_share(by_file(REAL)) < 1.0


def test_order_sections_and_truth():
    rows = [
        row("乙。", ("b",), "b.txt", 1, section="2.3.1"),
        row("丙。", (), "a.txt", 1, section=""),
        row("甲。", ("a", "b"), "a.txt", 0),
    ]
    assert in_place(rows) == [2, 1, 0]
    assert [top_section(r) for r in rows] == ["b.txt 2", "a.txt ", "a.txt 1"]
    assert truth_of(rows, ("a", "b")).tolist() == [
        [False, True],
        [False] * 2,
        [True] * 2,
    ]
    assert truth_of([], ("a", "b")).shape == (0, 2)
