import json
from typing import Any

import numpy as np

from annotate.gold import LABELS
from annotate.suspects import Suspect
from api.bench_suspects import early, plant
from api.review import out_of_fold, print_suspects, run_suspects
from model.tokens import fold
from seeds.codebook import load_codebook

CODES = load_codebook().codes


def test_planting_spoils_a_share_by_one_theme(labels):
    rows, planted = plant(labels, CODES)
    assert len(planted) == round(0.05 * len(labels))
    assert plant(labels, CODES)[1] == planted
    for before, after in zip(labels, rows, strict=True):
        gone, new = (
            set(before.themes) - set(after.themes),
            set(after.themes) - set(before.themes),
        )
        assert (after.key in planted) == bool(gone or new)
        assert len(gone) <= 1
        assert len(new) <= 1
        assert len(after.themes) <= 3


def test_early_counts_the_first_part_of_the_queue(labels):
    queue = [Suspect(row, 0.0, ()) for row in labels[:100]]
    planted = {labels[0].key, labels[14].key, labels[15].key}
    assert early(queue, planted) == 2


class Memory:
    """Stands for a model: knows what it learned, says a number made from each text."""

    def __init__(self, rows, codes):
        self.seen = {row.group for row in rows}
        self.texts = {fold(row.text) for row in rows}
        self.codes = codes

    def probabilities(self, layout):
        known = [text in self.texts for text in layout.texts]
        sizes = [len(text) for text in layout.texts]
        return np.array(
            [[k, n] + [0.0] * 13 for k, n in zip(known, sizes, strict=True)]
        )


def test_out_of_fold_scores_belong_to_their_rows(labels):
    models = []

    def learn(rows, codes):
        models.append(Memory(rows, codes))
        return models[-1]

    turned = labels[::-1][:700] + labels[::-1][-700:]
    p = out_of_fold(turned, CODES, learn=learn)
    assert [int(n) for n in p[:, 1]] == [len(fold(row.text)) for row in turned]
    groups = {row.group for row in turned}
    left_out = [groups - model.seen for model in models]
    assert sum(map(len, left_out)) == len(groups)  # each group once
    assert set.union(*left_out) == groups
    unseen = 1 - p[:, 0].mean()
    assert unseen > 0.95  # but for sentences that stand in two reports


def test_suspects_are_listed_with_reasons_and_written(tmp_path):
    path = tmp_path / "suspects.json"
    learn: Any = Memory
    rows, found = run_suspects(LABELS, 7, True, path, lambda _: None, learn)
    assert len(found) == 7
    assert len(rows) > 1000
    assert all(suspect.row.origin == "report" for suspect in found)
    written = json.loads(path.read_text(encoding="utf-8"))
    assert [entry["key"] for entry in written] == [s.row.key for s in found]
    assert all(entry["reasons"] for entry in written)
    scores = [suspect.score for suspect in found]
    assert scores == sorted(scores, reverse=True)
    lines = list(print_suspects(found))
    assert sum(suspect.row.text in line for suspect in found for line in lines) >= 7
